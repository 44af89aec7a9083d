// Plays one random game on Position and on the naive reference board and compares everything after
// each move.
#pragma once

#include <catch2/catch.hpp>

#include "engine/coord.h"
#include "engine/position.h"
#include "engine/random.h"
#include "tests/support/naive_board.h"

namespace ponnuki {

inline naive::Cell cell_of(Point p) { return {p.x(), p.y()}; }

inline Board board_of(const naive::Grid& grid) {
  Board board(
      BoardSize{static_cast<std::uint8_t>(grid[0].size()), static_cast<std::uint8_t>(grid.size())});
  std::vector<Move> stones;
  for (int y = 0; y < board.size().height; ++y) {
    for (int x = 0; x < board.size().width; ++x) {
      if (naive::color_at(grid, {x, y}) != Color::kEmpty) {
        stones.push_back({naive::color_at(grid, {x, y}), Point::at(x, y)});
      }
    }
  }
  REQUIRE(board.place(stones).ok());
  return board;
}

/// Stones, chains and liberties of `board` against flood fills.
inline void compare_boards(const Board& board, const naive::Grid& grid) {
  int stones = 0;
  for (int cell = 0; cell < board.size().area(); ++cell) {
    const Point p = Point::from_cell(cell, board.size());
    REQUIRE(board.at(p) == naive::color_at(grid, cell_of(p)));
    if (board.at(p) == Color::kEmpty) continue;
    ++stones;
    const naive::Chain chain = naive::chain_at(grid, cell_of(p));
    REQUIRE(board.liberties(p) == static_cast<int>(chain.liberties.size()));
    REQUIRE(board.chain_size(p) == static_cast<int>(chain.stones.size()));
    REQUIRE(chain.stones.count(cell_of(board.chain_head(p))) == 1);
    Point next = p;
    for (int i = 0; i < board.chain_size(p); ++i) {
      REQUIRE(chain.stones.count(cell_of(next)) == 1);
      next = board.next_in_chain(next);
    }
    REQUIRE(next == p);
  }
  REQUIRE(board.stone_count() == stones);
}

/// What each empty point would do, and which are legal; returns the legal ones.
inline std::vector<Point> compare_moves(const Position& position,
                                        const naive::NaiveBoard& reference) {
  std::vector<Point> legal;
  const Board& board = position.board();
  const PointSet legal_set = position.legal_points_after_end();
  for (int cell = 0; cell < board.size().area(); ++cell) {
    const Point p = Point::from_cell(cell, board.size());
    const bool expected = reference.is_legal(cell_of(p));
    INFO(board.to_diagram() << p.x() << "," << p.y() << " after move " << position.move_count()
                            << " of " << to_string(position.to_move()));
    REQUIRE(position.is_legal(p) == expected);
    REQUIRE(legal_set.contains(p) == expected);
    if (expected) legal.push_back(p);
    if (board.at(p) != Color::kEmpty) continue;
    const naive::Outcome outcome = naive::put(reference.grid(), cell_of(p), position.to_move());
    REQUIRE(board.would_capture(p, position.to_move()) == (outcome.captured > 0));
    REQUIRE(board.is_suicide(p, position.to_move()) == (outcome.suicide > 0));
    REQUIRE(board.is_single_stone_suicide(p, position.to_move()) == (outcome.suicide == 1));
    REQUIRE(board.hash_after(p, position.to_move()) == board_of(outcome.grid).hash());
  }
  return legal;
}

inline void compare_random_game(BoardSize size, const Rules& rules, std::uint64_t seed,
                                int max_moves) {
  Random random(seed);
  Position position(size, rules);
  naive::NaiveBoard reference(size, rules);
  std::vector<naive::Grid> grids{reference.grid()};
  for (int i = 0; i < max_moves && !reference.is_over(); ++i) {
    const std::vector<Point> legal = compare_moves(position, reference);
    if (legal.empty() || random.below(20) == 0) {
      REQUIRE(position.is_legal(Point::pass()));
      position.play(Point::pass());
      reference.pass();
    } else {
      const Point p = legal[random.below(static_cast<std::uint32_t>(legal.size()))];
      position.play(p);
      reference.play(cell_of(p));
    }
    grids.push_back(reference.grid());
    compare_boards(position.board(), reference.grid());
    REQUIRE(position.board().hash() == board_of(reference.grid()).hash());
    for (int turns = 0; turns <= 2; ++turns) {
      const auto back = static_cast<std::size_t>(std::min(turns, position.move_count()));
      compare_boards(position.board_ago(turns), grids[grids.size() - 1 - back]);
    }
    for (const Color c : {Color::kBlack, Color::kWhite}) {
      REQUIRE(position.board().prisoners(c) == reference.prisoners(c));
    }
    if (position.is_no_result()) return;  // the reference does not know long cycles
    REQUIRE(position.is_over() == reference.is_over());
  }
}

}  // namespace ponnuki
