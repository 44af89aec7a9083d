// A training run's configuration and cycles as text.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "engine/coord.h"
#include "engine/format.h"
#include "selfplay/learning/held_out_text.h"
#include "selfplay/learning/loss_json.h"
#include "selfplay/run/training_loop.h"

namespace ponnuki::selfplay {

namespace {

using nn::training::LossTerm;
using nn::training::OptimizerOptions;

using OrderedJson = nlohmann::ordered_json;

OrderedJson to_json(const TrainingGamesOptions& games, bool fair_komi) {
  OrderedJson sizes = OrderedJson::array();
  for (const auto& share : games.sizes)
    sizes.push_back({{"width", share.size.width},
                     {"height", share.size.height},
                     {"share", share.weight},
                     {"simulations", games.simulations_on(share.size)}});
  OrderedJson komi = "fair";
  if (!fair_komi) komi = games.sizes.front().komi;
  OrderedJson rules = "random";
  if (games.rules) rules = OrderedJson::parse(rules_to_json(*games.rules));
  return {{"sizes", sizes},
          {"atOnce", games.games},
          {"search", games.search == TrainingGamesOptions::SearchKind::kPuct ? "puct" : "gumbel"},
          {"simulations", games.simulations},
          {"fast", {games.fast_share, games.fast_simulations}},
          {"rules", rules},
          {"komi", komi},
          {"komiStdev", games.komi_stdev},
          {"wideKomi", {games.wide_komi_chance, games.wide_komi_stdev}},
          {"openingMoves", games.opening_moves},
          {"randomOpenings", {games.random_opening_chance, games.random_opening_moves}},
          {"recordOpenings", games.followed_opening_chance},
          {"forks", games.fork_chance},
          {"maxMoves", games.max_moves},
          {"surpriseShare", games.surprise_share},
          {"decided", {games.decided, games.decided_simulations, games.decided_weight}}};
}

OrderedJson to_json(const LearnerOptions& learner) {
  const OptimizerOptions& optimizer = learner.optimizer;
  return {{"batch", learner.batch},
          {"learningRate", learner.learning_rate},
          {"warmupSamples", learner.warmup_samples},
          {"fallShare", learner.fall_share},
          {"finalShare", learner.final_share},
          {"averageSamples", learner.average_samples},
          {"reviveSamples", learner.revive_samples},
          {"optimizer", nn::training::optimizer_name(optimizer.kind)},
          {"momentum", optimizer.momentum},
          {"beta2", optimizer.beta2},
          {"weightDecay", optimizer.weight_decay},
          {"clip", optimizer.clip},
          {"lossWeights", loss_json<OrderedJson>(learner.loss_weights)}};
}

double games_per_hour(const CycleReport& r) {
  return 3600 * static_cast<double>(r.played) / std::max(r.play_seconds, 1e-3);
}

}  // namespace

std::string to_json(const TrainingOptions& o) {
  OrderedJson growth = OrderedJson::array();
  for (const Growth& g : o.growth)
    growth.push_back({{"net", nn::net_shape_text(g.shape)}, {"fromMinute", g.from_minute}});
  const search::GumbelParams& gumbel = o.games.gumbel;
  const OrderedJson json = {
      {"net", nn::net_shape_text(o.shape)},
      {"growth", growth},
      {"catchUp", o.catch_up},
      {"ladders", o.ladders},
      {"init", o.init},
      {"seed", o.seed},
      {"threads", o.threads},
      {"precision", nn::kernels::precision_name(o.precision)},
      {"gamesPerCycle", o.games_per_cycle},
      {"reuse", o.reuse},
      {"recordShare", o.record_share},
      {"match",
       {{"everyCycles", o.match_every},
        {"games", o.match_games},
        {"simulations", o.match_simulations}}},
      {"window",
       {{"least", o.window.least},
        {"share", o.window.share},
        {"scale", o.window.scale},
        {"exponent", o.window.exponent}}},
      {"games", to_json(o.games, o.fair_komi)},
      {"gumbel",
       {{"considered", gumbel.considered},
        {"noise", gumbel.noise},
        {"visitScale", gumbel.scale.visits},
        {"valueScale", gumbel.scale.value},
        {"scoreUtility",
         {gumbel.utility.static_score_utility, gumbel.utility.dynamic_score_utility}}}},
      {"learner", to_json(o.learner)}};
  return json.dump(2) + "\n";
}

std::string to_json(const CycleReport& r) {
  OrderedJson json = {{"cycle", r.cycle},
                      {"seconds", r.seconds},
                      {"games", r.games},
                      {"windowRows", r.window_rows},
                      {"samples", r.samples},
                      {"playSeconds", r.play_seconds},
                      {"learnSeconds", r.learn_seconds},
                      {"gamesPerHour", games_per_hour(r)},
                      {"samplesPerSecond",
                       static_cast<double>(r.learned.samples) / std::max(r.learn_seconds, 1e-3)},
                      {"moves", r.moves},
                      {"blackWins", static_cast<double>(r.black_wins) / std::max(r.cycle_games, 1)},
                      {"draws", static_cast<double>(r.draws) / std::max(r.cycle_games, 1)},
                      {"brokenOff", static_cast<double>(r.broken_off) / std::max(r.cycle_games, 1)},
                      {"scoreSpread", r.score_spread},
                      {"learningRate", r.learning_rate},
                      {"elo", r.elo},
                      {"matchGames", r.match_games},
                      {"gradientNorm", r.learned.gradient_norm},
                      {"policyEntropy", r.learned.policy_entropy}};
  if (r.idle_share) json["idleChannels"] = *r.idle_share;
  for (const auto& share : r.sizes) json["komi"][size_text(share.size)] = share.komi;
  if (r.held_out) json["heldOut"] = held_out_json<OrderedJson>(*r.held_out);
  json["loss"] = loss_json<OrderedJson>(r.learned.loss);
  return json.dump();
}

std::string to_line(const CycleReport& r) {
  const std::string elo = r.match_games > 0 ? format("  Elo %.0f", r.elo) : "";
  return format(
             "cycle %lld  %5.1f min  %lld games (%.0f/h, %.0f moves, B %.0f%%)  "
             "policy %.3f (%.3f)  value %.3f  owner %.3f  score %.1f%s%s",
             static_cast<long long>(r.cycle), r.seconds / 60, static_cast<long long>(r.games),
             games_per_hour(r), r.moves, 100.0 * r.black_wins / std::max(r.cycle_games, 1),
             r.learned.loss[LossTerm::kPolicy], r.learned.policy_entropy,
             r.learned.loss[LossTerm::kValue], r.learned.loss[LossTerm::kOwnership], r.score_spread,
             idle_text(r.idle_share).c_str(), elo.c_str()) +
         (r.held_out ? to_text(*r.held_out) : "");
}

}  // namespace ponnuki::selfplay
