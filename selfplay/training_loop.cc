#include "selfplay/training_loop.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <deque>
#include <utility>

#include "engine/clock.h"
#include "nn/convert/grown_model.h"
#include "nn/files/katago/model_writer.h"
#include "nn/files/model_file.h"
#include "nn/kernels/fast_network.h"
#include "nn/training/training_model.h"
#include "selfplay/actors.h"
#include "selfplay/fair_komi.h"
#include "selfplay/first_model.h"
#include "selfplay/net_match.h"
#include "selfplay/record_file.h"
#include "selfplay/training_report.h"

namespace ponnuki::selfplay {
namespace {

class TrainingLoop {
 public:
  TrainingLoop(const TrainingOptions& options, const TrainingHooks& hooks, RunDirectory directory,
               nn::Model model)
      : options_(options),
        hooks_(hooks),
        directory_(std::move(directory)),
        learner_(new_learner(std::move(model))),
        window_(options.window),
        fair_komi_(options.games.sizes.front().komi) {}

  Status run() {
    if (Status status = resume(); !status) return status;
    if (Status status =
            directory_.write_config(RunKind::kOwnGames, to_json(options_), options_.given);
        !status)
      return status;
    if (finished()) hooks_.say("this run is at its end; --minutes or --cycles take it further");
    start_actors();
    while (!finished()) {
      if (Status status = cycle(); !status) return status;
    }
    return {};
  }

 private:
  std::unique_ptr<Learner> new_learner(nn::Model model) const {
    LearnerOptions options = options_.learner;
    options.threads = options_.threads;
    return std::make_unique<Learner>(std::move(model), options);
  }
  bool stopped() const { return hooks_.stop != nullptr && *hooks_.stop; }
  bool finished() const {
    return stopped() || (options_.cycles > 0 && state_.cycle >= options_.cycles) ||
           (options_.minutes > 0 && state_.seconds >= 60 * options_.minutes);
  }
  /// Of a run whose length is known, else 0.
  double progress() const {
    double share = 0;
    if (options_.cycles > 0)
      share = static_cast<double>(state_.cycle) / static_cast<double>(options_.cycles);
    if (options_.minutes > 0) share = std::max(share, state_.seconds / (60 * options_.minutes));
    return share;
  }
  Random random_of(std::int64_t cycle, std::uint64_t purpose) const {
    return Random(options_.seed, static_cast<std::uint64_t>(cycle) * 16 + purpose);
  }

  Status resume() {
    auto state = directory_.read_state();
    if (!state) return state.error();
    if (*state) {
      state_ = std::move(**state);
      if (state_.stage > static_cast<std::int64_t>(options_.growth.size()))
        return Error{directory_.path() + ": its net has grown already; give the same --net again"};
      if (state_.stage > 0) learner_ = new_learner(larger_model());
      if (Status status = learner_->restore(state_.learner); !status)
        return status.error().in(directory_.path());
      hooks_.say("going on after cycle " + std::to_string(state_.cycle) + ", " +
                 std::to_string(state_.games) + " games");
    }
    if (Status status = directory_.cut_metrics(state_.cycle); !status) return status;
    return read_window();
  }

  /// Games of earlier cycles, as far as their files are there, oldest first.
  Status read_window() {
    window_.set_total_rows(state_.rows);
    std::int64_t rows = 0;
    for (std::int64_t cycle = 1; cycle <= state_.cycle; ++cycle) {
      Random random = random_of(cycle, 1);
      const auto file = read_games(directory_.games_path(cycle));
      if (!file) continue;  // forgotten long ago
      if (!file->damage.empty()) hooks_.say(file->damage);
      for (const auto& game : file->games) {
        rows += window_.add_again(game, random);
        fair_komi_.add(*game);
      }
      rows_after_.push_back({cycle, rows});
    }
    for (RowsAfter& after : rows_after_) after.rows += state_.rows - rows;
    return {};
  }

  /// Deletes the games of cycles that have left the window.
  void forget_old_games() {
    const std::int64_t oldest_row = window_.total_rows() - window_.rows();
    while (!rows_after_.empty() && rows_after_.front().rows <= oldest_row) rows_after_.pop_front();
    if (!rows_after_.empty()) directory_.forget_games_before(rows_after_.front().cycle);
  }

  void start_actors() {
    std::vector<std::uint64_t> seeds;
    seeds.reserve(static_cast<std::size_t>(options_.threads));
    for (int t = 0; t < options_.threads; ++t)
      seeds.push_back(random_of(state_.cycle, 2 + static_cast<std::uint64_t>(t))());
    actors_ = std::make_unique<Actors>(options_.games, seeds);
  }

  nn::Model larger_model() const {
    const auto stage = static_cast<std::size_t>(state_.stage);
    return random_model({.shape = options_.growth[stage - 1].shape,
                         .ladders = options_.ladders,
                         .init = {},
                         .seed = options_.seed + 2 * stage});
  }

