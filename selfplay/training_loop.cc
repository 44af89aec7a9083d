#include "selfplay/training_loop.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "nn/caching_evaluator.h"
#include "nn/kernels/fast_network.h"
#include "nn/model_file.h"
#include "nn/model_writer.h"
#include "nn/net_evaluator.h"
#include "nn/training/training_model.h"
#include "selfplay/record_file.h"
#include "selfplay/training_report.h"

namespace ponnuki {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr std::size_t kCacheBytes = std::size_t{32} << 20;  // a thread
constexpr auto kFlushEvery = 10s;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Finished games on their way from the actors to the directory.
class GameQueue {
 public:
  void push(std::unique_ptr<GameRecord> game) {
    const std::lock_guard lock(mutex_);
    games_.push_back(std::move(game));
    ++count_;
  }
  Games take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(games_, {});
  }
  std::int64_t count() const { return count_; }

 private:
  std::mutex mutex_;  // guards games_
  Games games_;
  std::atomic<std::int64_t> count_{0};
};

class TrainingLoop {
 public:
  TrainingLoop(const TrainingOptions& options, const TrainingHooks& hooks, RunDirectory directory,
               Model model)
      : options_(options),
        hooks_(hooks),
        directory_(std::move(directory)),
        learner_(std::move(model), learner_options(options)),
        window_(options.window) {}

  Status run() {
    if (Status status = resume(); !status) return status;
    start_actors();
    while (!finished()) {
      if (Status status = cycle(); !status) return status;
    }
    return {};
  }

 private:
  static LearnerOptions learner_options(const TrainingOptions& options) {
    LearnerOptions learner = options.learner;
    learner.threads = options.threads;
    return learner;
  }
  bool stopped() const { return hooks_.stop != nullptr && *hooks_.stop; }
  bool finished() const {
    return stopped() || (options_.cycles > 0 && state_.cycle >= options_.cycles) ||
           (options_.minutes > 0 && state_.seconds >= 60 * options_.minutes);
  }
  Random random_of(std::int64_t cycle, std::uint64_t purpose) const {
    return Random(options_.seed, static_cast<std::uint64_t>(cycle) * 16 + purpose);
  }

  Status resume() {
    auto state = directory_.read_state();
    if (!state) return Error{state.error()};
    if (*state) {
      state_ = std::move(**state);
      if (Status status = learner_.restore(state_.learner); !status)
        return Error{directory_.path() + ": " + status.error()};
      hooks_.say("going on after cycle " + std::to_string(state_.cycle) + ", " +
                 std::to_string(state_.games) + " games");
    }
    if (Status status = directory_.cut_metrics(state_.cycle); !status) return status;
    return read_window();
  }

  /// Games of earlier cycles, as far as their files are there, oldest first.
  Status read_window() {
    for (std::int64_t cycle = 1; cycle <= state_.cycle; ++cycle) {
      Random random = random_of(cycle, 1);
      const auto file = read_games(directory_.games_path(cycle));
      if (!file) continue;  // forgotten long ago
      if (!file->damage.empty()) hooks_.say(file->damage);
      for (const auto& game : file->games) window_.add(game, random);
    }
    return {};
  }

  void start_actors() {
    for (int t = 0; t < options_.threads; ++t) {
      actors_.push_back(std::make_unique<TrainingGames>(
          options_.games, random_of(state_.cycle, 2 + static_cast<std::uint64_t>(t))(),
          [this](std::unique_ptr<GameRecord> game) { queue_.push(std::move(game)); }));
    }
  }

