// Losses against their definitions, their gradients against finite differences.
#include "nn/training/loss.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/random.h"
#include "nn/training/score_mixture.h"
#include "nn/training/training_model.h"

namespace ponnuki::nn::training {
namespace {

constexpr std::size_t kArea = 25;

NetworkOutput random_output(std::uint64_t seed) {
  Random random(seed);
  NetworkOutput output;
  const auto fill = [&](std::vector<float>& numbers, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) numbers.push_back(static_cast<float>(random.normal()));
  };
  fill(output.policy, kTrainedPolicies * (kArea + 1));
  fill(output.value, kTrainedValues);
  fill(output.misc, kTrainedMisc);
  fill(output.ownership, kArea);
  return output;
}

std::vector<float> random_policy(Random& random) {
  std::vector<float> policy(kArea + 1);
  float sum = 0;
  for (float& p : policy)
    sum += p = random.below(3) == 0 ? static_cast<float>(random.uniform()) : 0;
  for (float& p : policy) p /= sum;
  return policy;
}

TrainingTarget random_target(std::uint64_t seed) {
  Random random(seed);
  TrainingTarget target;
  target.policy = random_policy(random);
  target.reply = random_policy(random);
  target.result = {1, 0, 0};
  target.td_values = {{{0.5F, 0.25F, 0.25F}, {0, 1, 0}, {0.75F, 0.25F, 0}}};
  for (std::size_t i = 0; i < kArea; ++i)
    target.ownership.push_back(static_cast<float>(random.below(3)) - 1);
  target.score = 6.5F;
  target.lead = 3.25F;
  target.td_score = 4.0F;
  target.weight = 0.75F;
  return target;
}

LossVector loss_at(const NetworkOutput& output, const TrainingTarget& target,
                   const LossVector& weights) {
  NetworkOutput gradient = output;
  return loss_of(output, target, weights, gradient);
}

LossVector only(LossTerm term, double weight = 1) {
  LossVector weights;
  weights[term] = weight;
  return weights;
}

/// Every number of `part` of the outputs, by central differences.
void check_part(std::vector<float> NetworkOutput::*part, const LossVector& weights) {
  NetworkOutput output = random_output(3);
  const TrainingTarget target = random_target(4);
  NetworkOutput gradient = output;
  loss_of(output, target, weights, gradient);
  for (std::size_t i = 0; i < (output.*part).size(); ++i) {
    float& number = (output.*part)[i];
    const float before = number, up = before + 1.0F / 256, down = before - 1.0F / 256;
    number = up;
    const double above = loss_at(output, target, weights).total();
    number = down;
    const double below = loss_at(output, target, weights).total();
    number = before;
    const double slope = (above - below) / (static_cast<double>(up) - static_cast<double>(down));
    CAPTURE(i);
    CHECK((gradient.*part)[i] == Approx(slope).epsilon(2e-3).margin(2e-4));
  }
}

}  // namespace

TEST_CASE("Losses: gradients are slopes") {
  for (std::size_t t = 0; t < kLossTerms; ++t) {
    const auto term = static_cast<LossTerm>(t);
    CAPTURE(loss_term_name(term));
    const LossVector weights = only(term);
    check_part(&NetworkOutput::policy, weights);
    check_part(&NetworkOutput::ownership, weights);
    // What these compare with is taken as it is: no gradient goes there.
    if (term == LossTerm::kScoreStdev || term == LossTerm::kValueError ||
        term == LossTerm::kScoreError)
      continue;
    check_part(&NetworkOutput::value, weights);
    check_part(&NetworkOutput::misc, weights);
  }
}

TEST_CASE(
    "Losses: guesses of errors learn from what the net's values are off, and teach nothing else") {
  NetworkOutput output = random_output(3);
  std::ranges::fill(output.value, 0.0F);  // a third each: 0 on average
  TrainingTarget target = random_target(4);
  target.td_values[kTdHorizons - 1] = {0.8F, 0.2F, 0};
  target.weight = 1;
  const double off = 0.6, guess = 0.25 * std::log1p(std::exp(static_cast<double>(output.misc[4])));
  NetworkOutput gradient = output;
  const LossVector loss = loss_of(output, target, only(LossTerm::kValueError), gradient);
  CHECK(loss.total() == Approx(std::pow(guess - off * off, 2) / 2));
  CHECK(std::ranges::count(gradient.value, 0.0F) == kTrainedValues);
  CHECK((gradient.misc[4] < 0) == (guess < off * off));
  CHECK(std::ranges::count(gradient.misc, 0.0F) == kTrainedMisc - 1);
}

