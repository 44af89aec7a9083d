// Exhaustive counts on tiny boards: legal positions, games, lines of play.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "engine/position.h"
#include "tests/support/naive_board.h"

namespace ponnuki {

/// How many of the 3^area colourings leave every chain a liberty, by Board::place. Those whose last
/// stone is white mirror those whose last stone is black.
inline std::int64_t count_legal_boards(BoardSize size) {
  const auto area = static_cast<std::size_t>(size.area());
  std::vector<Move> stones;
  for (int cell = 0; cell < size.area(); ++cell) {
    stones.push_back({Color::kEmpty, Point::from_cell(cell, size)});
  }
  const Board empty(size);
  std::int64_t legal = 1;
  for (std::size_t last = 0; last < area; ++last) {
    for (Move& stone : stones) stone.color = Color::kEmpty;
    stones[last].color = Color::kBlack;
    while (true) {
      Board board = empty;
      if (board.place(stones).ok()) legal += 2;
      // Count on in base three below the last stone.
      std::size_t digit = 0;
      while (digit < last && stones[digit].color == Color::kWhite)
        stones[digit++].color = Color::kEmpty;
      if (digit == last) break;
      stones[digit].color = stones[digit].color == Color::kEmpty ? Color::kBlack : Color::kWhite;
    }
  }
  return legal;
}

/// Complete games, by playing every legal move and pass until the game is over.
inline std::int64_t count_games(const Position& position) {
  if (position.is_over()) return 1;
  std::int64_t games = 0;
  for (int cell = 0; cell <= position.size().area(); ++cell) {
    const Point p = Point::from_cell(cell, position.size());
    if (!position.is_legal(p)) continue;
    Position next = position;
    next.play(p);
    games += count_games(next);
  }
  return games;
}

/// Legal positions and the moves between them, by Board::play. Because passing is always possible,
/// the games under positional superko are the simple paths from the empty board.
class GameGraph {
 public:
  explicit GameGraph(BoardSize size) { visit(Board(size)); }
  const std::vector<std::vector<int>>& edges() const { return edges_; }

 private:
  int visit(const Board& board) {
    const auto [place, fresh] =
        numbers_.try_emplace(board.to_diagram(), static_cast<int>(numbers_.size()));
    const int number = place->second;
    if (!fresh) return number;
    edges_.emplace_back();
    for (int move = 0; move < 2 * board.size().area(); ++move) {
      const Point p = Point::from_cell(move / 2, board.size());
      const Color player = move % 2 == 0 ? Color::kBlack : Color::kWhite;
      if (board.at(p) != Color::kEmpty || board.is_single_stone_suicide(p, player)) continue;
      Board next = board;
      next.play(p, player);
      const int target = visit(next);
      edges_[static_cast<std::size_t>(number)].push_back(target);
    }
    return number;
  }
  std::map<std::string, int> numbers_;
  std::vector<std::vector<int>> edges_;
};

/// Simple paths from node 0, the empty one included. At most 64 nodes.
inline std::int64_t count_paths(const GameGraph& graph, int from = 0, std::uint64_t visited = 1) {
  std::int64_t paths = 1;
  for (const int next : graph.edges()[static_cast<std::size_t>(from)]) {
    const std::uint64_t bit = std::uint64_t{1} << next;
    if (!(visited & bit)) paths += count_paths(graph, next, visited | bit);
  }
  return paths;
}

/// Sequences of `depth` legal moves and passes (fewer where the game ends).
inline std::int64_t count_lines(const Position& position, int depth) {
  if (depth == 0 || position.is_over()) return 1;
  std::int64_t lines = 0;
  for (int cell = 0; cell <= position.size().area(); ++cell) {
    const Point p = Point::from_cell(cell, position.size());
    if (!position.is_legal(p)) continue;
    Position next = position;
    next.play(p);
    lines += count_lines(next, depth - 1);
  }
  return lines;
}

inline std::int64_t count_lines(const naive::NaiveBoard& board, int depth) {
  if (depth == 0 || board.is_over()) return 1;
  naive::NaiveBoard passed = board;
  passed.pass();
  std::int64_t lines = count_lines(passed, depth - 1);
  for (int y = 0; y < static_cast<int>(board.grid().size()); ++y) {
    for (int x = 0; x < static_cast<int>(board.grid()[0].size()); ++x) {
      if (!board.is_legal({x, y})) continue;
      naive::NaiveBoard next = board;
      next.play({x, y});
      lines += count_lines(next, depth - 1);
    }
  }
  return lines;
}

}  // namespace ponnuki