  Status cycle() {
    CycleReport report;
    report.cycle = state_.cycle + 1;
    const auto start = Clock::now();
    Games games;
    if (Status status = play(report.cycle, games); !status) return status;
    report.play_seconds = seconds_since(start);
    if (stopped()) return {};
    Random window_random = random_of(report.cycle, 1);
    const std::int64_t rows_before = window_.total_rows();
    for (const auto& game : games) window_.add(game, window_random);
    const double samples = options_.reuse * static_cast<double>(window_.total_rows() - rows_before);
    Random random = random_of(report.cycle, 0);
    report.learning_rate = learner_.learning_rate();
    if (window_.rows() > 0)
      report.learned =
          learner_.train(window_, std::llround(samples / options_.learner.batch), random);
    report.learn_seconds = seconds_since(start) - report.play_seconds;
    count(games, report);
    state_.cycle = report.cycle;
    state_.games += static_cast<std::int64_t>(games.size());
    state_.seconds += seconds_since(start);
    report.games = state_.games;
    report.seconds = state_.seconds;
    report.window_rows = window_.rows();
    report.samples = learner_.samples();
    return save(report);
  }

  Status save(const CycleReport& report) {
    if (Status status = write_model(published(), directory_.net_path(report.cycle), {}); !status)
      return status;
    state_.learner = learner_.state();
    if (Status status = directory_.append_metrics(to_json(report)); !status) return status;
    if (Status status = directory_.write_state(state_); !status) return status;
    hooks_.say(to_line(report));
    return write_page();
  }

  Status write_page() const {
    const auto metrics = directory_.read_metrics();
    if (!metrics) return Error{metrics.error()};
    const auto page = training_page(*metrics, "Training in " + directory_.path());
    if (!page) return Error{directory_.metrics_path() + ": " + page.error()};
    return directory_.write_page(*page);
  }

  Model published() const {
    Model model = learner_.published();
    model.name = net_shape_text(options_.shape) + "-" + std::to_string(state_.cycle);
    return model;
  }

  /// The games of a cycle: those that its file already has, and as many new ones as are missing.
  Status play(std::int64_t cycle, Games& games) {
    const std::string path = directory_.games_path(cycle);
    if (const auto file = read_games(path)) games = file->games;
    const auto missing = static_cast<std::int64_t>(options_.games_per_cycle) -
                         static_cast<std::int64_t>(games.size());
    if (missing <= 0) return {};
    auto network = make_fast_network(std::make_shared<Model>(published()),
                                     {.simd = {}, .precision = options_.precision});
    if (!network) return Error{network.error()};
    const std::shared_ptr<Network> shared = std::move(*network);
    const std::int64_t target = queue_.count() + missing;
    std::atomic<int> running{0};
    std::vector<std::jthread> workers;
    for (const auto& actor : actors_) {
      ++running;
      workers.emplace_back([&, actor = actor.get()] {
        CachingEvaluator evaluator(
            std::make_unique<NetEvaluator>(shared, NetEvaluatorOptions{.ladders = false}),
            kCacheBytes);
        while (queue_.count() < target && !stopped()) actor->step(evaluator);
        --running;
      });
    }
    auto flushed = Clock::now();
    Status status;
    const auto flush = [&] {
      const Games fresh = queue_.take();
      flushed = Clock::now();
      if (fresh.empty() || !status) return;
      status = append_games(fresh, path);
      games.insert(games.end(), fresh.begin(), fresh.end());
    };
    while (running > 0) {
      std::this_thread::sleep_for(20ms);
      if (Clock::now() - flushed > kFlushEvery) flush();
    }
    workers.clear();
    flush();
    return status;
  }

  static void count(const Games& games, CycleReport& report) {
    report.cycle_games = static_cast<int>(games.size());
    for (const auto& game : games) {
      report.moves += static_cast<double>(game->turns.size()) / static_cast<double>(games.size());
      report.score_spread +=
          std::abs(static_cast<double>(game->white_score)) / static_cast<double>(games.size());
      if (game->white_score < 0) ++report.black_wins;
      if (game->white_score == 0) ++report.draws;
      if (!game->ended) ++report.broken_off;
    }
  }

  TrainingOptions options_;
  TrainingHooks hooks_;
  RunDirectory directory_;
  Learner learner_;
  ReplayWindow window_;
  RunState state_;
  GameQueue queue_;
  std::vector<std::unique_ptr<TrainingGames>> actors_;
};

