#include "review/last_passes.h"

#include <algorithm>
#include <optional>

#include "engine/search/final_judgement.h"
#include "engine/search/pass_outlook.h"

namespace ponnuki::review {
namespace {

// The search's best moves that are compared with a pass.
constexpr int kMostTries = 4;
constexpr double kLeastGain = 0.5;  // points; less is rounding
// Playing on: the length, and the search for each turn.
constexpr int kMostTurns = 30;
constexpr std::int64_t kVisits = 100;
constexpr double kSeconds = 10;  // only reached with very slow networks

search::SearchLimits turn_limits() {
  search::SearchLimits limits;
  limits.visits = kVisits;
  limits.seconds = kSeconds;
  return limits;
}

/// 1, 1/2 or 0: the score as a chance to win.
double chance_of(double score) { return score > 0 ? 1 : score < 0 ? 0 : 0.5; }

MoveLoss loss_between(double best, double passed) {
  return {best - passed, chance_of(best) - chance_of(passed)};
}

class LastPasses {
 public:
  LastPasses(const GameReview& review, Evaluator& evaluator)
      : review_(review), tree_(review.tree), evaluator_(evaluator) {
    while (end_ > 0 && is_pass(end_)) --end_;
  }

  std::map<int, MoveLoss> judge() const {
    std::map<int, MoveLoss> losses;
    for (int node = 1; node <= tree_.main_moves(); ++node) {
      if (!is_last_pass(node)) continue;
      if (const auto loss = judge(node)) losses[node] = *loss;
    }
    return losses;
  }

 private:
  bool is_pass(int node) const { return tree_.node(node).move->point.is_pass(); }
  bool is_last_pass(int node) const {
    const GameNode& played = tree_.node(node);
    return played.continues && is_pass(node) && node > tree_.last_play(played.move->color) &&
           !review_.at(played.parent).empty() && !review_.at(node).empty();
  }

  std::optional<MoveLoss> judge(int node) const {
    if (rank_of(review_, node) == 0) return MoveLoss{};
    const Color player = tree_.node(node).move->color;
    Position position = tree_.position(tree_.node(node).parent);
    if (position.is_over()) return MoveLoss{};
    position.set_to_move(player);
    if (!position.rules().leaves_dead_stones()) return loss_by_count(node);

    const search::PassOutlook outlook = search::pass_outlook(position, evaluator_);
    if (outlook.open || (node <= end_ && !outlook.settled)) return {};
    const auto known = counted_score(player);
    const double counted = known ? *known : searched_score(position, player);
    const double quick = score_for(player, outlook.white_score);
    return loss_between(counted + gain_by_playing_on(position, node, quick, counted), counted);
  }

  /// If dead stones have to be captured, the board is counted as it stands, and the search knows
  /// what it loses by that.
  std::optional<MoveLoss> loss_by_count(int node) const {
    const Assessment& before = review_.at(tree_.node(node).parent);
    const Assessment& after = review_.at(node);
    if (!after.is_result || after.no_result) return {};
    const double sign = tree_.node(node).move->color == Color::kBlack ? 1 : -1;
    return MoveLoss{std::max(0.0, sign * (before.lead - after.lead)),
                    std::max(0.0, sign * (before.winrate - after.winrate))};
  }

  /// The score of the finished game, if it was counted.
  std::optional<double> counted_score(Color player) const {
    const Assessment& end = review_.at(tree_.main_moves());
    if (!end.is_result || end.no_result) return {};
    return player == Color::kBlack ? end.lead : -end.lead;
  }

  /// What the best of the search's moves would have gained over a pass; 0 if none gains. `quick`
  /// and `counted` are the scores after a pass. The referee may take an intruder for a living
  /// stone, so a gain has to show four times: in the search's lead, if the game ended after the
  /// move, without a search and with one, and when both players have played on.
  double gain_by_playing_on(const Position& position, int node, double quick,
                            double counted) const {
    const Color player = position.to_move();
    const Assessment& before = review_.at(tree_.node(node).parent);
    const double seen = score_for(player, -before.lead) - counted;
    if (seen < kLeastGain) return 0;
    double gain = 0;
    int tries = 0;
    for (const AssessedMove& candidate : before.moves) {
      if (candidate.move.is_pass() || !position.is_legal(candidate.move)) continue;
      if (++tries > kMostTries) break;
      const double white_score = search::score_after(position, candidate.move, evaluator_);
      const double hoped = score_for(player, white_score) - quick;
      if (hoped < kLeastGain || hoped <= gain) continue;
      Position after = position;
      after.play(candidate.move);
      gain = std::max(gain, std::min(hoped, searched_score(after, player) - counted));
    }
    if (gain == 0) return 0;
    const double lasting = searched_score(played_on(position), player) - counted;
    return std::max(0.0, std::min({gain, seen, lasting}));
  }

  /// The position after both players have played on as the engine does.
  Position played_on(Position position) const {
    search::Search search(evaluator_, search::judgement_params());
    for (int turn = 0; turn < kMostTurns && !position.is_over(); ++turn) {
      search.set_position(position);
      search.run(turn_limits());
      position.play(search.choose_move().move);
    }
    return position;
  }

  /// The score if the game ended here.
  double searched_score(Position end, Color player) const {
    for (int i = 0; i < 3 && !end.is_over(); ++i) end.play(Point::pass());
    const auto judgement = search::final_judgement(end, evaluator_);
    return judgement ? score_for(player, judgement->score.white_minus_black) : 0;
  }

  static double score_for(Color player, double white_score) {
    return player == Color::kWhite ? white_score : -white_score;
  }

  const GameReview& review_;
  const GameTree& tree_;
  Evaluator& evaluator_;
  int end_ = review_.tree.main_moves();  // the last stone of the main line
};

}  // namespace

std::map<int, MoveLoss> judge_last_passes(const GameReview& review, Evaluator& evaluator) {
  return LastPasses(review, evaluator).judge();
}

}  // namespace ponnuki::review
