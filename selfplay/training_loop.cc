#include "selfplay/training_loop.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

#include "engine/clock.h"
#include "nn/files/katago/model_writer.h"
#include "nn/training/training_model.h"
#include "selfplay/actors.h"
#include "selfplay/anchor_match.h"
#include "selfplay/game_history.h"
#include "selfplay/published_net.h"
#include "selfplay/training_report.h"

namespace ponnuki::selfplay {
namespace {

FirstModelOptions first_model_options(const TrainingOptions& options) {
  return {.shape = options.shape,
          .ladders = options.ladders,
          .init = options.init,
          .seed = options.seed};
}

void add_games(const Games& games, CycleReport& report) {
  const auto count = static_cast<double>(games.size());
  report.cycle_games = static_cast<int>(games.size());
  for (const auto& game : games) {
    report.moves += static_cast<double>(game->turns.size()) / count;
    report.score_spread += std::abs(static_cast<double>(game->white_score)) / count;
    if (game->white_score < 0) ++report.black_wins;
    if (game->white_score == 0) ++report.draws;
    if (game->ending != GameRecord::Ending::kPasses) ++report.broken_off;
  }
}

class TrainingLoop {
 public:
  TrainingLoop(const TrainingOptions& options, const TrainingHooks& hooks, RunDirectory directory,
               nn::Model model)
      : options_(options),
        hooks_(hooks),
        directory_(std::move(directory)),
        learner_(new_learner(std::move(model))),
        history_({options.window, options.games.sizes.front().komi, options.seed}),
        growth_(options.growth, first_model_options(options)),
        anchor_match_(anchor_match_options()) {}

  Status run() {
    PONNUKI_TRY(resume());
    PONNUKI_TRY(directory_.write_config(RunKind::kOwnGames, to_json(options_), options_.given));
    if (finished()) hooks_.say("this run is at its end; --minutes or --cycles take it further");
    start_actors();
    while (!finished()) PONNUKI_TRY(cycle());
    return {};
  }

 private:
  std::unique_ptr<Learner> new_learner(nn::Model model) const {
    LearnerOptions options = options_.learner;
    options.threads = options_.threads;
    options.workers = workers_;
    return std::make_unique<Learner>(std::move(model), options);
  }
  AnchorMatch::Options anchor_match_options() const {
    AnchorMatch::Options options;
    options.every = options_.match_every;
    options.precision = options_.precision;
    options.match.games = options_.match_games;
    options.match.simulations = options_.match_simulations;
    options.match.threads = options_.threads;
    options.match.workers = workers_;
    options.match.stop = hooks_.stop;
    options.match.progress = [this](int ended) { show("match", ended, options_.match_games); };
    return options;
  }
  void start_actors() {
    std::vector<std::uint64_t> seeds;
    for (std::uint64_t t = 0; t < static_cast<std::uint64_t>(options_.threads); ++t)
      seeds.push_back(random_of(options_.seed, state_.cycle, 2 + t)());
    actors_ = std::make_unique<Actors>(options_.games, seeds, workers_);
  }

  bool stopped() const { return hooks_.stop != nullptr && *hooks_.stop; }
  bool finished() const {
    return stopped() || (options_.cycles > 0 && state_.cycle >= options_.cycles) ||
           (options_.minutes > 0 && state_.seconds >= 60 * options_.minutes);
  }
  /// The completed share of the run if its length is known, else 0.
  double progress() const {
    double share = 0;
    if (options_.cycles > 0)
      share = static_cast<double>(state_.cycle) / static_cast<double>(options_.cycles);
    if (options_.minutes > 0) share = std::max(share, state_.seconds / (60 * options_.minutes));
    return share;
  }
  void show(const char* what, std::int64_t done, std::int64_t total) const {
    if (hooks_.progress) hooks_.progress({what, done, total});
  }

  Status resume() {
    PONNUKI_TRY(auto state, directory_.read_state());
    if (state) {
      state_ = std::move(*state);
      if (state_.stage > growth_.last_stage())
        return Error{directory_.path() + ": its net has grown already; give the same --net again"};
      if (state_.stage > 0) learner_ = new_learner(growth_.random_net(state_.stage));
      if (Status status = learner_->restore(state_.learner); !status)
        return status.error().in(directory_.path());
      hooks_.say("going on after cycle " + std::to_string(state_.cycle) + ", " +
                 std::to_string(state_.games) + " games");
    }
    PONNUKI_TRY(directory_.cut_metrics(state_.cycle));
    history_.read(directory_, state_, hooks_.say);
    return {};
  }

  /// Plays, learns, publishes, and plays a match. If it is told to stop, it saves its progress.
  Status cycle() {
    CycleReport report;
    report.cycle = state_.cycle + 1;
    const auto start = counted_ = Clock::now();
    PONNUKI_TRY(grow());
    set_komi();
    report.sizes = options_.games.sizes;
    Games games;
    if (state_.catch_up <= 0) PONNUKI_TRY(play(report, games));
    report.play_seconds = seconds_since(start);
    if (stopped()) return save_state();

    const std::int64_t samples = samples_to_learn(history_.add(games, report.cycle));
    const std::int64_t batches = (samples + options_.learner.batch / 2) / options_.learner.batch;
    PONNUKI_TRY(learn(batches, report));
    if (state_.batches < batches) return save_state();  // stopped
    report.learn_seconds = seconds_since(start) - report.play_seconds;

    add_games(games, report);
    count_cycle(static_cast<std::int64_t>(games.size()), samples);
    PONNUKI_TRY(nn::write_model(published(), directory_.net_path(state_.cycle), {}));
    PONNUKI_TRY(match(report));
    return save(report);
  }