Result<Model> first_model(const TrainingOptions& options) {
  if (options.init.empty()) {
    Model model = make_initial_model(options.shape, options.seed);
    forget_unused_inputs(model);
    return with_training_outputs(std::move(model), options.seed + 1);
  }
  auto model = load_model(options.init);
  if (!model) return Error{model.error()};
  return with_training_outputs(std::move(*model), options.seed + 1);
}

}  // namespace

std::string to_json(const TrainingOptions& o) {
  nlohmann::ordered_json sizes = nlohmann::ordered_json::array();
  for (const auto& share : o.games.sizes)
    sizes.push_back(
        {{"width", share.size.width}, {"height", share.size.height}, {"share", share.weight}});
  const GumbelParams& gumbel = o.games.gumbel;
  nlohmann::ordered_json loss;
  for (std::size_t t = 0; t < kLossTerms; ++t)
    loss[loss_term_name(static_cast<LossTerm>(t))] = o.learner.loss_weights.terms[t];
  const nlohmann::ordered_json json = {
      {"net", net_shape_text(o.shape)},
      {"init", o.init},
      {"seed", o.seed},
      {"threads", o.threads},
      {"precision", precision_name(o.precision)},
      {"gamesPerCycle", o.games_per_cycle},
      {"reuse", o.reuse},
      {"window",
       {{"least", o.window.least},
        {"share", o.window.share},
        {"scale", o.window.scale},
        {"exponent", o.window.exponent}}},
      {"games",
       {{"sizes", sizes},
        {"atOnce", o.games.games},
        {"komi", {o.games.komi_mean, o.games.komi_stdev}},
        {"wideKomi", {o.games.wide_komi_chance, o.games.wide_komi_stdev}},
        {"openingMoves", o.games.opening_moves},
        {"randomOpenings", {o.games.random_opening_chance, o.games.random_opening_moves}},
        {"maxMoves", o.games.max_moves},
        {"decided", {o.games.decided, o.games.decided_simulations, o.games.decided_weight}}}},
      {"gumbel",
       {{"simulations", gumbel.simulations},
        {"considered", gumbel.considered},
        {"noise", gumbel.noise},
        {"visitScale", gumbel.scale.visits},
        {"valueScale", gumbel.scale.value},
        {"scoreUtility",
         {gumbel.utility.static_score_utility, gumbel.utility.dynamic_score_utility}}}},
      {"learner",
       {{"batch", o.learner.batch},
        {"learningRate", o.learner.learning_rate},
        {"warmupSamples", o.learner.warmup_samples},
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
      {"gradientNorm", r.learned.gradient_norm},
      {"policyEntropy", r.learned.policy_entropy}};
  nlohmann::ordered_json loss;
  for (std::size_t t = 0; t < kLossTerms; ++t)
    loss[loss_term_name(static_cast<LossTerm>(t))] = r.learned.loss.terms[t];
  json["loss"] = loss;
  return json.dump();
}

std::string to_line(const CycleReport& r) {
  char line[256];
  std::snprintf(line, sizeof line,
                "cycle %lld  %5.1f min  %lld games (%.0f/h, %.0f moves, B %.0f%%)  "
                "policy %.3f (%.3f)  value %.3f  owner %.3f  score %.1f",
                static_cast<long long>(r.cycle), r.seconds / 60, static_cast<long long>(r.games),
                3600 * r.cycle_games / std::max(r.play_seconds, 1e-3), r.moves,
                100.0 * r.black_wins / std::max(r.cycle_games, 1),
                r.learned.loss[LossTerm::kPolicy], r.learned.policy_entropy,
                r.learned.loss[LossTerm::kValue], r.learned.loss[LossTerm::kOwnership],
                r.score_spread);
  return line;
}

Status run_training(const TrainingOptions& options, const TrainingHooks& hooks) {
  auto directory = RunDirectory::open(options.directory);
  if (!directory) return Error{directory.error()};
  if (Status status = directory->write_config(to_json(options)); !status) return status;
  auto model = first_model(options);
  if (!model) return Error{model.error()};
  return TrainingLoop(options, hooks, std::move(*directory), std::move(*model)).run();
}

}  // namespace ponnuki
