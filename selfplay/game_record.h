// GameRecord: a game of self-play with all that training needs, and its format in bytes.
//
//     game      length of the rest u32 | width, height u8 | komi i16 (half points) | rules u8 |
//               ending u8 | turns u16 | turn ... | score i16 (half points, White's) |
//               owners: area × 2 bits
//     rules     bits 0-1 ko, 2 suicide, 3 territory, 4-5 tax
//     turn      move u16 (cell, area = pass) | weight u8 (1/32) | win, loss u8 (1/255) |
//               score i16 (1/8 point), all for the player to move | policy: u8 a cell and pass, in
//               units of 1/255 of the greatest; absent where the weight is 0
//
// Numbers are little-endian. Files put blocks with checksums around games (record_file.h).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/position.h"
#include "engine/random.h"
#include "engine/result.h"

namespace ponnuki::selfplay {

/// What a player expects of a game: chances of winning and losing, and the score in points. The
/// rest up to 1 is the chance of no result.
struct Outlook {
  double win = 0, loss = 0, score = 0;

  /// The opponent's.
  Outlook reversed() const { return {loss, win, -score}; }
};

/// A turn as its bytes. Values are for the player to move.
struct RecordedTurn {
  std::uint16_t move = 0;            // cell, area() for pass
  std::uint8_t weight = 0;           // in 1/32; 0: nothing to learn here
  std::uint8_t win = 0, loss = 0;    // the search's value, in 1/255; both 0: none
  std::int16_t score = 0;            // in 1/8 point
  std::vector<std::uint8_t> policy;  // [area + 1], in 1/255 of the greatest; empty if weight is 0

  /// From a search's result. Policies may have any sum.
  static RecordedTurn of(std::uint16_t move, float weight, const std::vector<float>& policy);
  void set_value(float win, float loss, float score_mean);

  bool has_value() const { return win > 0 || loss > 0; }
  Outlook outlook() const;
  struct Chances {
    double win, loss, none;
  };
  /// The same chances, scaled to add up to 1 although the bytes are rounded.
  Chances chances() const;
  /// Adds up to 1; [area + 1], or empty.
  std::vector<float> policy_shares() const;
  /// How often the turn is learned from: its weight on average.
  int draw_rows(Random& random) const;
};

struct GameRecord {
  BoardSize size;
  Rules rules;
  enum class Ending : std::uint8_t { kBrokenOff, kPasses, kNoResult };
  Ending ending = Ending::kPasses;
  /// False for a game without result: score and owners have no meaning then.
  bool has_score() const { return ending != Ending::kNoResult; }
  std::vector<RecordedTurn> turns;
  float white_score = 0;     // final, komi included
  std::vector<Color> owner;  // [area], at the end

  /// Players alternate, Black begins.
  static Color player_at(std::size_t turn) { return turn % 2 == 0 ? Color::kBlack : Color::kWhite; }
  /// What `player` expected, as the search saw it at this turn. Requires a turn with a value.
  Outlook outlook_at(std::size_t turn, Color player) const;
  /// What the game came to for `player`; all 0 without result.
  Outlook result_for(Color player) const;

  /// Sets the ending, and score and owners as they are once dead chains, named by a stone each, are
  /// off the board. Under area scoring dead stones still count. Where they would change the winner,
  /// the last passes were wrong, so nothing is learned from them.
  void finish(const Position& end, const std::vector<Point>& dead = {});
};

/// Before turn number `turn`.
Position position_at(const GameRecord& game, std::size_t turn);

/// Appends.
void write_game(const GameRecord& game, std::string& bytes);
/// Takes a game from the front of `bytes`. Errors: the bytes are no game, or one that breaks rules.
Result<GameRecord> read_game(std::string_view& bytes);

}  // namespace ponnuki::selfplay
