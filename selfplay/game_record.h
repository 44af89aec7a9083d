// GameRecord: a game of self-play with all that training wants of it, and its bytes.
//
//     game      length of the rest u32 | width, height u8 | komi i16 (half points) | rules u8 |
//               ending u8 | turns u16 | turn ... | score i16 (half points, White's) |
//               owners: area × 2 bits
//     rules     bits 0-1 ko, 2 suicide, 3 territory, 4-5 tax
//     turn      move u16 (cell, area = pass) | weight u8 (1/32) | win, loss u8 (1/255) |
//               score i16 (1/8 point), all for the player to move | policy: u8 a cell and pass, in
//               units of 1/255 of the greatest; left out where the weight is 0
//
// Numbers are little-endian. Files put blocks with checksums around games (record_file.h).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/position.h"
#include "engine/result.h"

namespace ponnuki::selfplay {

struct RecordedTurn {
  std::uint16_t move = 0;            // cell, area() for pass
  std::uint8_t weight = 0;           // in 1/32; 0: nothing to learn here
  std::uint8_t win = 0, loss = 0;    // what the search thought, in 1/255
  std::int16_t score = 0;            // in 1/8 point
  std::vector<std::uint8_t> policy;  // [area + 1], in 1/255 of the greatest; empty if weight is 0

  /// What a search said. Policies may have any sum.
  static RecordedTurn of(std::uint16_t move, float weight, const std::vector<float>& policy);
  void set_value(float win, float loss, float score_mean);
};

struct GameRecord {
  BoardSize size;
  Rules rules;
  enum class Ending : std::uint8_t { kBrokenOff, kPasses, kNoResult };
  Ending ending = Ending::kPasses;
  /// False without result: then score and owners say nothing.
  bool has_score() const { return ending != Ending::kNoResult; }
  std::vector<RecordedTurn> turns;
  float white_score = 0;     // final, komi included
  std::vector<Color> owner;  // [area], at the end

  /// The ending, and the score and the owners when dead chains, named by a stone each, are off the
  /// board. Who has passed with a won game and has lost it by dead stones, which still count, does
  /// not teach it: then there is nothing to learn from the last passes.
  void finish(const Position& end, const std::vector<Point>& dead = {});
};

/// Appends.
void write_game(const GameRecord& game, std::string& bytes);
/// Takes a game from the front of `bytes`; an error if they are not one.
Result<GameRecord> read_game(std::string_view& bytes);

}  // namespace ponnuki::selfplay
