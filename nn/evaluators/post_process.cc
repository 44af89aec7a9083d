#include "nn/evaluators/post_process.h"

#include <algorithm>
#include <cmath>

#include "engine/check.h"
#include "nn/evaluators/policy_softmax.h"
#include "nn/inputs/planes.h"
#include "nn/model/scalar_functions.h"
#include "nn/model/short_term_errors.h"

namespace ponnuki::nn {

namespace {

/// Gathers the policy logits with the symmetry undone, mixed with the optimistic policy; -infinity
/// for illegal moves.
void gather_logits(const Model& model, const NetworkOutput& output, const EvalRequest& request,
                   std::vector<float>& policy) {
  const Position& position = *request.position;
  const BoardSize size = position.size();
  const Symmetry symmetry = shape_keeping(request.symmetry, size);
  const auto channel = static_cast<std::size_t>(size.area() + 1);
  const bool optimistic = model.policy_channels() >= 2 && model.metadata_features() == 0;
  const float optimism = optimistic ? request.policy_optimism : 0.0F;
  policy.assign(channel, -INFINITY);
  const auto gather = [&](Point p) {
    float& logit = policy[static_cast<std::size_t>(p.cell(size))];
    const auto from = static_cast<std::size_t>(symmetry.apply(p, size).cell(symmetry.apply(size)));
    logit = output.policy[from];
    if (optimism > 0) logit += (output.policy[channel + from] - logit) * optimism;
    logit /= request.policy_temperature;
  };
  position.legal_points_after_end().for_each(gather);
  gather(Point::pass());
}

/// Under superko with area scoring, every game has a result.
bool may_lack_result(const Rules& rules) {
  return rules.ko == KoRule::kSimple || rules.scoring == ScoringRule::kTerritory;
}

void set_outcome(const std::vector<float>& logits, bool no_result, Evaluation& result) {
  double highest = std::max(logits[0], logits[1]);
  if (no_result) highest = std::max<double>(highest, logits[2]);
  const double win = std::exp(logits[0] - highest);
  const double loss = std::exp(logits[1] - highest);
  const double none = no_result ? std::exp(logits[2] - highest) : 0.0;
  const double sum = win + loss + none;
  result.win = static_cast<float>(win / sum);
  result.loss = static_cast<float>(loss / sum);
  result.no_result = static_cast<float>(none / sum);
}

void set_scores(const Model& model, const std::vector<float>& raw, BoardSize size,
                Evaluation& result) {
  const double played_out = 1 - static_cast<double>(result.no_result);
  result.variance_time = result.winloss_error = result.score_error = result.score_stdev = 0;
  if (model.version == 3) {
    // The net has one number s, whose score value is 2/pi * atan(s): a score on a scale of 2 *
    // sqrt(area).
    const double scale = 2 * std::sqrt(size.area());
    result.score_mean = result.lead = static_cast<float>(raw[0] * scale);
    return;
  }
  // The net's score is that of games with a result. Games without a result count as 0.
  const double mean = static_cast<double>(raw[0]) * static_cast<double>(model.post.score_mean);
  const double stdev = softplus(raw[1]) * static_cast<double>(model.post.score_stdev);
  const double mean_square = (mean * mean + stdev * stdev) * played_out;
  const double played_mean = mean * played_out;
  result.score_mean = static_cast<float>(played_mean);
  const double variance = mean_square - played_mean * played_mean;
  result.score_stdev = static_cast<float>(std::sqrt(std::max(variance, 0.0)));
  const double lead = model.version >= 8 ? raw[2] : raw[0];
  result.lead = static_cast<float>(lead * static_cast<double>(model.post.lead) * played_out);
  if (model.version < 9) return;
  result.variance_time =
      static_cast<float>(softplus(raw[3]) * static_cast<double>(model.post.variance_time));
  const ShortTermMultipliers multipliers = short_term_multipliers(model.version, model.post);
  result.winloss_error =
      static_cast<float>(short_term_error(model.version, raw[4], multipliers.value));
  result.score_error =
      static_cast<float>(short_term_error(model.version, raw[5], multipliers.score));
}

void set_ownership(const NetworkOutput& output, Symmetry symmetry, BoardSize size,
                   std::vector<float>& ownership) {
  ownership.resize(static_cast<std::size_t>(size.area()));
  for (int cell = 0; cell < size.area(); ++cell) {
    const int from = symmetry.apply(Point::from_cell(cell, size), size).cell(symmetry.apply(size));
    ownership[static_cast<std::size_t>(cell)] =
        std::tanh(output.ownership[static_cast<std::size_t>(from)]);
  }
}

bool is_finite(const Evaluation& result) {
  for (const float value :
       {result.win, result.loss, result.no_result, result.score_mean, result.score_stdev,
        result.lead, result.variance_time, result.winloss_error, result.score_error}) {
    if (!std::isfinite(value)) return false;
  }
  return std::none_of(result.ownership.begin(), result.ownership.end(),
                      [](float value) { return std::isnan(value); });
}

}  // namespace

bool post_process(const Model& model, const NetworkOutput& output, const EvalRequest& request) {
  PONNUKI_CHECK(request.policy_temperature > 0);
  Evaluation& result = *request.result;
  const BoardSize size = request.position->size();
  gather_logits(model, output, request, result.policy);
  if (!policy_softmax(request.passing_hacks, result.policy)) return false;
  const bool no_result = model.version == 3 || may_lack_result(request.position->rules());
  set_outcome(output.value, no_result, result);
  set_scores(model, output.misc, size, result);
  result.ownership.clear();
  if (request.with_ownership)
    set_ownership(output, shape_keeping(request.symmetry, size), size, result.ownership);
  return is_finite(result);
}

}  // namespace ponnuki::nn
