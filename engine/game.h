// Game: one line of play from a setup, with undo. It is the state of a GTP session and the content
// of a game record.
#pragma once

#include <cstddef>
#include <vector>

#include "engine/board.h"
#include "engine/position.h"
#include "engine/rules.h"
#include "engine/types.h"

namespace ponnuki {

class Game {
 public:
  explicit Game(BoardSize size = {}, const Rules& rules = Rules{});
  Game(const Board& setup, Color to_move, const Rules& rules, int handicap);

  const Position& position() const { return position_; }
  const Position& start() const { return start_; }
  void set_komi(float komi);
  /// Two passes lead to the encore (Position::allow_encore()). Requires a game without moves.
  void allow_encore();
  /// Replays the game under other rules.
  void set_rules(const Rules& rules);
  void set_to_move(Color player) { position_.set_to_move(player); }
  /// Plays a move. Two or more black stones in a row at the start count as handicap stones for
  /// White's bonus (as in KataGo), since clients place handicap stones by moves. They count no
  /// longer once White too plays two stones in a row: then the moves are a position that a client
  /// sends stone by stone.
  void play(Move move);
  /// Returns false if there is nothing to undo. Never undoes the setup.
  bool undo();

 private:
  void count_opening_handicap();
  bool white_played_twice_in_a_row() const;
  void replay(std::vector<Move> moves, std::size_t count);

  Position start_;
  Position position_;
};

}  // namespace ponnuki
