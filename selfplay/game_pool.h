// GamePool: many games of a program against itself at once, on one thread. Each game has a search
// of its own; the leaves of all of them reach the evaluator in one call.
//
//     game 1   root   leaf   leaf  ...  move   root   leaf  ...
//     game 2   leaf   leaf   move  ...
//     ...       |      |
//              one call of the evaluator, answered for all
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "engine/search/search.h"

namespace ponnuki {

struct GamePoolOptions {
  BoardSize size{9, 9};
  Rules rules;
  int games = 32;       // at once
  SearchParams search;  // one thread, one leaf at a time; the seed is that of the first game
  SearchLimits limits;  // of each move
  int max_moves = 200;  // longer games are broken off
  std::function<void(const Position& end)> finished;  // told of every game; may be empty
};

struct GamePoolStats {
  std::int64_t games = 0;  // finished
  std::int64_t moves = 0;
  std::int64_t visits = 0;  // new ones: those that a kept tree has already do not count again
};

class GamePool {
 public:
  /// The evaluator must outlive the pool.
  GamePool(Evaluator& evaluator, const GamePoolOptions& options);
  ~GamePool();

  /// One call of the evaluator: every search gets a step further, and moves are played as searches
  /// end. A finished game makes room for a new one.
  void step();
  const GamePoolStats& stats() const { return stats_; }

 private:
  struct Slot;
  void advance(Slot& slot);
  void play_move(Slot& slot);
  void start_game(Slot& slot);

  Evaluator& evaluator_;
  GamePoolOptions options_;
  std::vector<std::unique_ptr<Slot>> slots_;
  std::vector<EvalRequest> requests_;
  std::uint64_t next_seed_;
  GamePoolStats stats_;
};

}  // namespace ponnuki
