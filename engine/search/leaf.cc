#include "engine/search/leaf.h"

#include <cmath>

#include "engine/random.h"
#include "engine/referee/dead_by_ownership.h"
#include "engine/score.h"
#include "engine/search/score_value.h"

namespace ponnuki::search {

namespace {

/// True for a second pass that, under friendly rules, should not end the game at once.
bool is_friendly_pass(const Position& position) {
  const Rules& rules = position.rules();
  return rules.friendly_pass_ok && rules.scoring == ScoringRule::kArea &&
         position.consecutive_passes() == 1;
}

int pick_symmetry(const SearchCore& core, const Position& position) {
  if (!core.params.random_symmetry) return 0;
  const std::uint64_t salt =
      splitmix64(core.params.seed) + static_cast<std::uint64_t>(position.to_move());
  return symmetry_by_hash(position, salt).number();
}

}  // namespace

EvalRequest request_for(const SearchCore& core, const Position& position,
                        const EvaluateOptions& options, Evaluation& out) {
  const SearchParams& params = core.params;
  EvalRequest request;
  request.position = &position;
  request.result = &out;
  request.symmetry =
      Symmetry(options.symmetry >= 0 ? options.symmetry : pick_symmetry(core, position));
  request.with_ownership = options.with_ownership;
  request.policy_optimism =
      static_cast<float>(options.is_root ? params.root_policy_optimism : params.policy_optimism);
  request.conservative_pass =
      (options.is_root && params.conservative_pass) || is_friendly_pass(position);
  request.passing_hacks = params.passing_hacks;
  request.alone = params.evaluates_alone;
  request.playout_doublings =
      playout_doublings_of(params, position.to_move(), core.root.position.to_move());
  return request;
}

void note_short_term_errors(SearchCore& core, const Evaluation& answer) {
  if (answer.winloss_error != 0 || answer.score_error != 0) core.knows_errors = true;
}

Symmetry symmetry_by_hash(const Position& position, std::uint64_t salt) {
  const std::uint64_t hash = splitmix64(position.board().hash() ^ salt);
  return Symmetry(
      static_cast<int>(hash % static_cast<std::uint64_t>(Symmetry::count(position.size()))));
}

OwnValue seen_by_white(const Evaluation& e, Color to_move) {
  const float sign = to_move == Color::kWhite ? 1.0F : -1.0F;
  OwnValue v;
  v.win_loss = sign * (e.win - e.loss);
  v.no_result = e.no_result;
  v.score_mean = sign * e.score_mean;
  v.score_square = e.score_mean * e.score_mean + e.score_stdev * e.score_stdev;
  v.lead = sign * e.lead;
  return v;
}

OwnValue own_value(SearchCore& core, const Evaluation& e, Color to_move) {
  OwnValue v = seen_by_white(e, to_move);
  const double slope = core.utility.score_slope(static_cast<double>(v.score_mean));
  v.weight = static_cast<float>(uncertainty_weight(static_cast<double>(e.winloss_error),
                                                   static_cast<double>(e.score_error), slope,
                                                   core.params));
  return v;
}

namespace {

OwnValue value_of_score(const SearchCore& core, const Score& score) {
  const double draw = core.params.draw_value;
  const double points = score.white_minus_black;
  const Color winner = score.winner();
  OwnValue v;
  v.win_loss = static_cast<float>(winner == Color::kWhite   ? 1
                                  : winner == Color::kBlack ? -1
                                                            : 2 * draw - 1);
  const bool integer = points == std::floor(points);
  v.score_mean = static_cast<float>(integer ? points + draw - 0.5 : points);
  const double low = (points - 0.5) * (points - 0.5), high = (points + 0.5) * (points + 0.5);
  v.score_square = static_cast<float>(integer ? low + (high - low) * draw : points * points);
  v.lead = v.score_mean;
  return v;
}

}  // namespace

OwnValue final_value(SearchCore& core, const Position& position, const Evaluation* evaluation) {
  OwnValue v;
  if (position.is_no_result()) {
    v.no_result = 1;
  } else if (evaluation == nullptr) {
    v = value_of_score(core, score_area(position));
  } else if (const auto dead = referee::dead_beyond_doubt(
                 position, {evaluation->ownership, position.to_move()})) {
    v = value_of_score(core, score_with_dead(position, *dead));
  } else {
    return own_value(core, *evaluation, position.to_move());
  }
  if (core.knows_errors && core.params.uncertainty_weighting)
    v.weight = static_cast<float>(core.params.uncertainty_max_weight);
  return v;
}

}  // namespace ponnuki::search
