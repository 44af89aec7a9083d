// A training run's configuration and cycles as text.
#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "engine/coord.h"
#include "selfplay/training_loop.h"

namespace ponnuki {

std::string to_json(const TrainingOptions& o) {
  nlohmann::ordered_json sizes = nlohmann::ordered_json::array();
  for (const auto& share : o.games.sizes)
    sizes.push_back(
        {{"width", share.size.width}, {"height", share.size.height}, {"share", share.weight}});
  nlohmann::ordered_json growth = nlohmann::ordered_json::array();
  for (const Growth& g : o.growth)
    growth.push_back({{"net", net_shape_text(g.shape)}, {"fromMinute", g.from_minute}});
  nlohmann::ordered_json komi = "fair";
  if (!o.fair_komi) komi = o.games.sizes.front().komi;
  nlohmann::ordered_json rules = "random";
  if (o.games.rules) rules = nlohmann::ordered_json::parse(rules_to_json(*o.games.rules));
  const GumbelParams& gumbel = o.games.gumbel;
  nlohmann::ordered_json loss;
  for (std::size_t t = 0; t < kLossTerms; ++t)
    loss[loss_term_name(static_cast<LossTerm>(t))] = o.learner.loss_weights.terms[t];
  const nlohmann::ordered_json json = {
      {"net", net_shape_text(o.shape)},
      {"growth", growth},
      {"catchUp", o.catch_up},
      {"ladders", o.ladders},
      {"init", o.init},
      {"seed", o.seed},
      {"threads", o.threads},
      {"precision", precision_name(o.precision)},
      {"gamesPerCycle", o.games_per_cycle},
      {"reuse", o.reuse},
      {"match",
       {{"everyCycles", o.match_every},
        {"games", o.match_games},
        {"simulations", o.match_simulations}}},
      {"window",
       {{"least", o.window.least},
        {"share", o.window.share},
        {"scale", o.window.scale},
        {"exponent", o.window.exponent}}},
      {"games",
       {{"sizes", sizes},
        {"atOnce", o.games.games},
        {"search", o.games.search == TrainingGamesOptions::SearchKind::kPuct ? "puct" : "gumbel"},
        {"simulations", o.games.simulations},
        {"fast", {o.games.fast_share, o.games.fast_simulations}},
        {"rules", rules},
        {"komi", komi},
        {"komiStdev", o.games.komi_stdev},
        {"wideKomi", {o.games.wide_komi_chance, o.games.wide_komi_stdev}},
        {"openingMoves", o.games.opening_moves},
        {"randomOpenings", {o.games.random_opening_chance, o.games.random_opening_moves}},
        {"forks", o.games.fork_chance},
        {"maxMoves", o.games.max_moves},
        {"surpriseShare", o.games.surprise_share},
        {"decided", {o.games.decided, o.games.decided_simulations, o.games.decided_weight}}}},
      {"gumbel",
       {{"considered", gumbel.considered},
        {"noise", gumbel.noise},
        {"visitScale", gumbel.scale.visits},
        {"valueScale", gumbel.scale.value},
        {"scoreUtility",
         {gumbel.utility.static_score_utility, gumbel.utility.dynamic_score_utility}}}},
      {"learner",
       {{"batch", o.learner.batch},
        {"learningRate", o.learner.learning_rate},
        {"warmupSamples", o.learner.warmup_samples},
        {"finalShare", o.learner.final_share},
        {"averageSamples", o.learner.average_samples},
        {"optimizer", o.learner.optimizer.kind == OptimizerKind::kAdamW ? "adamw" : "sgd"},
        {"momentum", o.learner.optimizer.momentum},
        {"beta2", o.learner.optimizer.beta2},
        {"weightDecay", o.learner.optimizer.weight_decay},
        {"clip", o.learner.optimizer.clip},
        {"lossWeights", loss}}}};
  return json.dump(2) + "\n";
}

std::string to_json(const CycleReport& r) {
  nlohmann::ordered_json json = {
      {"cycle", r.cycle},
      {"seconds", r.seconds},
      {"games", r.games},
      {"windowRows", r.window_rows},
      {"samples", r.samples},
      {"playSeconds", r.play_seconds},
      {"learnSeconds", r.learn_seconds},
      {"gamesPerHour", 3600 * r.cycle_games / std::max(r.play_seconds, 1e-3)},
      {"samplesPerSecond",
       static_cast<double>(r.learned.samples) / std::max(r.learn_seconds, 1e-3)},
      {"moves", r.moves},
      {"blackWins", static_cast<double>(r.black_wins) / std::max(r.cycle_games, 1)},
      {"draws", static_cast<double>(r.draws) / std::max(r.cycle_games, 1)},
      {"brokenOff", static_cast<double>(r.broken_off) / std::max(r.cycle_games, 1)},
      {"scoreSpread", r.score_spread},
      {"learningRate", r.learning_rate},
      {"elo", r.elo},
      {"gradientNorm", r.learned.gradient_norm},
      {"policyEntropy", r.learned.policy_entropy}};
  for (const auto& share : r.sizes) json["komi"][size_text(share.size)] = share.komi;
  nlohmann::ordered_json loss;
  for (std::size_t t = 0; t < kLossTerms; ++t)
    loss[loss_term_name(static_cast<LossTerm>(t))] = r.learned.loss.terms[t];
  json["loss"] = loss;
  return json.dump();
}

std::string to_line(const CycleReport& r) {
  char line[256];
  char elo[32] = "";
  if (r.match_games > 0) std::snprintf(elo, sizeof elo, "  Elo %.0f", r.elo);
  std::snprintf(line, sizeof line,
                "cycle %lld  %5.1f min  %lld games (%.0f/h, %.0f moves, B %.0f%%)  "
                "policy %.3f (%.3f)  value %.3f  owner %.3f  score %.1f%s",
                static_cast<long long>(r.cycle), r.seconds / 60, static_cast<long long>(r.games),
                3600 * r.cycle_games / std::max(r.play_seconds, 1e-3), r.moves,
                100.0 * r.black_wins / std::max(r.cycle_games, 1),
                r.learned.loss[LossTerm::kPolicy], r.learned.policy_entropy,
                r.learned.loss[LossTerm::kValue], r.learned.loss[LossTerm::kOwnership],
                r.score_spread, elo);
  return line;
}

}  // namespace ponnuki
