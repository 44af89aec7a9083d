// Position: a board with its rules, the player to move and the history that the rules depend on. It
// alone decides legality and the end of the game. Assigning it to an existing Position reuses the
// memory.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "engine/board.h"
#include "engine/encore.h"
#include "engine/history.h"
#include "engine/point_set.h"
#include "engine/rules.h"
#include "engine/types.h"

namespace ponnuki {

class Position {
 public:
  explicit Position(BoardSize size, const Rules& rules = Rules{});
  /// Starts from a setup (handicap or problem). `handicap` is the number of stones for White's
  /// bonus.
  Position(const Board& setup, Color to_move, const Rules& rules, int handicap = 0);

  const Board& board() const { return board_; }
  BoardSize size() const { return board_.size(); }
  const Rules& rules() const { return rules_; }
  void set_komi(float komi) { rules_.komi = komi; }
  Color to_move() const { return to_move_; }
  /// Lets either colour move next (for GTP's genmove). Keeps the history.
  void set_to_move(Color player) { to_move_ = player; }
  int handicap() const { return handicap_; }
  /// Changes White's bonus to the bonus for `handicap` stones.
  void set_handicap(int handicap);

  // --- legality
  //
  // Whether the rules allow a move: empty point, suicide, simple ko or superko. A pass is always
  // legal. False once the game is over.
  bool is_legal(Point p) const { return is_legal({to_move_, p}); }
  bool is_legal(Move move) const;
  /// Like is_legal(), but for play that continues after the end of the game (clean-up after two
  /// passes).
  bool is_legal_after_end(Move move) const;
  /// The points where is_legal_after_end() holds for the player to move. Faster than a call for
  /// each point.
  PointSet legal_points_after_end() const;
  /// True for a pass, a pass for a ko (engine/encore.h), and an empty point unless a stone there
  /// is suicide of a single stone (suicide of several stones is allowed): the moves that a game
  /// record under other rules may contain. Ignores ko and the end of the game.
  bool is_pseudo_legal(Move move) const;
  /// True if only ko or superko (in the encore: that the ko was taken in this position before)
  /// forbids `p` to the player to move.
  bool is_ko_banned(Point p) const;

  /// Requires is_pseudo_legal(). The next player is the opponent of move.color. Also allowed after
  /// the end of the game; is_over() then depends on the last move only.
  void play(Move move);
  void play(Point p) { play({to_move_, p}); }

  // --- the past
  /// The moves played since the setup.
  int move_count() const { return static_cast<int>(moves_.size()); }
  /// The move `turns` turns ago; 1 is the last one. Requires 1 <= turns <= move_count().
  Move move_ago(int turns) const { return moves_[moves_.size() - static_cast<std::size_t>(turns)]; }
  const std::vector<Move>& moves() const { return moves_; }
  /// The number of moves since play continued after the end of the game or, if it did not, of all
  /// moves. Networks see no older moves.
  int history_turns() const { return history_turns_; }
  /// Hides the moves so far from networks. The rules still use them.
  void hide_history() { history_turns_ = 0; }
  /// Lets play go on after the end of the game, as after a dispute: the next pass does not end the
  /// game. Networks still see the move that ended it, but no earlier moves.
  void resume();
  /// The board `turns` (0, 1 or 2) turns ago or, with less history, the oldest board known.
  Board board_ago(int turns) const;
  /// The stones that the move `turns` (1 to 8) turns ago removed from the board: the opponent's or,
  /// after a suicide, the player's own without the stone played. Requires turns <= move_count().
  const PointSet& lost_ago(int turns) const;
  /// The hash of the stones and simple ko of board_ago(turns), without building that board.
  std::uint64_t board_key_ago(int turns) const;

