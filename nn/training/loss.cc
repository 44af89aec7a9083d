#include "nn/training/loss.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "engine/check.h"
#include "nn/model/scalar_functions.h"
#include "nn/training/score_mixture.h"
#include "nn/training/training_model.h"

namespace ponnuki::nn::training {
namespace {

using Floats = std::span<const float>;
using Gradient = std::span<float>;

// The unit, in points, of the outputs for score mean, stdev and lead.
constexpr double kScorePoints = 20;
constexpr double kValueErrorScale = 0.25, kScoreErrorScale = 30;
constexpr double kMeanDelta = 12, kStdevDelta = 10, kLeadDelta = 8;
constexpr double kValueErrorDelta = 0.4, kScoreErrorDelta = 100;

struct Slope {
  double value, slope;
};

/// The Huber loss.
Slope huber(double error, double delta) {
  if (std::abs(error) <= delta) return {error * error / 2, error};
  return {delta * (std::abs(error) - delta / 2), error > 0 ? delta : -delta};
}

/// The weighted cross entropy of softmax(logits) with a target that sums to 1, and its gradient.
double cross_entropy(Floats logits, Floats target, double weight, Gradient gradient) {
  const float greatest = *std::ranges::max_element(logits);
  float sum = 0, dot = 0;
  for (std::size_t i = 0; i < logits.size(); ++i) {
    sum += gradient[i] = std::exp(logits[i] - greatest);
    dot += target[i] * (logits[i] - greatest);
  }
  const auto scale = static_cast<float>(weight);
  for (std::size_t i = 0; i < logits.size(); ++i)
    gradient[i] = scale * (gradient[i] / sum - target[i]);
  return weight * static_cast<double>(std::log(sum) - dot);
}

/// The policy raised to the power 1/4 and normalised.
std::vector<float> softened(const std::vector<float>& policy) {
  std::vector<float> soft(policy);
  float sum = 0;
  for (float& p : soft) sum += p = std::sqrt(std::sqrt(p));
  for (float& p : soft) p /= sum;
  return soft;
}

/// True for the target of a game record. Softening does not change it.
bool is_one_move(const std::vector<float>& policy) {
  return std::ranges::find(policy, 1.0F) != policy.end();
}

bool is_known(const Chances& target) { return target != Chances{}; }

class PositionLoss {
 public:
  PositionLoss(const NetworkOutput& output, const TrainingTarget& target, const LossVector& weights,
               NetworkOutput& gradient)
      : output_(output),
        target_(target),
        weights_(weights),
        gradient_(gradient),
        mixture_(Floats(output.misc).subspan(kPublishedMisc)) {
    PONNUKI_CHECK(output.value.size() == kTrainedValues && output.misc.size() == kTrainedMisc);
    PONNUKI_CHECK(output.policy.size() == kTrainedPolicies * (output.ownership.size() + 1));
    for (std::vector<float>* numbers :
         {&gradient.policy, &gradient.value, &gradient.misc, &gradient.ownership})
      std::ranges::fill(*numbers, 0.0F);
  }

  LossVector loss() {
    policies();
    values();
    ownership();
    score();
    short_term_errors();
    return loss_;
  }

 private:
  double weight(LossTerm term) const {
    return weights_[term] * static_cast<double>(target_.weight);
  }

  void policy(LossTerm term, std::size_t channel, const std::vector<float>& target) {
    if (target.empty() || weight(term) == 0) return;
    const std::size_t moves = target.size();
    loss_[term] =
        cross_entropy(Floats(output_.policy).subspan(channel * moves, moves), target, weight(term),
                      Gradient(gradient_.policy).subspan(channel * moves, moves));
  }
  void soft_policy(LossTerm term, std::size_t channel, const std::vector<float>& target) {
    if (weight(term) != 0 && !is_one_move(target)) policy(term, channel, softened(target));
  }
  void policies() {
    policy(LossTerm::kPolicy, 0, target_.policy);
    policy(LossTerm::kReply, 1, target_.reply);
    soft_policy(LossTerm::kSoftPolicy, 2, target_.policy);
    soft_policy(LossTerm::kSoftReply, 3, target_.reply);
  }

  void value(LossTerm term, std::size_t begin, const Chances& target) {
    if (!is_known(target)) return;
    loss_[term] += cross_entropy(Floats(output_.value).subspan(begin, 3), target, weight(term),
                                 Gradient(gradient_.value).subspan(begin, 3));
  }
  void values() {
    value(LossTerm::kValue, 0, target_.result);
    for (std::size_t i = 0; i < kTdHorizons; ++i)
      value(LossTerm::kTdValue, 3 + 3 * i, target_.td_values[i]);
  }

  /// The output x is the argument of a tanh, so the probability of owning a point is sigmoid(2 x).
  void ownership() {
    const std::size_t area = target_.ownership.size();
    const double scale =
        weight(LossTerm::kOwnership) / static_cast<double>(std::max<std::size_t>(area, 1));
    double loss = 0;
    for (std::size_t p = 0; p < area; ++p) {
      const float x = 2 * output_.ownership[p], owned = (1 + target_.ownership[p]) / 2;
      const float power = std::exp(-std::abs(x));
      loss += static_cast<double>(std::max(x, 0.0F) - owned * x + std::log1p(power));
      const float chance = (x >= 0 ? 1 : power) / (1 + power);
      gradient_.ownership[p] = static_cast<float>(2 * scale) * (chance - owned);
    }
    loss_[LossTerm::kOwnership] = scale * loss;
  }

