// NaiveBoard: the rules of Go in the simplest and slowest form. Stones are in a grid, chains are
// found by flood fill, and every past position is stored whole. It is the reference for
// engine/board and engine/position, and shares no code with them except the types of engine/types.h
// and engine/rules.h.
#pragma once

#include <set>
#include <utility>
#include <vector>

#include "engine/rules.h"
#include "engine/types.h"

namespace ponnuki::naive {

using Grid = std::vector<std::vector<Color>>;  // [y][x]
using Cell = std::pair<int, int>;              // x, y

struct Chain {
  std::set<Cell> stones;
  std::set<Cell> liberties;
};

inline std::vector<Cell> neighbors(const Grid& grid, Cell at) {
  const int width = static_cast<int>(grid[0].size());
  const int height = static_cast<int>(grid.size());
  std::vector<Cell> found;
  for (const auto& [dx, dy] : {Cell{1, 0}, Cell{-1, 0}, Cell{0, 1}, Cell{0, -1}}) {
    const int x = at.first + dx;
    const int y = at.second + dy;
    if (x >= 0 && y >= 0 && x < width && y < height) found.push_back({x, y});
  }
  return found;
}

inline Color color_at(const Grid& grid, Cell at) {
  return grid[static_cast<std::size_t>(at.second)][static_cast<std::size_t>(at.first)];
}
inline void set_color(Grid& grid, Cell at, Color color) {
  grid[static_cast<std::size_t>(at.second)][static_cast<std::size_t>(at.first)] = color;
}

inline Chain chain_at(const Grid& grid, Cell start) {
  Chain chain;
  std::vector<Cell> open{start};
  while (!open.empty()) {
    const Cell at = open.back();
    open.pop_back();
    if (!chain.stones.insert(at).second) continue;
    for (const Cell& next : neighbors(grid, at)) {
      if (color_at(grid, next) == Color::kEmpty) chain.liberties.insert(next);
      if (color_at(grid, next) == color_at(grid, start)) open.push_back(next);
    }
  }
  return chain;
}

/// True if every chain has a liberty.
inline bool is_legal_grid(const Grid& grid) {
  for (int y = 0; y < static_cast<int>(grid.size()); ++y) {
    for (int x = 0; x < static_cast<int>(grid[0].size()); ++x) {
      if (is_player(color_at(grid, {x, y})) && chain_at(grid, {x, y}).liberties.empty())
        return false;
    }
  }
  return true;
}

struct Outcome {
  Grid grid;
  int captured = 0;  // opponent's stones
  int suicide = 0;   // own stones, the new one included
};

/// Puts a stone on an empty point, then removes the opponent's chains without liberties, then the
/// player's own.
inline Outcome put(Grid grid, Cell at, Color player) {
  Outcome outcome;
  set_color(grid, at, player);
  for (const Cell& next : neighbors(grid, at)) {
    if (color_at(grid, next) != opponent(player)) continue;
    const Chain chain = chain_at(grid, next);
    if (!chain.liberties.empty()) continue;
    outcome.captured += static_cast<int>(chain.stones.size());
    for (const Cell& stone : chain.stones) set_color(grid, stone, Color::kEmpty);
  }
  const Chain own = chain_at(grid, at);
  if (own.liberties.empty()) {
    outcome.suicide = static_cast<int>(own.stones.size());
    for (const Cell& stone : own.stones) set_color(grid, stone, Color::kEmpty);
  }
  outcome.grid = std::move(grid);
  return outcome;
}

class NaiveBoard {
 public:
  NaiveBoard(BoardSize size, const Rules& rules)
      : grid_(size.height, std::vector<Color>(size.width, Color::kEmpty)), rules_(rules) {
    situations_.push_back({grid_, Color::kBlack});
  }

  const Grid& grid() const { return grid_; }
  Color to_move() const { return to_move_; }
  bool is_over() const { return over_; }
  int prisoners(Color color) const { return prisoners_[color == Color::kWhite]; }

  bool is_legal(Cell at) const {
    if (over_ || color_at(grid_, at) != Color::kEmpty) return false;
    const Outcome outcome = put(grid_, at, to_move_);
    if (outcome.suicide == 1) return false;
    if (outcome.suicide > 1 && !rules_.multi_stone_suicide) return false;
    return !repeats(outcome);
  }

  void play(Cell at) {
    const Outcome outcome = put(grid_, at, to_move_);
    takes_ko_ = false;
    if (outcome.captured == 1) {
      const Chain chain = chain_at(outcome.grid, at);
      takes_ko_ = chain.stones.size() == 1 && chain.liberties.size() == 1;
    }
    before_last_ = grid_;
    grid_ = outcome.grid;
    prisoners_[to_move_ == Color::kBlack] += outcome.captured;
    prisoners_[to_move_ == Color::kWhite] += outcome.suicide;
    passes_ = 0;
    end_turn();
  }

  /// Two passes end the game. Under simple ko, a pass also ends it if the same player has passed in
  /// the same position before.
  void pass() {
    const Situation now{grid_, to_move_};
    bool seen = false;
    for (const Situation& situation : passed_in_) seen = seen || situation == now;
    takes_ko_ = false;
    over_ = ++passes_ >= 2 || (rules_.ko == KoRule::kSimple && seen);
    passed_in_.push_back(now);
    end_turn();
  }

 private:
  using Situation = std::pair<Grid, Color>;  // grid and player to move

  bool repeats(const Outcome& outcome) const {
    if (rules_.ko == KoRule::kSimple) {
      return takes_ko_ && outcome.captured == 1 && outcome.grid == before_last_;
    }
    for (const auto& [grid, player] : situations_) {
      if (grid != outcome.grid) continue;
      if (rules_.ko == KoRule::kPositional || player == opponent(to_move_)) return true;
    }
    return false;
  }
  void end_turn() {
    to_move_ = opponent(to_move_);
    situations_.push_back({grid_, to_move_});
  }

  Grid grid_;
  Rules rules_;
  Color to_move_ = Color::kBlack;
  Grid before_last_;
  bool takes_ko_ = false;
  int passes_ = 0;
  bool over_ = false;
  int prisoners_[2] = {0, 0};
  std::vector<Situation> situations_;
  std::vector<Situation> passed_in_;
};

}  // namespace ponnuki::naive
