// GameRecord: a game of self-play with everything that training needs, and its format in bytes.
//
//     game      length of the rest u32 | width, height u8 | komi i16 (half points) | rules u8 |
//               ending u8 | turns u16 | turn ... | score i16 (half points, White's) |
//               owners: area × 2 bits
//     rules     bits 0-1 ko, 2 suicide, 3 territory, 4-5 tax
//     turn      move u16 (cell, area = pass) | weight u8 (1/32) | win, loss u8 (1/255) |
//               score i16 (1/8 point), all for the player to move | policy: u8 for each cell and
//               the pass, in units of 1/255 of the greatest; absent if the weight is 0
//
// Numbers are little-endian. In files, games are in blocks with checksums (record_file.h).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/position.h"
#include "engine/random.h"
#include "engine/referee/judgement.h"
#include "engine/result.h"

namespace ponnuki::selfplay {

/// A player's expectation of a game: the probabilities of winning and losing, and the score in
/// points. The remaining probability is that of no result.
struct Outlook {
  double win = 0, loss = 0, score = 0;

  /// The expectation of the opponent.
  Outlook reversed() const { return {loss, win, -score}; }
};

/// A turn as stored. Values are from the perspective of the player to move.
struct RecordedTurn {
  std::uint16_t move = 0;          // cell; area() is a pass
  std::uint8_t weight = 0;         // in 1/32; 0: not used for training
  std::uint8_t win = 0, loss = 0;  // the search's value, in 1/255; both 0: no value
  std::int16_t score = 0;          // in 1/8 point
  // [area + 1], in units of 1/255 of the greatest. Empty if the weight is 0.
  std::vector<std::uint8_t> policy;

  /// Makes a turn from a search's result. The policy may have any sum.
  static RecordedTurn of(std::uint16_t move, float weight, const std::vector<float>& policy);
  void set_value(float win, float loss, float score_mean);

  bool has_value() const { return win > 0 || loss > 0; }
  Outlook outlook() const;
  struct Chances {
    double win, loss, none;
  };
  /// The same probabilities, scaled to sum to 1 despite the rounding of the bytes.
  Chances chances() const;
  /// Sums to 1; [area + 1], or empty.
  std::vector<float> policy_shares() const;
  /// A random number of rows whose mean is the turn's weight.
  int draw_rows(Random& random) const;
};

struct GameRecord {
  BoardSize size;
  Rules rules;
  enum class Ending : std::uint8_t { kBrokenOff, kPasses, kNoResult };
  Ending ending = Ending::kPasses;
  /// False for a game without result. Its score and owners have no meaning.
  bool has_score() const { return ending != Ending::kNoResult; }
  std::vector<RecordedTurn> turns;
  float white_score = 0;     // final score, komi included
  std::vector<Color> owner;  // [area], at the end of the game

  /// Players alternate; Black moves first.
  static Color player_at(std::size_t turn) { return turn % 2 == 0 ? Color::kBlack : Color::kWhite; }
  /// The expectation of `player` at this turn according to the search. Requires a turn with a
  /// value.
  Outlook outlook_at(std::size_t turn, Color player) const;
  /// The result of the game for `player`; all 0 for no result.
  Outlook result_for(Color player) const;

  /// Sets the ending, and score and owners of the board as it stands.
  void finish(const Position& end);
  /// The same with score and owners of a judgement, which has removed dead stones. Under area
  /// scoring dead stones still count. If they would change the winner, the last passes were
  /// mistakes, and their weights are set to 0.
  void finish(const Position& end, const referee::Judgement& judgement);
};

/// The position before turn number `turn`.
Position position_at(const GameRecord& game, std::size_t turn);

/// Appends the game to `bytes`.
void write_game(const GameRecord& game, std::string& bytes);
/// Removes a game from the front of `bytes`. Returns an error if the bytes are not a game, or if
/// the game breaks the rules.
Result<GameRecord> read_game(std::string_view& bytes);

}  // namespace ponnuki::selfplay