  /// When its time has come, a larger net replaces the learner's net. It has to catch up first.
  Status grow() {
    if (!growth_.is_due(state_.stage, state_.seconds)) return {};
    ++state_.stage;
    state_.batches = 0;
    state_.catch_up =
        std::llround(options_.catch_up * static_cast<double>(history_.window().rows()));
    PONNUKI_TRY(nn::Model grown, growth_.grown(learner_->average(), state_.stage));
    learner_ = new_learner(std::move(grown));
    hooks_.say("the net grows to " + growth_.shape_text(state_.stage));
    return {};
  }

  void set_komi() {
    if (!options_.fair_komi) return;
    std::vector<double> komi;
    for (auto& share : options_.games.sizes)
      komi.push_back(share.komi = history_.fair_komi(share.size));
    actors_->set_komi(komi);
  }

  /// Collects the games of the cycle: those that are already in its file, and new ones for the
  /// rest.
  Status play(CycleReport& report, Games& games) {
    const std::string path = directory_.games_path(report.cycle);
    if (const auto file = read_games(path)) games = file->games;
    const auto before = static_cast<std::int64_t>(games.size());
    const std::int64_t missing = options_.games_per_cycle - before;
    if (missing <= 0) return {};
    PONNUKI_TRY(const auto network, network_of(published(), options_.precision));
    return actors_->play(
        network, missing, hooks_.stop,
        [&](const Games& fresh) {
          games.insert(games.end(), fresh.begin(), fresh.end());
          report.played += static_cast<int>(fresh.size());
          return append_games(fresh, path);
        },
        [&](std::int64_t ended) { show("games", before + ended, options_.games_per_cycle); });
  }

  /// The samples to learn in a cycle that has added this many rows. A net that has to catch up
  /// learns as many in each cycle as if games had been played.
  std::int64_t samples_to_learn(std::int64_t new_rows) const {
    if (history_.window().rows() == 0) return 0;
    if (state_.catch_up <= 0) return std::llround(options_.reuse * static_cast<double>(new_rows));
    const double rows_a_cycle = static_cast<double>(state_.rows) /
                                static_cast<double>(std::max<std::int64_t>(state_.games, 1)) *
                                options_.games_per_cycle;
    return std::llround(
        std::min(options_.reuse * rows_a_cycle, static_cast<double>(state_.catch_up)));
  }

  /// Learns up to this number of batches in the cycle, or until it is told to stop.
  Status learn(std::int64_t batches, CycleReport& report) {
    learner_->set_progress(progress());
    report.learning_rate = learner_->learning_rate();
    auto saved = Clock::now();
    while (state_.batches < batches && !stopped()) {
      Random random(random_of(options_.seed, report.cycle, 0)(),
                    static_cast<std::uint64_t>(state_.batches));
      const std::int64_t count = std::min(batches - state_.batches, kBatchesAtOnce);
      report.learned += learner_->train(history_.window(), count, random);
      state_.batches += count;
      show("learning", state_.batches * options_.learner.batch, batches * options_.learner.batch);
      if (seconds_since(saved) < kSaveSeconds) continue;
      PONNUKI_TRY(save_state());
      saved = Clock::now();
    }
    return {};
  }

  void count_cycle(std::int64_t games, std::int64_t samples) {
    ++state_.cycle;
    state_.games += games;
    state_.rows = history_.window().total_rows();
    state_.batches = 0;
    if (state_.catch_up > 0) state_.catch_up -= std::max<std::int64_t>(samples, 1);
  }

  nn::Model published() const {
    nn::Model model = published_net(*learner_, "-" + std::to_string(state_.cycle));
    if (options_.games.rules) nn::training::fold_rules(model, *options_.games.rules);
    return model;
  }

  Status match(CycleReport& report) {
    if (anchor_match_.is_due(state_)) {
      const auto& most_played =
          *std::ranges::max_element(options_.games.sizes, {}, &TrainingGamesOptions::Share::weight);
      PONNUKI_TRY(report.match_games,
                  anchor_match_.play(published(), most_played.size, most_played.komi, directory_,
                                     state_, hooks_.say));
    }
    report.elo = state_.elo;
    return {};
  }

  void count_time() {
    const auto before = std::exchange(counted_, Clock::now());
    state_.seconds += std::chrono::duration<double>(counted_ - before).count();
  }

  Status save_state() {
    count_time();
    state_.learner = learner_->state();
    return directory_.write_state(state_);
  }

  Status save(CycleReport& report) {
    count_time();
    report.games = state_.games;
    report.seconds = state_.seconds;
    report.window_rows = history_.window().rows();
    report.samples = learner_->samples();
    PONNUKI_TRY(directory_.append_metrics(to_json(report)));
    PONNUKI_TRY(save_state());
    history_.forget_old_games(directory_);
    hooks_.say(to_line(report));
    return write_training_page(directory_);
  }

  TrainingOptions options_;
  TrainingHooks hooks_;
  RunDirectory directory_;
  std::shared_ptr<WorkerPool> workers_ = std::make_shared<WorkerPool>();
  std::unique_ptr<Learner> learner_;
  GameHistory history_;
  NetGrowth growth_;
  AnchorMatch anchor_match_;
  TrainingState state_;
  Clock::time_point counted_ = Clock::now();  // the time up to which state_.seconds counts
  std::unique_ptr<Actors> actors_;
};

}  // namespace

Status run_training(const TrainingOptions& options, const TrainingHooks& hooks) {
  PONNUKI_TRY(RunDirectory directory, RunDirectory::open(options.directory));
  PONNUKI_TRY(directory.expect_no_records());
  PONNUKI_TRY(nn::Model model, first_model(first_model_options(options)));
  return TrainingLoop(options, hooks, std::move(directory), std::move(model)).run();
}

}  // namespace ponnuki::selfplay
