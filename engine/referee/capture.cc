#include "engine/referee/capture.h"

#include <algorithm>
#include <unordered_map>
#include <vector>

#include "engine/chains.h"
#include "engine/zobrist.h"

namespace ponnuki::referee {
namespace {

constexpr int kMostSpace = 8;  // empty points around the chain
constexpr int kMostNodes = 20'000;
constexpr int kMostDepth = 20;
// Chains of the attacker with more liberties need no help.
constexpr int kFewLiberties = 3;

/// The empty points connected to the chain by empty points; stops above kMostSpace.
int space_around(const Board& board, Point stone) {
  PointSet seen;
  std::vector<Point> queue;
  const auto enter = [&](Point p) {
    if (board.at(p) != Color::kEmpty || seen.contains(p)) return;
    seen.add(p);
    queue.push_back(p);
  };
  for_each_chain_neighbor(board, stone, enter);
  for (std::size_t i = 0; i < queue.size() && queue.size() <= kMostSpace; ++i) {
    for (const int offset : kNeighborOffsets) enter(Point::from_index(queue[i].index() + offset));
  }
  return static_cast<int>(queue.size());
}

class Reader {
 public:
  Reader(Point stone, Color defender) : stone_(stone), defender_(defender) {}

  /// Searches deeper and deeper, so that short proofs are found first.
  Capture read(const Board& board, Color first) {
    Capture value = Capture::kUnclear;
    for (int depth = 2; depth <= kMostDepth && value == Capture::kUnclear; depth += 2) {
      unclear_.clear();
      value = search(board, first, depth);
      if (nodes_ > kMostNodes) break;
    }
    return value;
  }

 private:
  /// The value of `board` for the attacker, with `player` to move and `depth` moves left.
  Capture search(const Board& board, Color player, int depth) {
    if (depth == 0 || ++nodes_ > kMostNodes) return Capture::kUnclear;
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
    Capture best = attacks ? Capture::kNo : answer_to_pass(board, depth);
    for (const Point p : moves(board, player)) {
      if (best == (attacks ? Capture::kYes : Capture::kNo)) break;
      const Capture value = value_of(board, p, player, depth);
      best = attacks ? std::max(best, value) : std::min(best, value);
    }
    return best;
  }

  Capture answer_to_pass(const Board& board, int depth) {
    Board next = board;
    next.clear_ko_point();
    return search(next, opponent(defender_), depth - 1);
  }

  Capture value_of(const Board& board, Point p, Color player, int depth) {
    Board next = board;
    const bool captures = next.play(p, player) > 0;
    if (next.at(stone_) != defender_) return Capture::kYes;
    if (!next.ko_point().is_none()) return Capture::kUnclear;
    if (player == defender_ && space_around(next, stone_) > kMostSpace)
      return captures ? Capture::kNo : Capture::kUnclear;
    return search(next, opponent(player), depth - 1);
  }

  /// The liberties of the chain and, around it, of the attacker's chains with few liberties and of
  /// the defender's chains in atari beside those.
  std::vector<Point> moves(const Board& board, Color player) const {
    PointSet points;
    add_liberties(board, stone_, points);
    for_each_chain_neighbor(board, stone_, [&](Point n) {
      if (board.at(n) != opponent(defender_) || board.liberties(n) > kFewLiberties) return;
      add_liberties(board, n, points);
      for_each_capture(board, n, [&](Point weak) { points.add(lone_liberty(board, weak)); });
    });
    std::vector<Point> legal;
    points.for_each([&](Point p) {
      if (!board.is_suicide(p, player) && p != board.ko_point()) legal.push_back(p);
    });
    return legal;
  }

  static void add_liberties(const Board& board, Point chain, PointSet& points) {
    for_each_chain_neighbor(board, chain, [&](Point n) {
      if (board.at(n) == Color::kEmpty) points.add(n);
    });
  }

  Point stone_;
  Color defender_;
  int nodes_ = 0;
  std::unordered_map<std::uint64_t, Capture> proved_;  // kYes or kNo
  std::unordered_map<std::uint64_t, int> unclear_;     // with this many moves left
};

}  // namespace

Capture read_capture(const Board& board, Point stone, Color first) {
  if (space_around(board, stone) > kMostSpace) return Capture::kUnclear;
  Board start = board;
  start.clear_ko_point();
  return Reader(stone, board.at(stone)).read(start, first);
}

}  // namespace ponnuki::referee
