#include "engine/referee/capture.h"

#include <algorithm>
#include <unordered_map>
#include <vector>

#include "engine/referee/capture_moves.h"
#include "engine/referee/ko_capture.h"
#include "engine/zobrist.h"

namespace ponnuki::referee {
namespace {

struct Limits {
  int nodes;
  int depth;
};
constexpr Limits kThorough{20'000, 20};
constexpr Limits kQuick{1000, 20};
constexpr Limits kRecapture{300, 8};  // this reading is only a leaf of another one
constexpr int kFewLiberties = 2;      // of a chain that may be captured after it has captured

class Reader {
 public:
  Reader(Point stone, Color defender, LifeRule rule, Limits limits)
      : stone_(stone), defender_(defender), rule_(rule), limits_(limits) {}

  /// Searches deeper and deeper, so that short proofs are found first.
  Capture read(const Board& board, Color first) {
    Capture value = Capture::kUnclear;
    for (int depth = 2; depth <= limits_.depth && value == Capture::kUnclear; depth += 2) {
      unclear_.clear();
      value = search(board, first, depth);
      if (nodes_ > limits_.nodes) break;
    }
    return value;
  }
  /// True if a ko came up while reading.
  bool met_ko() const { return met_ko_; }

 private:
  /// The value of `board` for the attacker, with `player` to move and `depth` moves left.
  Capture search(const Board& board, Color player, int depth) {
    if (depth == 0 || ++nodes_ > limits_.nodes) return Capture::kUnclear;
    const std::uint64_t key = board.hash() ^ zobrist::player(player);
    if (const auto found = proved_.find(key); found != proved_.end()) return found->second;
    if (const auto found = unclear_.find(key); found != unclear_.end() && found->second >= depth)
      return Capture::kUnclear;
    const Capture value = best_of_moves(board, player, depth);
    if (value != Capture::kUnclear)
      proved_.emplace(key, value);
    else
      unclear_[key] = depth;
    return value;
  }

  Capture best_of_moves(const Board& board, Color player, int depth) {
    const bool attacks = player != defender_;
    // To pass: the attacker gives up, or the defender lets the attacker move again.
    Capture best = attacks ? Capture::kNo : search(board, opponent(defender_), depth - 1);
    for (const Point p : capture_moves(board, stone_, player)) {
      if (best == (attacks ? Capture::kYes : Capture::kNo)) break;
      const Capture value = value_of(board, p, player, depth);
      best = attacks ? std::max(best, value) : std::min(best, value);
    }
    return best;
  }

  Capture value_of(const Board& board, Point p, Color player, int depth) {
    Board next = board;
    const bool captures = next.play(p, player) > 0;
    if (!next.ko_point().is_none()) {
      met_ko_ = true;
      return Capture::kUnclear;
    }
    if (next.at(stone_) != defender_)
      return rule_ == LifeRule::kArticle7 && is_recaptured(next, p) ? Capture::kNo : Capture::kYes;
    if (player == defender_ && space_around(next, stone_) > kMostSpace)
      return captures && next.liberties(stone_) > 1 ? Capture::kNo : Capture::kUnclear;
    return search(next, opponent(player), depth - 1);
  }

  Point stone_;
  Color defender_;
  LifeRule rule_;
  Limits limits_;
  int nodes_ = 0;
  bool met_ko_ = false;
  std::unordered_map<std::uint64_t, Capture> proved_;  // kYes or kNo
  std::unordered_map<std::uint64_t, int> unclear_;     // with this many moves left
};

}  // namespace

bool is_recaptured(const Board& board, Point capturer) {
  if (board.liberties(capturer) > kFewLiberties) return false;
  const Color color = board.at(capturer);
  Reader reader(capturer, color, LifeRule::kPlay, kRecapture);
  return reader.read(board, opponent(color)) == Capture::kYes;
}

Capture read_capture(const Board& board, Point stone, Color first, LifeRule rule, Reading reading) {
  if (reading == Reading::kNone || space_around(board, stone) > kMostSpace)
    return Capture::kUnclear;
  Board start = board;
  start.clear_ko_point();
  const Limits limits = reading == Reading::kThorough ? kThorough : kQuick;
  Reader reader(stone, board.at(stone), rule, limits);
  const Capture value = reader.read(start, first);
  if (value != Capture::kUnclear || !reader.met_ko()) return value;
  return read_ko_capture(start, stone, first, rule, reading);
}

}  // namespace ponnuki::referee
