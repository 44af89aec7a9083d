// Encore: KataGo's clean-up phases under territory scoring (its game/boardhistory.cpp, 1.17.2).
//
// Two passes begin the first phase, two more the second one, two more end the game. Disputed stones
// are settled by play:
//
// - In the first phase a stone still costs its player a point, as before. In the second it costs
//   nothing, but only stones that stood there at its start count where they are not alive by
//   themselves.
// - There is no ko ban. Instead, a stone that takes a ko is blocked: the opponent may retake only
//   after a pass for that ko. This is a move at the blocked stone, or at the point from which it
//   would be retaken; it lifts the block and puts no stone.
// - A player takes a ko only once in the same position.
//
// An Encore is what these rules add to the state of a Position.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/board.h"
#include "engine/point_set.h"
#include "engine/types.h"

namespace ponnuki {

class Encore {
 public:
  /// The start of a phase, 1 or 2, on this board.
  Encore(int phase, const Board& board);

  int phase() const { return phase_; }
  /// The stones that took a ko and may not be retaken.
  const PointSet& blocked() const { return blocked_; }
  /// The colour of the stone at `p` when the second phase began; kEmpty before it.
  Color start(Point p) const;

  /// True if the move lifts a block instead of putting a stone.
  bool is_pass_for_ko(const Board& board, Move move) const;
  /// The points at which a move of `player` would do so: the blocked stones and the points from
  /// which they would be retaken.
  PointSet passes_for_ko(const Board& board, Color player) const;
  /// The points at which the player has taken a ko in this same position before.
  PointSet taken(const Board& board, Color player) const;

  /// Lifts the block. Requires is_pass_for_ko().
  void pass_for_ko(const Board& board, Move move);
  /// Puts a stone. Requires that the move is no pass for a ko. A ko point becomes a block.
  void play(Board& board, Move move);

  /// The key of the blocks. It enters the hashes that are compared for repetitions.
  std::uint64_t block_key() const { return block_key_; }
  /// The key of the phase, the blocks, the stones at the start of the second phase, and what the
  /// next player has taken in this position.
  std::uint64_t state_key(const Board& board, Color next) const;

 private:
  struct Taking {
    std::uint64_t before;  // the board's hash
    Move move;             // that took a ko
  };

  void set_blocked(Point p, bool blocked);
  Point blocked_stone(const Board& board, Move move) const;

  int phase_;
  PointSet blocked_;
  std::uint64_t block_key_ = 0;
  std::vector<Taking> takings_;
  PointSet start_black_, start_white_;
  std::uint64_t start_hash_ = 0;  // the board's hash at the start of the second phase
};

}  // namespace ponnuki
