// The results of a match as JSON lines: a head line that identifies the match, then one line for
// each game. An interrupted match continues from this file; a truncated last line is dropped.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "engine/result.h"
#include "engine/types.h"
#include "selfplay/files/locked_file.h"
#include "selfplay/match/match_game.h"

namespace ponnuki::selfplay {

/// The log's data about a game. Arrays are by engine: [0] engine 1, [1] engine 2.
struct GameSummary {
  int number = 0;      // from 0; games 2k and 2k + 1 share an opening
  int black = 0;       // index of the engine that had Black
  int winner = -1;     // index of the engine that won, -1 for none
  std::string result;  // "B+3.5"
  std::string ending;  // to_string(Ending)
  std::string detail;
  std::string opening;
  int moves = 0;
  std::array<std::string, 2> names;
  std::array<std::string, 2> claims;
  bool claims_differ = false;
  std::array<double, 2> seconds = {0, 0};
  std::array<int, 2> thought_moves = {0, 0};
};

std::string to_json_line(const GameSummary& game);
Result<GameSummary> parse_game_line(const std::string& line);

/// The file of one match, open for appending by this process alone. Every line is synced to disk.
class MatchLog {
 public:
  /// Without `resume` the file must not exist. With `resume` the file's head line must equal `head`
  /// (one line of JSON); if the file does not exist, it is created. Returns an error if another
  /// process plays this match, or if a game is there twice.
  static Result<MatchLog> open(const std::string& path, const std::string& head, bool resume);
  const std::vector<GameSummary>& earlier_games() const { return games_; }
  /// After an error the file has its old contents.
  Status append(const GameSummary& game);

 private:
  explicit MatchLog(LockedFile file) : file_(std::move(file)) {}

  LockedFile file_;
  std::vector<GameSummary> games_;
};

}  // namespace ponnuki::selfplay
