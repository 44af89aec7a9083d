// The rank that a player showed in a game: an estimate from the points that the moves lost.
//
// It is a linear regression for 9×9, and one for 13×13, from games of players whose rank is known
// (docs/results/levels.md). Other boards take the nearer one, but there is none for boards of more
// than 16×16 points, where the net inside cannot tell strong players from weak ones. A game shows
// little of a player: the interval is as wide as the errors of the regression were.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "review/game_review.h"

namespace ponnuki::review {

/// What the moves of a player say. Passes and moves without a known loss do not count.
struct RankEvidence {
  int moves = 0;
  double points = 0;  // lost, in all; at most 20 a move
  // Sum of the natural logarithms of the moves' priors. It is shown, but has no weight.
  double log_priors = 0;

  RankEvidence& operator+=(const RankEvidence& more);
};
/// Black's and White's moves of the main line.
std::array<RankEvidence, 2> rank_evidence(const GameReview& review);

/// In steps above 20k (engine/rank.h); they may lie beyond 20k and 9d.
struct ShownRank {
  double steps = 0;
  double low = 0, high = 0;  // the 95 % interval
};
/// Nothing with fewer than 15 moves, and on boards without a regression.
std::optional<ShownRank> shown_rank(const RankEvidence& evidence, BoardSize size);

/// "about 5k (9k to 2k)".
std::string to_string(const ShownRank& shown);
/// The same, or why there is no estimate.
std::string rank_text(const RankEvidence& evidence, BoardSize size);

/// A table of the ranks that the players of a game showed.
std::string ranks_table(const GameReview& review);

/// The evidence of several games, by the names of the players and the boards.
class RankTally {
 public:
  /// Players without a name are left out.
  void add(const GameReview& review);
  /// A table of those who played more than once; empty if there is none.
  std::string table() const;

 private:
  struct Games {
    int count = 0;
    RankEvidence evidence;
    BoardSize size;
  };
  std::map<std::pair<std::string, std::string>, Games> players_;  // by name and board
};

}  // namespace ponnuki::review
