// KatagoRows: positions of our games as KataGo's training rows (its cpp/dataio/trainingwrite.h,
// format 3, inputs V7), for its PyTorch trainer. docs/formats.md explains each number and lists
// what our records lack.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/random.h"
#include "engine/result.h"
#include "nn/inputs/planes.h"
#include "selfplay/records/game_record.h"

namespace ponnuki::selfplay {

/// Arrays of rows, named as in KataGo. A board occupies the top left corner of length × length
/// points.
class KatagoRows {
 public:
  explicit KatagoRows(int length) : length_(length) {}

  /// Adds one row for turn number `turn`. Requires a board that fits, and a turn with a policy.
  /// `random` determines which part of the history is masked.
  void add(const GameRecord& game, std::size_t turn, Random& random);
  /// Adds rows for all turns that have a weight. The weight is the mean number of rows of a turn.
  void add(const GameRecord& game, Random& random);

  std::int64_t rows() const { return rows_; }
  void clear();
  /// The bytes of an .npz file. Requires at least one row.
  std::string to_npz() const;

  static constexpr int kGlobalTargets = 80, kValueTargets = 5, kQValueTargets = 3;
  // In scoreDistrN, the points beyond the board's area.
  static constexpr int kExtraScore = 60;
  int length() const { return length_; }
  int area() const { return length_ * length_; }
  int packed_area() const { return (area() + 7) / 8; }
  int score_bins() const { return 2 * (area() + kExtraScore); }

  // The arrays; the first axis is the row.
  // [22][packed_area], the first cell in the highest bit.
  std::vector<std::uint8_t> binary_input;
  std::vector<float> global_input;           // [19]
  std::vector<std::int16_t> policy_targets;  // [2][area + 1]
  std::vector<float> global_targets;         // [80]
  std::vector<std::int8_t> score_distr;      // [score_bins]
  std::vector<std::int8_t> value_targets;    // [5][area]
  std::vector<std::int16_t> q_values;        // [3][area + 1]

  /// KataGo's setting of the same name, for comparisons with it. False in all our games.
  bool pass_alive_under_suicide = false;

 private:
  struct Line;
  std::size_t cell(int cell, BoardSize size) const;
  void add_row(const Line& line, std::size_t turn, Random& random);
  void add_inputs(const Position& position);
  static void write_values(const Line& line, std::size_t turn, float* global);
  static void write_weights(const Line& line, Random& random, float* global);
  void write_circumstances(const Line& line, std::size_t turn, float* global) const;
  void add_policies(const GameRecord& game, std::size_t turn, float* global);
  void add_score(float score);
  void add_boards(const Line& line, std::size_t turn);

  int length_;
  std::int64_t rows_ = 0;
  nn::PlaneEncoder encoder_;
  std::vector<float> spatial_;
};

/// A number that tells games apart, by their moves and policies. All rows of a game share two of
/// them, those with the salts 0 and 1.
std::uint64_t record_hash(const GameRecord& game, std::uint64_t salt);

}  // namespace ponnuki::selfplay