TEST_CASE("Losses: a term is its weight times the cross entropy") {
  const NetworkOutput output = random_output(1);
  TrainingTarget target = random_target(2);
  double sum = 0;
  for (std::size_t i = 0; i < 3; ++i) sum += std::exp(static_cast<double>(output.value[i]));
  const double expected = std::log(sum) - static_cast<double>(output.value[0]);
  CHECK(loss_at(output, target, only(LossTerm::kValue, 2)).total() == Approx(2 * 0.75 * expected));
}

TEST_CASE("Losses: what is not known costs nothing") {
  const NetworkOutput output = random_output(1);
  TrainingTarget target = random_target(2);
  target.policy.clear();
  target.reply.clear();
  target.ownership.clear();
  target.score.reset();
  target.lead.reset();
  target.td_score.reset();
  const LossVector loss = loss_at(output, target, default_loss_weights());
  for (std::size_t t = 0; t < kLossTerms; ++t) {
    const auto term = static_cast<LossTerm>(t);
    CAPTURE(loss_term_name(term));
    const bool known =
        term == LossTerm::kValue || term == LossTerm::kTdValue || term == LossTerm::kValueError;
    CHECK((loss[term] > 0) == known);
  }
}

TEST_CASE("Score mixture: chances of all scores add up to 1, with the mean and spread it says") {
  Random random(5);
  for (int trial = 0; trial < 5; ++trial) {
    std::vector<float> raw;
    for (int i = 0; i < 3 * kScoreComponents; ++i)
      raw.push_back(static_cast<float>(random.normal()));
    const ScoreMixture mixture(raw);
    std::vector<double> unused(raw.size());
    double sum = 0, mean = 0, square = 0;
    for (int i = -1500; i <= 1500; ++i) {
      const double score = i + 0.5, chance = std::exp(-mixture.log_loss(score, 1, unused)) - 1e-9;
      sum += chance;
      mean += chance * score;
      square += chance * score * score;
    }
    CHECK(sum == Approx(1).epsilon(1e-4));
    CHECK(mean == Approx(mixture.mean()).margin(0.05));
    CHECK(std::sqrt(square - mean * mean) == Approx(mixture.stdev()).epsilon(0.02));
  }
}

TEST_CASE("Score mixture: the cumulative loss is least where the score is sure and right") {
  std::vector<float> sure(3 * kScoreComponents, -20.0F);  // scales at their least
  for (std::size_t k = 0; k < kScoreComponents; ++k) sure[3 * k] = 0;
  const double offsets[] = {-20, -5, 5, 20};
  for (std::size_t k = 0; k < kScoreComponents; ++k)
    sure[3 * k + 1] = static_cast<float>((7 - offsets[k]) / 20);
  std::vector<double> unused(sure.size());
  const ScoreMixture mixture(sure);
  CHECK(mixture.cumulative_loss(7, 40, 1, unused) < 0.06);
  CHECK(mixture.cumulative_loss(8, 40, 1, unused) > 0.5);
  CHECK(mixture.cumulative_loss(17, 40, 1, unused) == Approx(10).epsilon(0.05));
}

TEST_CASE("Losses: values that nobody knows teach nothing") {
  const NetworkOutput output = random_output(3);
  TrainingTarget target = random_target(3);
  target.result = {};
  target.td_values = {};
  NetworkOutput gradient = output;
  const LossVector loss = loss_of(output, target, default_loss_weights(), gradient);
  for (const LossTerm term :
       {LossTerm::kValue, LossTerm::kTdValue, LossTerm::kValueError, LossTerm::kScoreError})
    CHECK(loss[term] == 0);
  CHECK(loss[LossTerm::kPolicy] > 0);
  CHECK(gradient.value == std::vector<float>(output.value.size()));
}

}  // namespace ponnuki::nn::training
