// Game: one line of play from a setup, with undo. It is the state of a GTP session and the content
// of a game record.
//
// Moves and undo take the same time however long the game is, on average: earlier positions are
// kept, and an undo replays a few hundred moves from the last of them.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <vector>

#include "engine/board.h"
#include "engine/position.h"
#include "engine/rules.h"
#include "engine/types.h"

namespace ponnuki {

class Game {
 public:
  /// The length of games that clients may play and send. Longer than any game of people or
  /// programs; it bounds the time and memory of what replays a game.
  static constexpr int kMostMoves = 10'000;

  explicit Game(BoardSize size = {}, const Rules& rules = Rules{});
  Game(const Board& setup, Color to_move, const Rules& rules, int handicap);

  const Position& position() const { return position_; }
  const Position& start() const { return start_; }
  /// True if a client may play no further move. play() does not check this.
  bool is_full() const { return position_.move_count() >= kMostMoves; }
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
  /// Takes back `count` moves. Returns false, and takes back none, if there are fewer. Never undoes
  /// the setup.
  bool undo(int count = 1);

 private:
  /// The moves before White's first stone.
  struct Opening {
    int black_stones = 0;
    bool is_over = false;
  };
  /// The state after some moves.
  struct Earlier {
    Position position;
    Opening opening;
  };

  void count_opening_handicap(Move move);
  bool white_played_twice_in_a_row() const;
  void remember();
  void replay(std::size_t count);

  Position start_;
  Position position_;
  Opening opening_;
  // The last two multiples of kEarlierEvery moves that were reached, the latest first. May be null.
  std::array<std::shared_ptr<const Earlier>, 2> earlier_;
};

}  // namespace ponnuki
