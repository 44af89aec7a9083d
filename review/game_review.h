// GameReview: a game with the assessments of its positions, and the conclusions: what each move
// lost, which moves were mistakes, and where the game turned.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "review/assessment.h"
#include "review/game_tree.h"

namespace ponnuki::review {

enum class Verdict { kNone, kMistake, kBlunder };
const char* mark_of(Verdict verdict);  // "", "?", "??"

/// The loss of a move for its player; negative for a gain.
struct MoveLoss {
  double points = 0;
  double winrate = 0;
  /// A mistake loses at least 2 points or 0.1 of winrate, a blunder 6 points or 0.25 of winrate.
  Verdict verdict() const;
  /// The weight of the loss: 0.1 of winrate counts as much as five points.
  double weight() const;
};

struct GameReview {
  std::string file;   // as the user named it
  std::string judge;  // the evaluator's name
  GameTree tree;
  std::vector<Assessment> assessments;  // one for each node of the tree; empty if not assessed
  /// What the referee says that passes at the end of the main line lost, by node
  /// (review/last_passes.h). It replaces the search's figures.
  std::map<int, MoveLoss> judged_passes = {};

  const Assessment& at(int node) const { return assessments[static_cast<std::size_t>(node)]; }
};

/// The loss of the move that led to `node`. Nothing for the start, after a setup, and if one of the
/// two positions is not assessed. A pass that ends the game loses what the referee says, nothing if
/// it was not asked. That of a player who plays no stone after it and resigns loses nothing.
std::optional<MoveLoss> loss_of(const GameReview& review, int node);
/// The rank of that move among its parent's candidates, from 0.
std::optional<int> rank_of(const GameReview& review, int node);

/// Opening, middle game and endgame: on 19×19 moves 1 to 50, 51 to 150 and the rest.
struct Phase {
  const char* name;
  // Move numbers; last < first if the game ended before this phase.
  int first, last;
};
inline constexpr std::size_t kPhases = 3;
using Phases = std::array<Phase, kPhases>;
Phases phases_of(const GameReview& review);

struct PlayerSummary {
  Color color = Color::kBlack;
  int moves = 0;  // moves whose loss is known
  int best = 0;   // moves that were the search's first choice
  int mistakes = 0;
  int blunders = 0;
  std::array<double, kPhases> points_lost{};  // sum over moves that lost points

  double total() const { return points_lost[0] + points_lost[1] + points_lost[2]; }
  double mean() const { return moves > 0 ? total() / moves : 0; }
};
/// Black's and White's summary of the main line.
std::array<PlayerSummary, 2> summaries_of(const GameReview& review);

/// The mistakes and blunders of the main line, worst first, at most `count`. The first function
/// sorts them by points, the second by MoveLoss::weight().
std::vector<int> largest_mistakes(const GameReview& review, int count);
std::vector<int> turning_points(const GameReview& review, int count);

}  // namespace ponnuki::review
