// Random playouts: uniformly random legal moves that do not fill own simple eyes, until neither
// player has such a move. Then a point belongs to the colour that occupies or surrounds it. All
// rules are obeyed, superko included.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/position.h"
#include "engine/random.h"
#include "engine/rules.h"
#include "engine/types.h"

namespace ponnuki {

/// Plays random games. Keeps its memory between games. Not thread-safe.
class Playouts {
 public:
  /// Plays from a copy of `position` to the end, with at most 3 moves for each point of the board.
  void run(const Position& position, Random& random);

  /// The last position of the latest run().
  const Position& final_position() const { return position_; }
  /// The number of moves in the latest run(), passes included.
  int moves_played() const { return moves_played_; }
  /// White's points minus Black's on the final board, without komi: stones, and empty points beside
  /// one colour only.
  int area_score() const;
  /// The owner of `p` at the end of the latest run(), or kEmpty.
  Color owner(Point p) const;

 private:
  void list_empty_points();
  Point pick(Random& random);

  Position position_{BoardSize{}};
  std::array<std::int16_t, kMaxArea> empty_;
  int empty_count_ = 0;
  int moves_played_ = 0;
};

struct RandomGames {
  std::int64_t games = 0;
  std::int64_t moves = 0;  // passes included
  std::int64_t passes = 0;
  std::int64_t white_points = 0;  // sum of area_score() over all games
  std::uint64_t hash = 0;         // of all final boards; equal for equal seeds
};
/// Plays whole random games from the empty board until at least `moves` moves have been made. For
/// benchmarks and tests.
RandomGames run_random_games(BoardSize size, const Rules& rules, std::int64_t moves, Random random);

}  // namespace ponnuki
