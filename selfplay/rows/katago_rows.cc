#include "selfplay/rows/katago_rows.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "engine/check.h"
#include "selfplay/learning/training_position.h"
#include "selfplay/rows/npz.h"

namespace ponnuki::selfplay {
namespace {

/// White's expectation of the game.
struct WhiteValue {
  double win = 0, loss = 0, none = 0, score = 0;

  void add(double weight, const WhiteValue& other) {
    win += weight * other.win;
    loss += weight * other.loss;
    none += weight * other.none;
    score += weight * other.score;
  }
};

std::optional<WhiteValue> value_at(const GameRecord& game, std::size_t turn) {
  if (!game.turns[turn].has_value()) return std::nullopt;
  const RecordedTurn::Chances own = game.turns[turn].chances();
  const double score = game.outlook_at(turn, Color::kWhite).score;
  if (GameRecord::player_at(turn) == Color::kWhite)
    return WhiteValue{own.win, own.loss, own.none, score};
  return WhiteValue{own.loss, own.win, own.none, score};
}

/// In a game that can be drawn, KataGo counts a draw as 0.5 of a win and shifts no points.
WhiteValue result_of(const GameRecord& game) {
  const Outlook white = game.result_for(Color::kWhite);
  return {white.win, white.loss, game.has_score() ? 0.0 : 1.0, white.score};
}

std::int8_t side_of(Color color, Color player) {
  if (!is_player(color)) return 0;
  return color == player ? 1 : -1;
}

/// KataGo writes no -0.
float positive_zero(float number) { return number == 0 ? 0.0F : number; }

template <typename T>
T* grown(std::vector<T>& numbers, int count) {
  numbers.resize(numbers.size() + static_cast<std::size_t>(count));
  return &*numbers.end() - count;
}

}  // namespace

/// A game that was replayed: the positions before each turn and at the end, and the values.
struct KatagoRows::Line {
  explicit Line(const GameRecord& record) : game(record) {
    Position position(game.size, game.rules);
    positions.push_back(position);
    for (const RecordedTurn& turn : game.turns) {
      position.play(Point::from_cell(turn.move, game.size));
      positions.push_back(position);
    }
    for (std::size_t t = 0; t < game.turns.size(); ++t) values.push_back(value_at(game, t));
    values.push_back(result_of(game));
    while (first_turn < game.turns.size() && !values[first_turn]) ++first_turn;
    for (std::uint64_t i = 0; i < 2; ++i) hash[i] = record_hash(game, i);
  }

  /// The average of the values from `turn` on. Each value gets the share `now` of the remaining
  /// weight; the last one gets all of it. Turns without a value are skipped.
  WhiteValue average(std::size_t turn, double now) const {
    WhiteValue sum;
    double left = 1;
    for (std::size_t t = turn; t < values.size(); ++t) {
      if (!values[t]) continue;
      const double weight = t + 1 == values.size() ? left : left * now;
      sum.add(weight, *values[t]);
      left -= weight;
    }
    return sum;
  }

  /// The sum over the changes of the value of (turns until then) × (change)².
  double variance_time(std::size_t turn) const {
    double sum = 0;
    std::optional<double> before;
    for (std::size_t t = turn; t < values.size(); ++t) {
      if (!values[t]) continue;
      const double now = values[t]->win - values[t]->loss;
      if (before) sum += static_cast<double>(t - turn) * (now - *before) * (now - *before);
      before = now;
    }
    return sum;
  }