  // --- the encore: KataGo's clean-up phases under territory scoring (engine/encore.h)
  //
  // From now on two passes under territory scoring lead to the next phase instead of ending the
  // game, and end it after the second phase. Without this call there is no encore, and dead stones
  // are the referee's matter. No effect under area scoring.
  void allow_encore() { enters_encore_ = true; }
  /// Begins a phase, 1 or 2, on the present board. Forgets ko bans, and hides the moves so far from
  /// networks. Requires territory scoring. Calls allow_encore().
  void begin_encore(int phase);
  bool allows_encore() const { return enters_encore_; }
  /// None before the encore.
  const Encore* encore() const { return encore_.get(); }
  /// 1 or 2; 0 before the encore.
  int encore_phase() const { return encore_ ? encore_->phase() : 0; }
  /// True if the game, should it end now, is counted as the board stands, without a referee: under
  /// area scoring, or in the second phase.
  bool is_final_phase() const {
    return rules_.scoring == ScoringRule::kArea || encore_phase() == 2;
  }

  // --- the end
  int consecutive_passes() const { return consecutive_passes_; }
  /// True if a pass of the player to move would end the game, or a phase of the encore: as the
  /// second pass, or by KataGo's Spight-like ending (the same player passed in the same position
  /// before).
  bool pass_would_end_game() const;
  /// True if a pass would end the game by the second of these reasons.
  bool pass_would_repeat() const { return ends_by_repeated_pass(to_move_); }
  /// True if the game ended by passes, or without result (a long cycle under simple ko).
  bool is_over() const { return over_; }
  bool is_no_result() const { return no_result_; }
  /// Points added to White's komi: handicap bonus, button and, under territory scoring, prisoners
  /// and passes as KataGo counts them. Area counting of the final board plus this bonus gives the
  /// territory score.
  float white_bonus() const { return white_bonus_; }
  bool has_button() const { return button_left_; }
  /// komi + white_bonus from the perspective of `player`: positive is good for `player`.
  float self_komi(Color player) const;

  // --- hashes
  //
  // The key of everything that a network may see and that affects the rest of the game: stones, ko
  // and superko bans, player, rules, komi, last five moves, passes. Positions with equal keys may
  // share an evaluation.
  std::uint64_t evaluation_key() const;
  /// The key of the state without the history of moves: stones, ko, player, passes, rules.
  std::uint64_t state_key() const;

 private:
  /// The stones of an earlier turn, from which its Board is rebuilt.
  struct Snapshot {
    std::array<Color, kPointCount> colors;
    std::uint64_t hash = 0;
    Point ko_point;
    int prisoners[2] = {0, 0};
  };

  bool may_repeat(Point p, Color player) const;
  bool is_repetition(Move move) const;
  bool ends_by_repeated_pass(Color player) const;
  bool passes_clear_history() const { return rules_.ko == KoRule::kSimple || encore_ != nullptr; }
  void pass(Color player);
  void put_stone(Move move);
  void put_in_encore(Move move);
  void remember_board();
  std::uint64_t ko_hash(std::uint64_t board_hash, Color next) const;
  std::uint64_t ban_key() const;

  Board board_;
  Rules rules_;
  Color to_move_ = Color::kBlack;
  int handicap_ = 0;
  std::vector<Move> moves_;
  // The ko_hash() of all positions that the ko rule considers, including the current one.
  History history_;
  // Points that have had a stone at any time.
  PointSet ever_occupied_;
  // The ko_hash() of the positions in which Black, White passed. Used under simple ko only.
  std::vector<std::uint64_t> hashes_before_pass_[2];
  // earlier_[n % 2] is the board before move number n (from 0).
  std::array<Snapshot, 2> earlier_;
  // lost_[n % 8] holds the stones that move number n removed from the board.
  std::array<PointSet, 8> lost_;
  int consecutive_passes_ = 0;
  int history_turns_ = 0;
  bool over_ = false;
  bool no_result_ = false;
  bool button_left_ = false;
  bool enters_encore_ = false;
  // Shared by copies of the position, and replaced when it changes.
  std::shared_ptr<const Encore> encore_;
  float white_bonus_ = 0;
};

}  // namespace ponnuki
