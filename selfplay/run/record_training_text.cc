// The configuration of a run that learns from game records, and its reports, as text.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "engine/format.h"
#include "selfplay/learning/held_out_text.h"
#include "selfplay/learning/loss_json.h"
#include "selfplay/run/record_training.h"

namespace ponnuki::selfplay {
namespace {

using OrderedJson = nlohmann::ordered_json;
using nn::training::LossTerm;

double samples_per_second(const RecordReport& report) {
  return static_cast<double>(report.learned.samples) / std::max(report.learn_seconds, 1e-3);
}

}  // namespace

std::string to_json(const RecordTrainingOptions& o, const SplitCollection& games) {
  const auto part = [](const GameCollection& collection) {
    return OrderedJson{{"games", collection.games()}, {"positions", collection.positions()}};
  };
  const OrderedJson json = {{"net", nn::net_shape_text(o.first.shape)},
                            {"ladders", o.first.ladders},
                            {"init", o.first.init},
                            {"seed", o.first.seed},
                            {"threads", o.threads},
                            {"records",
                             {{"training", part(games.training)},
                              {"heldOut", part(games.held_out)},
                              {"withResult", games.with_result},
                              {"withScore", games.with_score},
                              {"broken", games.broken},
                              {"otherSizes", games.other_sizes},
                              {"withoutMoves", games.without_moves},
                              {"duplicates", games.duplicates}}},
                            {"augment", o.augment},
                            {"epochs", o.epochs},
                            {"minutes", o.minutes},
                            {"evaluateEvery", o.evaluate_every},
                            {"heldOutPositions", kMostHeldOut},
                            {"learner",
                             {{"batch", o.learner.batch},
                              {"learningRate", o.learner.learning_rate},
                              {"warmupSamples", o.learner.warmup_samples},
                              {"fallShare", o.learner.fall_share},
                              {"finalShare", o.learner.final_share},
                              {"averageSamples", o.learner.average_samples},
                              {"reviveSamples", o.learner.revive_samples},
                              {"optimizer", nn::training::optimizer_name(o.learner.optimizer.kind)},
                              {"weightDecay", o.learner.optimizer.weight_decay},
                              {"clip", o.learner.optimizer.clip},
                              {"lossWeights", loss_json<OrderedJson>(o.learner.loss_weights)}}}};
  return json.dump(2) + "\n";
}

std::string to_json(const RecordReport& r) {
  OrderedJson json = {{"cycle", r.cycle},
                      {"seconds", r.seconds},
                      {"epochs", r.epochs},
                      {"samples", r.samples},
                      {"learnSeconds", r.learn_seconds},
                      {"samplesPerSecond", samples_per_second(r)},
                      {"learningRate", r.learning_rate},
                      {"gradientNorm", r.learned.gradient_norm},
                      {"heldOut", held_out_json<OrderedJson>(r.held_out)},
                      {"loss", loss_json<OrderedJson>(r.learned.loss)}};
  if (r.idle_share) json["idleChannels"] = *r.idle_share;
  return json.dump();
}

std::string to_line(const RecordReport& r) {
  const std::string line = format(
      "net %lld  epoch %.2f  %5.1f min  %lld samples (%.0f/s)  policy %.3f%s",
      static_cast<long long>(r.cycle), r.epochs, r.seconds / 60, static_cast<long long>(r.samples),
      samples_per_second(r), r.learned.loss[LossTerm::kPolicy], idle_text(r.idle_share).c_str());
  return line + to_text(r.held_out);
}

}  // namespace ponnuki::selfplay