  /// Where its time has come, a larger net takes over the learning. It has to catch up first.
  Status grow() {
    const auto stage = static_cast<std::size_t>(state_.stage);
    if (stage == options_.growth.size()) return {};
    if (state_.seconds < 60 * options_.growth[stage].from_minute) return {};
    ++state_.stage;
    state_.batches = 0;
    state_.catch_up = std::llround(options_.catch_up * static_cast<double>(window_.rows()));
    auto grown = nn::grow_model(learner_->average(), larger_model());
    if (!grown) return grown.error();
    learner_ = new_learner(std::move(*grown));
    hooks_.say("the net grows to " + nn::net_shape_text(options_.growth[stage].shape));
    return {};
  }

  Status cycle() {
    CycleReport report;
    report.cycle = state_.cycle + 1;
    const auto start = counted_ = Clock::now();
    if (Status status = grow(); !status) return status;
    Games games;
    set_komi();
    report.sizes = options_.games.sizes;
    if (state_.catch_up <= 0) {
      if (Status status = play(report, games); !status) return status;
    }
    report.play_seconds = seconds_since(start);
    if (stopped()) return save_state();
    const std::int64_t samples = samples_to_learn(games, report.cycle);
    const std::int64_t batches = (samples + options_.learner.batch / 2) / options_.learner.batch;
    if (Status status = learn(batches, report); !status) return status;
    if (state_.batches < batches) return save_state();  // stopped
    report.learn_seconds = seconds_since(start) - report.play_seconds;
    count(games, report);
    state_.batches = 0;
    if (state_.catch_up > 0) state_.catch_up -= std::max<std::int64_t>(samples, 1);
    state_.cycle = report.cycle;
    state_.games += static_cast<std::int64_t>(games.size());
    state_.rows = window_.total_rows();
    if (Status status = nn::write_model(published(), directory_.net_path(report.cycle), {});
        !status)
      return status;
    if (Status status = match(report); !status) return status;
    count_time();
    report.games = state_.games;
    report.seconds = state_.seconds;
    report.window_rows = window_.rows();
    report.samples = learner_->samples();
    return save(report);
  }

  void set_komi() {
    if (!options_.fair_komi) return;
    std::vector<double> komi;
    for (auto& share : options_.games.sizes) komi.push_back(share.komi = fair_komi_.of(share.size));
    actors_->set_komi(komi);
  }

  /// After these games, which join the window. A net that has to catch up learns as much in a cycle
  /// as if they had been played.
  std::int64_t samples_to_learn(const Games& games, std::int64_t cycle) {
    Random random = random_of(cycle, 1);
    const std::int64_t before = window_.total_rows();
    for (const auto& game : games) {
      window_.add(game, random);
      fair_komi_.add(*game);
    }
    rows_after_.push_back({cycle, window_.total_rows()});
    double samples = options_.reuse * static_cast<double>(window_.total_rows() - before);
    if (state_.catch_up > 0) {
      const double rows_a_cycle = static_cast<double>(state_.rows) /
                                  static_cast<double>(std::max<std::int64_t>(state_.games, 1)) *
                                  options_.games_per_cycle;
      samples = std::min(options_.reuse * rows_a_cycle, static_cast<double>(state_.catch_up));
    }
    return window_.rows() > 0 ? std::llround(samples) : 0;
  }

  /// Up to so many batches of this cycle, or until it is told to stop.
  Status learn(std::int64_t batches, CycleReport& report) {
    learner_->set_progress(progress());
    report.learning_rate = learner_->learning_rate();
    auto saved = Clock::now();
    while (state_.batches < batches && !stopped()) {
      Random random(random_of(report.cycle, 0)(), static_cast<std::uint64_t>(state_.batches));
      const std::int64_t count = std::min(batches - state_.batches, kBatchesAtOnce);
      report.learned += learner_->train(window_, count, random);
      state_.batches += count;
      show("learning", state_.batches * options_.learner.batch, batches * options_.learner.batch);
      if (seconds_since(saved) < kSaveSeconds) continue;
      if (Status status = save_state(); !status) return status;
      saved = Clock::now();
    }
    return {};
  }

  void show(const char* what, std::int64_t done, std::int64_t total) const {
    if (hooks_.progress) hooks_.progress({what, done, total});
  }

  Result<std::shared_ptr<nn::Network>> network_of(nn::Model model) const {
    auto network = nn::kernels::make_fast_network(std::make_shared<nn::Model>(std::move(model)),
                                                  {.simd = {}, .precision = options_.precision});
    if (!network) return network.error();
    return std::shared_ptr<nn::Network>(std::move(*network));
  }

  const TrainingGamesOptions::Share& most_played() const {
    return *std::ranges::max_element(options_.games.sizes, {},
                                     &TrainingGamesOptions::Share::weight);
  }

