#include "selfplay/learning/held_out.h"

#include <algorithm>
#include <cmath>

#include "nn/evaluators/net_evaluator.h"
#include "selfplay/learning/training_position.h"

namespace ponnuki::selfplay {
namespace {

using nn::training::Chances;
using nn::training::TrainingTarget;

/// The cross entropy of softmax(logits) with `target`.
double log_loss(const float* logits, std::size_t count, const float* target) {
  const float greatest = *std::max_element(logits, logits + count);
  double sum = 0, dot = 0;
  for (std::size_t i = 0; i < count; ++i) {
    sum += std::exp(static_cast<double>(logits[i] - greatest));
    dot += static_cast<double>(target[i]) * static_cast<double>(logits[i] - greatest);
  }
  return std::log(sum) - dot;
}

/// The sums from which HeldOutReport's means are computed.
struct Sums {
  HeldOutReport report;
  std::int64_t decided = 0;  // valued positions, without draws
  double points = 0;         // points whose owner is known

  void add(const nn::NetworkOutput& output, const TrainingTarget& target) {
    add_policy(output, target);
    if (target.result != Chances{}) add_value(output, target.result);
    if (!target.ownership.empty()) add_owners(output, target.ownership);
  }
  void add(const Sums& other) {
    report.positions += other.report.positions;
    report.policy_loss += other.report.policy_loss;
    report.top1 += other.report.top1;
    report.top5 += other.report.top5;
    report.valued += other.report.valued;
    report.value_loss += other.report.value_loss;
    report.value_accuracy += other.report.value_accuracy;
    report.owned += other.report.owned;
    report.ownership_accuracy += other.report.ownership_accuracy;
    decided += other.decided;
    points += other.points;
  }
  HeldOutReport means() const {
    const auto share = [](double sum, double of) { return of > 0 ? sum / of : 0; };
    HeldOutReport mean = report;
    const auto positions = static_cast<double>(report.positions);
    mean.policy_loss = share(report.policy_loss, positions);
    mean.top1 = share(report.top1, positions);
    mean.top5 = share(report.top5, positions);
    mean.value_loss = share(report.value_loss, static_cast<double>(report.valued));
    mean.value_accuracy = share(report.value_accuracy, static_cast<double>(decided));
    mean.ownership_accuracy = share(report.ownership_accuracy, points);
    return mean;
  }

 private:
  void add_policy(const nn::NetworkOutput& output, const TrainingTarget& target) {
    const std::size_t moves = target.policy.size();
    // The first channel: the move.
    const float* logits = output.policy.data();
    const auto played = std::ranges::max_element(target.policy) - target.policy.begin();
    const auto better =
        std::count_if(logits, logits + moves, [&](float logit) { return logit > logits[played]; });
    ++report.positions;
    report.policy_loss += log_loss(logits, moves, target.policy.data());
    report.top1 += better < 1;
    report.top5 += better < 5;
  }
  void add_value(const nn::NetworkOutput& output, const Chances& result) {
    ++report.valued;
    report.value_loss += log_loss(output.value.data(), result.size(), result.data());
    if (result[0] == result[1]) return;
    ++decided;
    report.value_accuracy += (output.value[0] > output.value[1]) == (result[0] > result[1]);
  }
  void add_owners(const nn::NetworkOutput& output, const std::vector<float>& owners) {
    ++report.owned;
    for (std::size_t p = 0; p < owners.size(); ++p) {
      if (owners[p] == 0) continue;
      ++points;
      report.ownership_accuracy += (output.ownership[p] > 0) == (owners[p] > 0);
    }
  }
};

/// Evaluates the positions number first, first + step, ... of `count` positions, which are spread
/// evenly over the games.
Sums evaluate(nn::Network& network, const GameCollection& games, std::int64_t count,
              std::int64_t first, std::int64_t step) {
  constexpr std::size_t kBatch = 32;
  const nn::PlaneOptions planes{.ladders = nn::NetEvaluator::reads_ladders(network.model())};
  nn::PlaneEncoder encoder;
  std::vector<TrainingPosition> positions(kBatch);
  std::vector<nn::NetworkInput> inputs(kBatch);
  std::vector<nn::NetworkOutput> outputs(kBatch);
  Sums sums;
  for (std::int64_t i = first; i < count;) {
    std::size_t filled = 0;
    for (; filled < kBatch && i < count; ++filled, i += step) {
      const auto place = games.place(games.positions() * i / count);
      make_training_position(*place.game, place.turn, place.game->rules, Symmetry(), planes,
                             encoder, positions[filled]);
      inputs[filled] = positions[filled].input();
    }
    network.forward(std::span(inputs).first(filled), std::span(outputs).first(filled));
    for (std::size_t k = 0; k < filled; ++k) sums.add(outputs[k], positions[k].target);
  }
  return sums;
}

}  // namespace

std::int64_t held_out_positions(std::int64_t samples) {
  constexpr std::int64_t kLeast = 1000;
  constexpr std::int64_t kSamplesEach = 7;  // a held-out position costs about a fifth of a sample
  return std::min(kMostHeldOut, std::max(kLeast, samples / kSamplesEach));
}

HeldOutReport evaluate_held_out(nn::Network& network, const GameCollection& games,
                                std::int64_t most, int threads, WorkerPool& workers) {
  const std::int64_t count = std::min(games.positions(), most);
  std::vector<Sums> parts(static_cast<std::size_t>(threads));
  workers.run(parts.size(), [&](std::size_t t) {
    parts[t] = evaluate(network, games, count, static_cast<std::int64_t>(t), threads);
  });
  Sums all;
  for (const Sums& part : parts) all.add(part);
  return all.means();
}

}  // namespace ponnuki::selfplay