  const GameRecord& game;
  std::vector<Position> positions;
  std::vector<std::optional<WhiteValue>> values;
  std::size_t first_turn = 0;  // the first turn that was searched
  std::array<std::uint64_t, 2> hash{};
};

void KatagoRows::clear() {
  binary_input.clear();
  global_input.clear();
  policy_targets.clear();
  global_targets.clear();
  score_distr.clear();
  value_targets.clear();
  q_values.clear();
  rows_ = 0;
}

/// The index of a cell of the board, or of the pass, in the data.
std::size_t KatagoRows::cell(int cell, BoardSize size) const {
  if (cell == size.area()) return static_cast<std::size_t>(area());
  return static_cast<std::size_t>(cell / size.width * length_ + cell % size.width);
}

void KatagoRows::add_inputs(const Position& position) {
  const BoardSize size = position.size();
  const auto board_area = static_cast<std::size_t>(size.area());
  spatial_.resize(nn::kPlaneCount * board_area);
  float* const global = grown(global_input, nn::kGlobalCount);
  const nn::PlaneOptions options{.pass_alive_under_suicide = pass_alive_under_suicide};
  encoder_.encode(position, Symmetry(), options, spatial_,
                  std::span(global, static_cast<std::size_t>(nn::kGlobalCount)));
  std::uint8_t* const packed = grown(binary_input, nn::kPlaneCount * packed_area());
  for (int plane = 0; plane < nn::kPlaneCount; ++plane) {
    for (int i = 0; i < size.area(); ++i) {
      if (spatial_[static_cast<std::size_t>(plane * size.area() + i)] == 0) continue;
      const std::size_t at = cell(i, size);
      packed[static_cast<std::size_t>(plane * packed_area()) + at / 8] |=
          static_cast<std::uint8_t>(0x80 >> (at % 8));
    }
  }
}

/// The policies of this turn and of the next one. An unknown policy is all ones.
void KatagoRows::add_policies(const GameRecord& game, std::size_t turn, float* global) {
  constexpr int kWeights[] = {26, 28};
  for (std::size_t i = 0; i < 2; ++i) {
    std::int16_t* const target = grown(policy_targets, area() + 1);
    const bool known = turn + i < game.turns.size() && !game.turns[turn + i].policy.empty();
    global[kWeights[i]] = known ? 1 : 0;
    if (!known) {
      std::fill_n(target, area() + 1, std::int16_t{1});
      continue;
    }
    const auto& policy = game.turns[turn + i].policy;
    for (std::size_t c = 0; c < policy.size(); ++c)
      target[cell(static_cast<int>(c), game.size)] = policy[c];
  }
}

/// Distributes 100 to the two bins between which the score lies. Bin n stands for -(area +
/// kExtraScore) + n + 1/2 points.
void KatagoRows::add_score(float score) {
  std::int8_t* const bins = grown(score_distr, score_bins());
  const auto center = static_cast<int>(std::round(score));
  const int upper = center + score_bins() / 2, lower = upper - 1;
  if (upper <= 0) {
    bins[0] = 100;
  } else if (lower >= score_bins() - 1) {
    bins[score_bins() - 1] = 100;
  } else {
    const float share = score - (static_cast<float>(center) - 0.5F);
    bins[upper] = static_cast<std::int8_t>(std::round(share * 100));
    bins[lower] = static_cast<std::int8_t>(100 - bins[upper]);
  }
}

/// Planes: the owners at the end; points in seki (0, since our records do not contain them); the
/// stones 8 and 32 turns later; the points at the end.
void KatagoRows::add_boards(const Line& line, std::size_t turn) {
  constexpr std::size_t kSoon = 8, kLater = 32;
  constexpr std::int8_t kPoint = 120;
  const Color player = line.positions[turn].to_move();
  const std::size_t last = line.positions.size() - 1;
  const Board& soon = line.positions[std::min(turn + kSoon, last)].board();
  const Board& later = line.positions[std::min(turn + kLater, last)].board();
  const auto plane = static_cast<std::size_t>(area());
  std::int8_t* const targets = grown(value_targets, kValueTargets * area());
  for (int i = 0; i < line.game.size.area(); ++i) {
    const std::size_t at = cell(i, line.game.size);
    const Point point = Point::from_cell(i, line.game.size);
    const std::int8_t owner =
        line.game.has_score() ? side_of(line.game.owner[static_cast<std::size_t>(i)], player) : 0;
    targets[at] = owner;
    targets[2 * plane + at] = side_of(soon.at(point), player);
    targets[3 * plane + at] = side_of(later.at(point), player);
    targets[4 * plane + at] = static_cast<std::int8_t>(kPoint * owner);
  }
}

/// Writes the values of the game. The indices are KataGo's (docs/formats.md).
void KatagoRows::write_values(const Line& line, std::size_t turn, float* global) {
  const bool white = line.positions[turn].to_move() == Color::kWhite;
  const auto write = [&](int at, const WhiteValue& value) {
    global[at] = static_cast<float>(white ? value.win : value.loss);
    global[at + 1] = static_cast<float>(white ? value.loss : value.win);
    global[at + 2] = static_cast<float>(value.none);
    global[at + 3] = positive_zero(static_cast<float>(white ? value.score : -value.score));
  };
  write(0, result_of(line.game));
  for (std::size_t i = 0; i < kTdFactors.size(); ++i) {
    const double now = 1 / (1 + line.game.size.area() * kTdFactors[i]);
    write(4 + 4 * static_cast<int>(i), line.average(turn, now));
  }
  write(16, line.average(turn, 1));
  global[20] = global[3];
  // KataGo searches some positions at other komi. We use the score expected in the near future, as
  // for our own training.
  global[21] = line.game.has_score() ? global[15] : 0;
  global[22] = static_cast<float>(line.variance_time(turn));
}

/// Writes the weights of the targets, the mask of the history, and the game's number.
void KatagoRows::write_weights(const Line& line, Random& random, float* global) {
  global[25] = 1;  // weight of the row
  global[33] = 1;
  for (const int weight : {27, 29, 34}) global[weight] = line.game.has_score() ? 1 : 0;
  // A masked turn also masks the turns before it.
  for (int i = 36; i <= 40; ++i)
    global[i] = (i == 36 || global[i - 1] > 0) && random.uniform() < 0.98 ? 1 : 0;
  for (std::size_t i = 0; i < 2; ++i) {
    global[41 + 3 * i] = static_cast<float>(line.hash[i] & 0x3fffff);
    global[42 + 3 * i] = static_cast<float>(line.hash[i] >> 22 & 0x3fffff);
    global[43 + 3 * i] = static_cast<float>(line.hash[i] >> 44 & 0xfffff);
  }
}

/// Writes the rules, the ending of the game, and the turn's position in it.
void KatagoRows::write_circumstances(const Line& line, std::size_t turn, float* global) const {
  const Position& position = line.positions[turn];
  const Color player = position.to_move();
  const bool is_broken_off = line.game.ending == GameRecord::Ending::kBrokenOff;
  global[47] = position.self_komi(player);
  global[48] = line.game.rules.scoring == ScoringRule::kArea ? 1 : 0;
  global[51] = static_cast<float>(turn);
  global[52] = is_broken_off ? 1 : 0;
  global[53] = static_cast<float>(line.first_turn);
  global[61] = positive_zero(line.positions.back().self_komi(player) - position.self_komi(player));
  global[62] = is_broken_off ? 0 : 1;
  global[63] = 3;  // version of the format
  global[68] = pass_alive_under_suicide ? 1 : 0;
}

void KatagoRows::add_row(const Line& line, std::size_t turn, Random& random) {
  const GameRecord& game = line.game;
  PONNUKI_CHECK(game.size.width <= length_ && game.size.height <= length_);
  PONNUKI_CHECK(!game.turns[turn].policy.empty());
  add_inputs(line.positions[turn]);
  float* const global = grown(global_targets, kGlobalTargets);
  write_values(line, turn, global);
  write_weights(line, random, global);
  write_circumstances(line, turn, global);
  add_policies(game, turn, global);
  add_score(global[20]);
  add_boards(line, turn);
  grown(q_values, kQValueTargets * (area() + 1));
  ++rows_;
}

void KatagoRows::add(const GameRecord& game, std::size_t turn, Random& random) {
  add_row(Line(game), turn, random);
}

void KatagoRows::add(const GameRecord& game, Random& random) {
  const Line line(game);
  for (std::size_t turn = 0; turn < game.turns.size(); ++turn)
    for (int copies = game.turns[turn].draw_rows(random); copies > 0; --copies)
      add_row(line, turn, random);
}

std::string KatagoRows::to_npz() const {
  PONNUKI_CHECK(rows_ > 0);
  using Shape = std::vector<std::int64_t>;
  const std::int64_t moves = area() + 1;
  std::vector<ZipEntry> entries;
  const auto add_array = [&]<typename T>(const char* name, const Shape& shape,
                                         const std::vector<T>& numbers) {
    entries.push_back({std::string(name) + ".npy", to_npy<T>(shape, numbers)});
  };
  add_array("binaryInputNCHWPacked", {rows_, nn::kPlaneCount, packed_area()}, binary_input);
  add_array("globalInputNC", {rows_, nn::kGlobalCount}, global_input);
  add_array("policyTargetsNCMove", {rows_, 2, moves}, policy_targets);
  add_array("globalTargetsNC", {rows_, kGlobalTargets}, global_targets);
  add_array("scoreDistrN", {rows_, score_bins()}, score_distr);
  add_array("valueTargetsNCHW", {rows_, kValueTargets, length_, length_}, value_targets);
  add_array("qValueTargetsNCMove", {rows_, kQValueTargets, moves}, q_values);
  return to_zip(entries);
}

std::uint64_t record_hash(const GameRecord& game, std::uint64_t salt) {
  std::uint64_t hash = splitmix64(salt + static_cast<std::uint64_t>(game.size.area()));
  for (const RecordedTurn& turn : game.turns) {
    hash = splitmix64(hash ^ static_cast<std::uint64_t>(turn.move));
    for (const std::uint8_t p : turn.policy) hash = hash * 0x100000001b3ULL + p;
  }
  return hash;
}

}  // namespace ponnuki::selfplay