  /// The Huber loss of `error`, whose derivative with respect to output `index` of misc is `slope`.
  void misc(LossTerm term, std::size_t index, double error, double delta, double slope) {
    const Slope huber_loss = huber(error, delta);
    loss_[term] = weight(term) * huber_loss.value;
    gradient_.misc[index] += static_cast<float>(weight(term) * huber_loss.slope * slope);
  }
  double misc_output(std::size_t index) const { return static_cast<double>(output_.misc[index]); }

  void score() {
    if (target_.score) {
      const auto score = static_cast<double>(*target_.score);
      distribution(score);
      misc(LossTerm::kScoreMean, 0, kScorePoints * misc_output(0) - score, kMeanDelta,
           kScorePoints);
      const double stdev = kScorePoints * softplus(misc_output(1));
      misc(LossTerm::kScoreStdev, 1, stdev - mixture_.stdev(), kStdevDelta,
           kScorePoints * sigmoid(misc_output(1)));
    }
    if (target_.lead) {
      misc(LossTerm::kLead, 2, kScorePoints * misc_output(2) - static_cast<double>(*target_.lead),
           kLeadDelta, kScorePoints);
    }
  }
  void distribution(double score) {
    std::array<double, 3 * kScoreComponents> gradient{};
    loss_[LossTerm::kScorePdf] = mixture_.log_loss(score, weight(LossTerm::kScorePdf), gradient);
    const int reach = static_cast<int>(output_.ownership.size()) + 20;
    if (weight(LossTerm::kScoreCdf) != 0) {
      loss_[LossTerm::kScoreCdf] =
          mixture_.cumulative_loss(score, reach, weight(LossTerm::kScoreCdf), gradient);
    }
    for (std::size_t i = 0; i < gradient.size(); ++i)
      gradient_.misc[kPublishedMisc + i] += static_cast<float>(gradient[i]);
  }

  /// The net predicts the squared errors of its own short-term value and score.
  void short_term_errors() {
    const Chances& target = target_.td_values[kTdHorizons - 1];
    if (!is_known(target)) return;
    const float* logits = output_.value.data() + 3 * kTdHorizons;
    const float greatest = std::max({logits[0], logits[1], logits[2]});
    const double win = std::exp(static_cast<double>(logits[0] - greatest));
    const double lost = std::exp(static_cast<double>(logits[1] - greatest));
    const double none = std::exp(static_cast<double>(logits[2] - greatest));
    const double off =
        (win - lost) / (win + lost + none) - static_cast<double>(target[0] - target[1]);
    squared_error(LossTerm::kValueError, 4, kValueErrorScale, off, kValueErrorDelta);
    if (target_.td_score) {
      const double score_off =
          kScorePoints * misc_output(2) - static_cast<double>(*target_.td_score);
      squared_error(LossTerm::kScoreError, 5, kScoreErrorScale, score_off, kScoreErrorDelta);
    }
  }
  void squared_error(LossTerm term, std::size_t index, double scale, double off, double delta) {
    misc(term, index, scale * softplus(misc_output(index)) - off * off, delta,
         scale * sigmoid(misc_output(index)));
  }

  const NetworkOutput& output_;
  const TrainingTarget& target_;
  const LossVector& weights_;
  NetworkOutput& gradient_;
  ScoreMixture mixture_;
  LossVector loss_;
};

}  // namespace

const char* loss_term_name(LossTerm term) {
  constexpr std::array<const char*, kLossTerms> kNames = {
      "policy",   "reply",    "softPolicy", "softReply",  "value", "tdValue",    "ownership",
      "scorePdf", "scoreCdf", "scoreMean",  "scoreStdev", "lead",  "valueError", "scoreError"};
  return kNames[static_cast<std::size_t>(term)];
}

double LossVector::total() const {
  double sum = 0;
  for (const double term : terms) sum += term;
  return sum;
}

LossVector& LossVector::operator+=(const LossVector& other) {
  for (std::size_t i = 0; i < kLossTerms; ++i) terms[i] += other.terms[i];
  return *this;
}

LossVector default_loss_weights() {
  LossVector weights;
  weights[LossTerm::kPolicy] = 1;
  weights[LossTerm::kReply] = 0.15;
  weights[LossTerm::kSoftPolicy] = 8;
  weights[LossTerm::kSoftReply] = 8 * 0.15;
  weights[LossTerm::kValue] = 0.72;
  weights[LossTerm::kTdValue] = 0.72;
  weights[LossTerm::kOwnership] = 1.5;
  weights[LossTerm::kScorePdf] = 0.02;
  weights[LossTerm::kScoreCdf] = 0.02;
  weights[LossTerm::kScoreMean] = 0.0015;
  weights[LossTerm::kScoreStdev] = 0.001;
  weights[LossTerm::kLead] = 0.006;
  weights[LossTerm::kValueError] = 2;
  weights[LossTerm::kScoreError] = 0.00002;
  return weights;
}

LossVector loss_of(const NetworkOutput& output, const TrainingTarget& target,
                   const LossVector& weights, NetworkOutput& gradient) {
  return PositionLoss(output, target, weights, gradient).loss();
}

}  // namespace ponnuki::nn::training
