#include "review/game_review.h"

#include <algorithm>

namespace ponnuki::review {
namespace {

/// The nodes of the main line's moves with `worth` above zero, in descending order of worth.
template <typename Worth>
std::vector<int> greatest(const GameReview& review, int count, const Worth& worth) {
  std::vector<std::pair<double, int>> moves;
  for (int node = 1; node <= review.tree.main_moves(); ++node) {
    const auto loss = loss_of(review, node);
    if (loss && worth(*loss) > 0) moves.emplace_back(-worth(*loss), node);
  }
  std::sort(moves.begin(), moves.end());
  std::vector<int> nodes;
  for (const auto& [minus_worth, node] : moves) {
    if (static_cast<int>(nodes.size()) < count) nodes.push_back(node);
  }
  return nodes;
}

/// True for the pass of a player who plays no stone after it and resigns, or loses otherwise
/// without a count. It is not meant as a move.
bool is_pass_of_a_loser(const GameReview& review, int node) {
  const GameTree& tree = review.tree;
  const Move pass = *tree.node(node).move;
  using Kind = sgf::SgfResult::Kind;
  const sgf::SgfResult& result = tree.info().result;
  const bool uncounted =
      result.kind == Kind::kResign || result.kind == Kind::kTime || result.kind == Kind::kForfeit;
  if (!pass.point.is_pass() || !uncounted || result.winner != opponent(pass.color)) return false;
  return node <= tree.main_moves() && node > tree.last_play(pass.color);
}

}  // namespace

const char* mark_of(Verdict verdict) {
  return verdict == Verdict::kBlunder ? "??" : verdict == Verdict::kMistake ? "?" : "";
}

Verdict MoveLoss::verdict() const {
  if (points >= 6 || winrate >= 0.25) return Verdict::kBlunder;
  if (points >= 2 || winrate >= 0.10) return Verdict::kMistake;
  return Verdict::kNone;
}

double MoveLoss::weight() const { return winrate + points / 50; }

std::optional<MoveLoss> loss_of(const GameReview& review, int node) {
  const GameNode& played = review.tree.node(node);
  if (!played.move || !played.continues) return {};
  const Assessment& before = review.at(played.parent);
  const Assessment& after = review.at(node);
  if (before.empty() || after.empty() || before.is_result) return {};
  if (is_pass_of_a_loser(review, node)) return MoveLoss{};
  if (const auto judged = review.judged_passes.find(node); judged != review.judged_passes.end())
    return judged->second;
  if (after.is_result) return MoveLoss{};
  const double sign = played.move->color == Color::kBlack ? 1 : -1;
  return MoveLoss{sign * (before.lead - after.lead), sign * (before.winrate - after.winrate)};
}

std::optional<int> rank_of(const GameReview& review, int node) {
  const GameNode& played = review.tree.node(node);
  if (!played.move) return {};
  const Assessment& before = review.at(played.parent);
  const AssessedMove* const found = before.find(played.move->point);
  if (found == nullptr) return {};
  return static_cast<int>(found - before.moves.data());
}

Phases phases_of(const GameReview& review) {
  const int moves = review.tree.main_moves();
  const int area = review.tree.size().area();
  const int opening = std::min(moves, (area * 50 + 180) / 361);
  const int middle = std::min(moves, (area * 150 + 180) / 361);
  return {{{"opening", 1, opening},
           {"middle game", opening + 1, middle},
           {"endgame", middle + 1, moves}}};
}

std::array<PlayerSummary, 2> summaries_of(const GameReview& review) {
  std::array<PlayerSummary, 2> players{PlayerSummary{Color::kBlack}, PlayerSummary{Color::kWhite}};
  const Phases phases = phases_of(review);
  for (int node = 1; node <= review.tree.main_moves(); ++node) {
    const auto loss = loss_of(review, node);
    if (!loss) continue;
    PlayerSummary& player = players[review.tree.node(node).move->color == Color::kWhite ? 1 : 0];
    const Verdict verdict = loss->verdict();
    ++player.moves;
    player.best += rank_of(review, node) == 0;
    player.mistakes += verdict == Verdict::kMistake;
    player.blunders += verdict == Verdict::kBlunder;
    for (std::size_t i = 0; i < kPhases; ++i) {
      if (node >= phases[i].first && node <= phases[i].last)
        player.points_lost[i] += std::max(0.0, loss->points);
    }
  }
  return players;
}

std::vector<int> largest_mistakes(const GameReview& review, int count) {
  return greatest(review, count, [](const MoveLoss& loss) {
    return loss.verdict() == Verdict::kNone ? 0 : loss.points;
  });
}

std::vector<int> turning_points(const GameReview& review, int count) {
  return greatest(review, count, [](const MoveLoss& loss) {
    return loss.verdict() == Verdict::kNone ? 0 : loss.weight();
  });
}

}  // namespace ponnuki::review
