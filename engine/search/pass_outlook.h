// What a pass would mean at the end of a game: whether the board is still open, and the score if
// the game ended with it.
#pragma once

#include <array>
#include <optional>
#include <utility>

#include "engine/evaluator.h"
#include "engine/position.h"
#include "engine/referee/judgement.h"

namespace ponnuki::search {

/// True if a pass would answer the opponent's pass: it would end the game, or the opponent has just
/// taken the button.
bool answers_pass(const Position& position);

/// True where a pass needs a second thought: it would answer a pass, or territory is counted and
/// the board is not nearly empty. Not in the encore, which settles the dead stones by play.
bool asks_about_pass(const Position& position);

/// The same stones with `first` to move; the next pass does not end the game.
Position with_first(const Position& position, Color first);

struct PassOutlook {
  bool open = false;     // so much is undecided that the referee's judgement would mean little
  bool settled = false;  // little is undecided
  // By the referee, if the game ended here. Unset if the board is open, and under rules that leave
  // no dead stones.
  double white_score = 0;
  AreaMap owner{};  // of each point
};

/// `first[0]` evaluates `position` with Black to move first, first[1] with White; each from the
/// perspective of the player who moves. Without ownership in them only the empty areas and the
/// chance to win tell whether the board is open.
PassOutlook pass_outlook(const Position& position, const std::array<Evaluation, 2>& first);

/// The same for a position in which nobody has thought about a pass. Asks the evaluator twice.
PassOutlook pass_outlook(const Position& position, Evaluator& evaluator);

/// What a pass would mean at the root of a search. The referee is asked when the outlook is first
/// wanted, since its reading takes up to half a second on 19×19.
class LatePassOutlook {
 public:
  /// As for pass_outlook().
  LatePassOutlook(Position position, std::array<Evaluation, 2> first)
      : position_(std::move(position)), first_(std::move(first)) {}

  /// False if the evaluations do not give the point to the player to move, whoever moves first. Then
  /// a move there is not one in own territory. True without ownership.
  bool may_be_own(Point point) const;
  const PassOutlook& get();

 private:
  Position position_;
  std::array<Evaluation, 2> first_;  // by the player who moves: Black, White
  std::optional<PassOutlook> outlook_;
};

/// What the referee would say if the game ended here: of a finished game, and of a board on which
/// so little is undecided that passes are all that is missing. Nothing for any other board.
std::optional<referee::Judgement> judge_if_settled(const Position& position,
                                                   const referee::Views& views);

/// The referee's score, White's, if the game ended after `move`: how much a move gains over a pass.
/// Asks the evaluator twice.
double score_after(const Position& position, Point move, Evaluator& evaluator);

}  // namespace ponnuki::search
