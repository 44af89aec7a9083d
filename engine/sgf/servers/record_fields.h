// What the records of all servers have in common, and how their fields become properties of SGF.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/result.h"
#include "engine/sgf/parser.h"
#include "engine/types.h"

namespace ponnuki::sgf {

/// The fields of a record, as texts in UTF-8. Empty ones are unknown.
struct ServerRecord {
  int size = 19;
  std::string black, white, black_rank, white_rank;
  std::string komi, rules, result, date, event, place, game_name, copyright;
  std::string seconds, overtime;  // TM, OT
  int handicap = 0;
  std::vector<Point> black_setup, white_setup;
  std::vector<Move> moves;
};

/// The lines of a text, without line breaks (LF, CR LF or CR) and blanks at their ends.
std::vector<std::string_view> lines_of(std::string_view text);
std::string_view trimmed_view(std::string_view text);
/// The beginning of a text in UTF-8, at most `most` bytes of it, without a part of a character.
std::string_view shortened(std::string_view text, std::size_t most);
/// The parts of a text between separators; at least one.
std::vector<std::string_view> split_view(std::string_view text, char separator);
/// The words of a text between blanks.
std::vector<std::string_view> words_of(std::string_view text);

/// The error "line N: 'LINE' WHAT".
Error error_in_line(std::size_t line, std::string_view text, const std::string& what);

/// The point with these coordinates from the upper left corner, or nothing off the board.
std::optional<Point> point_at(long long x, long long y, int size);

/// Puts the stones of a fixed handicap on the board, when all moves are known. The third stone lies
/// upper left or, where a move needs that point sooner, lower right: servers differ. Does nothing
/// for handicaps below 2, and where there are no such points.
void place_handicap(ServerRecord& record);

/// "2012-11-22" for "20121122 [09:37]", "2012/11/22,18:03", "2012- 1- 2-18", "2012年1月2日"; ""
/// if there is no date at the beginning.
std::string date_of(std::string_view text);

/// "9d", "3k", "5p" for "9D", "3급", "五段", "5P", "9DP"; a mark behind it (*, ?) stays. Other
/// texts stay as they are.
std::string rank_of_server(std::string_view text);

/// Appends the record to the tree, as a game of its own.
void add_game(const ServerRecord& record, SgfTree& tree);

}  // namespace ponnuki::sgf