  /// The newest net against the anchor, every few cycles.
  Status match(CycleReport& report) {
    report.elo = state_.elo;
    if (options_.match_every == 0 || state_.catch_up > 0) return {};
    if (state_.anchor == 0) state_.anchor = state_.cycle;
    if (state_.cycle % options_.match_every != 0 || state_.anchor == state_.cycle) return {};
    auto anchor = nn::load_model(directory_.net_path(state_.anchor));
    if (!anchor) return anchor.error();
    const auto newest = network_of(published()), old = network_of(std::move(*anchor));
    if (!newest) return newest.error();
    if (!old) return old.error();
    NetMatchOptions options;
    const TrainingGamesOptions::Share& most = most_played();
    options.size = most.size;
    options.komi = static_cast<float>(std::round(2 * most.komi) / 2);
    options.games = options_.match_games;
    options.simulations = options_.match_simulations;
    options.threads = options_.threads;
    options.stop = hooks_.stop;
    options.progress = [this](int ended) { show("match", ended, options_.match_games); };
    const Tally tally = play_net_match({*newest, *old}, options);
    if (tally.games() == 0) return {};
    constexpr double kFarAhead = 0.75, kAlarm = 0.4;
    // As if there had been one more draw: nobody is infinitely ahead.
    const double share = (tally.score() * tally.games() + 0.5) / (tally.games() + 1);
    report.match_games = tally.games();
    report.elo = state_.elo = state_.anchor_elo + elo(share);
    if (share < kAlarm) {
      hooks_.say("the net of cycle " + std::to_string(state_.cycle) +
                 " is weaker than that of cycle " + std::to_string(state_.anchor));
    }
    if (share > kFarAhead) {
      state_.anchor = state_.cycle;
      state_.anchor_elo = state_.elo;
    }
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

  Status save(const CycleReport& report) {
    if (Status status = directory_.append_metrics(to_json(report)); !status) return status;
    if (Status status = save_state(); !status) return status;
    forget_old_games();
    hooks_.say(to_line(report));
    return write_training_page(directory_);
  }

  nn::Model published() const {
    nn::Model model = learner_->published();
    if (options_.games.rules) nn::training::fold_rules(model, *options_.games.rules);
    const nn::NetShape shape{static_cast<int>(model.trunk.blocks.size()), model.trunk.channels};
    model.name = nn::net_shape_text(shape) + "-" + std::to_string(state_.cycle);
    return model;
  }

  /// The games of a cycle: those that its file already has, and as many new ones as are missing.
  Status play(CycleReport& report, Games& games) {
    const std::string path = directory_.games_path(report.cycle);
    if (const auto file = read_games(path)) games = file->games;
    const auto missing = static_cast<std::int64_t>(options_.games_per_cycle) -
                         static_cast<std::int64_t>(games.size());
    if (missing <= 0) return {};
    const auto network = network_of(published());
    if (!network) return network.error();
    const auto before = static_cast<std::int64_t>(games.size());
    return actors_->play(
        *network, missing, hooks_.stop,
        [&](const Games& fresh) {
          games.insert(games.end(), fresh.begin(), fresh.end());
          report.played += static_cast<int>(fresh.size());
          return append_games(fresh, path);
        },
        [&](std::int64_t ended) { show("games", before + ended, options_.games_per_cycle); });
  }

  static void count(const Games& games, CycleReport& report) {
    report.cycle_games = static_cast<int>(games.size());
    for (const auto& game : games) {
      report.moves += static_cast<double>(game->turns.size()) / static_cast<double>(games.size());
      report.score_spread +=
          std::abs(static_cast<double>(game->white_score)) / static_cast<double>(games.size());
      if (game->white_score < 0) ++report.black_wins;
      if (game->white_score == 0) ++report.draws;
      if (game->ending != GameRecord::Ending::kPasses) ++report.broken_off;
    }
  }

  /// Rows of the window's total when a cycle's games were in it.
  struct RowsAfter {
    std::int64_t cycle, rows;
  };

  TrainingOptions options_;
  TrainingHooks hooks_;
  RunDirectory directory_;
  std::unique_ptr<Learner> learner_;
  ReplayWindow window_;
  FairKomi fair_komi_;
  std::deque<RowsAfter> rows_after_;  // of cycles whose games are on the disk
  TrainingState state_;
  Clock::time_point counted_ = Clock::now();  // up to here in state_.seconds
  std::unique_ptr<Actors> actors_;
};

}  // namespace

Status run_training(const TrainingOptions& options, const TrainingHooks& hooks) {
  auto directory = RunDirectory::open(options.directory);
  if (!directory) return directory.error();
  if (Status status = directory->expect_no_records(); !status) return status;
  auto model = first_model({.shape = options.shape,
                            .ladders = options.ladders,
                            .init = options.init,
                            .seed = options.seed});
  if (!model) return model.error();
  return TrainingLoop(options, hooks, std::move(*directory), std::move(*model)).run();
}

}  // namespace ponnuki::selfplay
