#include "review/shown_rank.h"

#include <algorithm>
#include <cmath>

#include "engine/coord.h"
#include "engine/format.h"
#include "engine/printable.h"
#include "engine/rank.h"
#include "review/text.h"

namespace ponnuki::review {
namespace {

constexpr int kFewestMoves = 15;
constexpr double kMostPoints = 20;    // that a move can lose
constexpr double kLeastPrior = 1e-3;  // of a move that the search did not visit, too

// steps = base + loss · ln(points a move + kSlack). The error has a part
// that is the player's own in each game, and one that shrinks with the number of moves.
constexpr double kSlack = 0.05;
struct Regression {
  double base, loss;
  double error, error_of_move;  // standard deviations, in steps
};
// From games of 12 and 10 kinds of players (docs/results/levels.md).
constexpr Regression kOn9 = {11.0, -3.54, 3.3, 12.2};
constexpr Regression kOn13 = {10.6, -2.99, 3.9, 12.5};

/// The regression of the nearest board that was measured. Null on larger boards: there the net
/// inside says much the same of a 9-dan player and of a level of 18k.
const Regression* regression_of(BoardSize size) {
  switch (measured_board(size)) {
    case 9:
      return &kOn9;
    case 13:
      return &kOn13;
    default:
      return nullptr;
  }
}

bool has_name(double steps) { return steps >= -0.5 && steps <= Rank::kCount - 0.5; }

std::string text(double steps) {
  if (!has_name(steps)) return steps < 0 ? "below 20k" : "above 9d";
  return ponnuki::to_string(nearest_rank(steps));
}

/// The columns that say what the estimate rests on, and the estimate.
std::string row(const RankEvidence& evidence, BoardSize size) {
  const double moves = std::max(evidence.moves, 1);
  return format("%5d  %10.2f  %12.0f %%  ", evidence.moves, evidence.points / moves,
                evidence.moves > 0 ? 100 * std::exp(evidence.log_priors / moves) : 0) +
         rank_text(evidence, size) + "\n";
}

constexpr const char* kColumns = "moves  lost a move  likely a move  rank\n";

}  // namespace

RankEvidence& RankEvidence::operator+=(const RankEvidence& more) {
  moves += more.moves;
  points += more.points;
  log_priors += more.log_priors;
  return *this;
}

std::array<RankEvidence, 2> rank_evidence(const GameReview& review) {
  std::array<RankEvidence, 2> players;
  for (int node = 1; node <= review.tree.main_moves(); ++node) {
    const auto loss = loss_of(review, node);
    const GameNode& played = review.tree.node(node);
    if (!loss || played.move->point.is_pass()) continue;
    const AssessedMove* const found = review.at(played.parent).find(played.move->point);
    const double prior = found == nullptr ? 0 : found->prior;
    players[played.move->color == Color::kWhite ? 1 : 0] +=
        {1, std::clamp(loss->points, 0.0, kMostPoints), std::log(std::max(prior, kLeastPrior))};
  }
  return players;
}

std::optional<ShownRank> shown_rank(const RankEvidence& evidence, BoardSize size) {
  const Regression* const fit = regression_of(size);
  if (evidence.moves < kFewestMoves || fit == nullptr) return {};
  const double steps = fit->base + fit->loss * std::log(evidence.points / evidence.moves + kSlack);
  const double error =
      std::hypot(fit->error, fit->error_of_move / std::sqrt(static_cast<double>(evidence.moves)));
  return ShownRank{steps, steps - 1.96 * error, steps + 1.96 * error};
}

std::string to_string(const ShownRank& shown) {
  return (has_name(shown.steps) ? "about " : "") + text(shown.steps) + " (" + text(shown.low) +
         " to " + text(shown.high) + ")";
}

std::string rank_text(const RankEvidence& evidence, BoardSize size) {
  if (regression_of(size) == nullptr) return "unknown: the judge is too weak on this board";
  const auto shown = shown_rank(evidence, size);
  return shown ? to_string(*shown) : "too few moves";
}

std::string ranks_table(const GameReview& review) {
  std::string text = std::string("rank shown    ") + kColumns;
  const auto players = rank_evidence(review);
  for (const Color color : {Color::kBlack, Color::kWhite})
    text += format("%-12s  ", name_of(color)) +
            row(players[color == Color::kWhite ? 1 : 0], review.tree.size());
  return text;
}

void RankTally::add(const GameReview& review) {
  const auto players = rank_evidence(review);
  const sgf::GameInfo& info = review.tree.info();
  for (const Color color : {Color::kBlack, Color::kWhite}) {
    const std::string& name = color == Color::kBlack ? info.black : info.white;
    if (name.empty()) continue;
    Games& games = players_[{name, size_text(info.size)}];
    games.size = info.size;
    games.evidence += players[color == Color::kWhite ? 1 : 0];
    ++games.count;
  }
}

std::string RankTally::table() const {
  std::string text;
  for (const auto& [key, games] : players_) {
    if (games.count < 2) continue;
    if (text.empty()) text = std::string("games  board  ") + kColumns;
    text += format("%5d  %5s  ", games.count, key.second.c_str()) + row(games.evidence, games.size);
    text.insert(text.size() - 1, "  " + printable(key.first));
  }
  return text;
}

}  // namespace ponnuki::review
