#include "selfplay/run/training_loop.h"

#include <algorithm>
#include <utility>

#include "engine/clock.h"
#include "engine/file.h"
#include "nn/files/katago/model_writer.h"
#include "nn/training/training_model.h"
#include "selfplay/learning/published_net.h"
#include "selfplay/run/anchor_match.h"
#include "selfplay/run/game_history.h"
#include "selfplay/run/training_report.h"
#include "selfplay/run/work_clock.h"

namespace ponnuki::selfplay {
namespace {

constexpr double kSaveGamesSeconds = 5;  // between states while games come

FirstModelOptions first_model_options(const TrainingOptions& options) {
  return {.shape = options.shape,
          .ladders = options.ladders,
          .init = options.init,
          .seed = options.seed};
}

class TrainingLoop {
 public:
  TrainingLoop(const TrainingOptions& options, const TrainingHooks& hooks, RunDirectory directory,
               nn::Model model, std::optional<SplitCollection> records,
               std::unique_ptr<GameSource> source)
      : options_(options),
        hooks_(hooks),
        directory_(std::move(directory)),
        learner_(new_learner(std::move(model))),
        history_({options.window, options.games.sizes.front().komi, options.seed}),
        growth_(options.growth, first_model_options(options)),
        anchor_match_(anchor_match_options()),
        source_(std::move(source)) {
    if (!records) return;
    records_.emplace(std::move(*records), options.seed, options.augment_records);
    options_.games.openings = [this](BoardSize size, Random& random) {
      return random_beginning(records_->games().training, size, random);
    };
  }

  Status run() {
    PONNUKI_TRY(resume());
    PONNUKI_TRY(directory_.write_config(RunKind::kOwnGames, to_json(options_), options_.given));
    PONNUKI_TRY(save_state());  // no result is ever there without a state
    if (stopped())
      hooks_.say("stopped before it began; the next start goes on");
    else if (finished())
      hooks_.say("this run is at its end; --minutes or --cycles take it further");
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
    options.match.games = options_.match_games;
    options.match.simulations = options_.match_simulations;
    options.match.threads = options_.threads;
    options.match.workers = workers_;
    options.match.stop = hooks_.stop;
    options.match.progress = [this](int ended) { show("match", ended, options_.match_games); };
    return options;
  }
  bool stopped() const { return hooks_.stop != nullptr && *hooks_.stop; }
  std::int64_t next_cycle() const { return state_.cycle + 1; }
  bool is_under_way(std::int64_t cycle) const {
    return state_.work.batches > 0 || file_exists(directory_.games_path(cycle));
  }
  /// A cycle that has begun before the time was over is played to its end.
  bool finished() const {
    const bool is_late = options_.minutes > 0 && state_.seconds >= 60 * options_.minutes;
    return stopped() || (options_.cycles > 0 && state_.cycle >= options_.cycles) ||
           (is_late && !is_under_way(next_cycle()));
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
        return status.error().in(directory_.state_path(RunKind::kOwnGames));
      CycleWork& work = state_.work;
      if (work.learned.samples == 0)  // a state of an earlier version counts batches alone
        work.learned.samples = work.batches * options_.learner.batch;
      hooks_.say("going on after cycle " + std::to_string(state_.cycle) + ", " +
                 std::to_string(state_.games) + " games");
    }
    if (records_) {
      hooks_.say(records_->games().summary());
      if (Status status = records_->resume(state_.records, hooks_.say); !status)
        return status.error().in(directory_.path());
    }
    PONNUKI_TRY(directory_.cut_metrics(state_.cycle, hooks_.say));
    PONNUKI_TRY(game_source().open(next_cycle()));
    history_.read(directory_, state_, game_source(), hooks_.say);
    return {};
  }

  /// Plays, learns, publishes, and plays a match. If it is told to stop, it saves its progress, and
  /// the next process goes on in the middle of the cycle.
  Status cycle() {
    const std::int64_t cycle = next_cycle();
    counted_ = clock_.seconds();
    PONNUKI_TRY(grow(cycle));
    set_komi();
    Games games;
    PONNUKI_TRY(play(cycle, games));
    if (stopped()) return save_state();
    const std::int64_t new_rows = history_.add(games, cycle);
    PONNUKI_TRY(const bool all_learned, learn(cycle, samples_to_learn(new_rows)));
    if (!all_learned) return save_state();
    PONNUKI_TRY(directory_.expect_in_place());
    PONNUKI_TRY(nn::write_model(published(cycle), directory_.net_path(cycle), {}));
    CycleReport report = report_of(cycle, games);
    PONNUKI_TRY(evaluate_held_out_games(cycle, report));
    PONNUKI_TRY(const bool match_ended, match(cycle, report));
    if (!match_ended) return save_state();
    count_cycle(static_cast<std::int64_t>(games.size()));
    return save(report);
  }

  /// When its time has come, a larger net replaces the learner's net. It has to catch up first. A
  /// cycle that is under way ends with the net that began it.
  Status grow(std::int64_t cycle) {
    if (is_under_way(cycle) || !growth_.is_due(state_.stage, state_.seconds)) return {};
    ++state_.stage;
    state_.catch_up =
        std::llround(options_.catch_up * static_cast<double>(history_.window().rows()));
    PONNUKI_TRY(nn::Model grown, growth_.grown(learner_->average(), state_.stage));
    learner_ = new_learner(std::move(grown));
    hooks_.say("the net grows to " + growth_.shape_text(state_.stage));
    return {};
  }

  void set_komi() {
    if (!options_.fair_komi) return;
    for (auto& share : options_.games.sizes) share.komi = history_.fair_komi(share.size);
  }

  /// Collects the games of the cycle: those that are already in its file, and new ones for the
  /// rest. There are no new ones if the cycle has begun to learn, or while a grown net catches up.
  Status play(std::int64_t cycle, Games& games) {
    PONNUKI_TRY(games, earlier_games(cycle));
    const auto before = static_cast<std::int64_t>(games.size());
    const std::int64_t missing = options_.games_per_cycle - before;
    if (missing <= 0 || state_.work.batches > 0 || state_.catch_up > 0) return {};
    PONNUKI_TRY(directory_.expect_in_place());
    PONNUKI_TRY(GamesWriter writer, GamesWriter::open(directory_.games_path(cycle)));
    if (!writer.damage().empty()) hooks_.say(writer.damage());
    GamesWanted wanted{cycle,
                       missing,
                       [this] { return published(state_.cycle); },
                       {},
                       [&writer] { return writer.size(); }};
    for (const auto& share : options_.games.sizes) wanted.komi.push_back(share.komi);
    const std::int64_t withdrawals = game_source().withdrawals();
    std::optional<Clock::time_point> saved;
    const Status status = game_source().play(
        wanted, hooks_.stop,
        [&](const Games& fresh) -> Status {
          PONNUKI_TRY(writer.append(fresh));
          games.insert(games.end(), fresh.begin(), fresh.end());
          state_.work.played += static_cast<std::int64_t>(fresh.size());
          state_.work.play_seconds += count_time();
          if (saved && seconds_since(*saved) < kSaveGamesSeconds) return {};
          saved = Clock::now();
          return save_state();
        },
        [&](std::int64_t ended) { show("games", before + ended, options_.games_per_cycle); });
    state_.work.play_seconds += count_time();
    if (!status || game_source().withdrawals() == withdrawals) return status;
    history_.read(directory_, state_, game_source(), hooks_.say);
    PONNUKI_TRY(games, earlier_games(cycle));
    return {};
  }

  /// The games of the cycle that are in its file, and count.
  Result<Games> earlier_games(std::int64_t cycle) {
    PONNUKI_TRY(GamesFile file, games_under_way(directory_, cycle, hooks_.say));
    const std::int64_t lost = state_.work.played - static_cast<std::int64_t>(file.games.size());
    if (lost > 0)
      hooks_.say(directory_.games_path(cycle) + ": " + std::to_string(lost) + " of " +
                 std::to_string(state_.work.played) +
                 " games that were played are not there; others are played instead");
    game_source().take_out_withdrawn(cycle, file);
    return std::move(file.games);
  }

  GameSource& game_source() {
    if (!source_)
      source_ = std::make_unique<OwnGames>(OwnGames::Options{
          options_.games, options_.seed, options_.threads, options_.precision, workers_});
    return *source_;
  }

  /// The samples to learn in a cycle that has added this many rows. A net that has to catch up
  /// learns as many in each cycle as if games had been played, and at least a batch. Samples of
  /// game records come on top of those of the run's own games.
  std::int64_t samples_to_learn(std::int64_t new_rows) const {
    if (history_.window().rows() == 0) return 0;
    const double reuse = options_.reuse / (1 - (records_ ? options_.record_share : 0));
    if (state_.catch_up <= 0) return std::llround(reuse * static_cast<double>(new_rows));
    const double rows_a_cycle = static_cast<double>(state_.rows) /
                                static_cast<double>(std::max<std::int64_t>(state_.games, 1)) *
                                options_.games_per_cycle;
    const std::int64_t batch = options_.learner.batch;
    const std::int64_t samples =
        std::min(std::llround(reuse * rows_a_cycle), std::llround(state_.catch_up));
    return std::max<std::int64_t>((samples + batch - 1) / batch, 1) * batch;
  }

  /// Learns what is left of this many samples, in whole batches. Returns false if it was told to
  /// stop before that.
  Result<bool> learn(std::int64_t cycle, std::int64_t samples) {
    CycleWork& work = state_.work;
    const std::int64_t batch = options_.learner.batch;
    const std::int64_t missing = samples - work.learned.samples;
    const std::int64_t end = work.batches + std::max<std::int64_t>(missing + batch / 2, 0) / batch;
    learner_->set_progress(progress());
    auto saved = Clock::now();
    while (work.batches < end && !stopped()) {
      Random random(random_of(options_.seed, cycle, 0)(), static_cast<std::uint64_t>(work.batches));
      const std::int64_t count = std::min(end - work.batches, kBatchesAtOnce);
      work.learned += learner_->train([&] { return draw(random); }, count);
      work.batches += count;
      work.learn_seconds += count_time();
      show("learning", work.learned.samples, work.learned.samples + (end - work.batches) * batch);
      if (seconds_since(saved) < kSaveSeconds) continue;
      PONNUKI_TRY(save_state());
      saved = Clock::now();
    }
    return work.batches >= end;
  }

  /// The next sample: from the window, or from a game record.
  Learner::Maker draw(Random& random) {
    if (records_ && random.uniform() < options_.record_share) return records_->next();
    return Learner::drawn(history_.window(), random);
  }

  /// Measures how well the net predicts the game records that are held out.
  Status evaluate_held_out_games(std::int64_t cycle, CycleReport& report) {
    if (!records_) return {};
    PONNUKI_TRY(const auto network, network_of(published(cycle), nn::kernels::Precision::kFp32));
    report.held_out = evaluate_held_out(*network, records_->games().held_out,
                                        held_out_positions(state_.work.learned.samples),
                                        options_.threads, *workers_);
    return {};
  }

  void count_cycle(std::int64_t games) {
    ++state_.cycle;
    state_.games += games;
    state_.rows = history_.window().total_rows();
    if (state_.catch_up > 0)
      state_.catch_up = std::max<std::int64_t>(state_.catch_up - state_.work.learned.samples, 0);
    state_.work = {};
  }

  /// The net as it is now, named after this cycle.
  nn::Model published(std::int64_t cycle) const {
    nn::Model model = published_net(*learner_, "-" + std::to_string(cycle));
    if (options_.games.rules) nn::training::fold_rules(model, *options_.games.rules);
    return model;
  }

  /// Plays the match of this cycle if there is one. Returns false if it was told to stop before the
  /// match had ended. The next process plays it anew.
  Result<bool> match(std::int64_t cycle, CycleReport& report) {
    const bool catches_up = state_.catch_up > state_.work.learned.samples;
    if (!catches_up && anchor_match_.is_due(cycle, state_)) {
      const std::string name = "the match of cycle " + std::to_string(cycle);
      if (state_.work.match_begun) hooks_.say(name + " was broken off; it begins anew");
      state_.work.match_begun = true;
      PONNUKI_TRY(save_state());
      const auto& most_played =
          *std::ranges::max_element(options_.games.sizes, {}, &TrainingGamesOptions::Share::weight);
      PONNUKI_TRY(const auto end,
                  anchor_match_.play(published(cycle), cycle, most_played,
                                     game_source().match_player(), directory_, state_, hooks_.say));
      if (end == AnchorMatch::End::kStopped) {
        hooks_.say(name + " was stopped and has no result; the next start plays it anew");
        return false;
      }
      if (end == AnchorMatch::End::kPlayed) report.match_games = options_.match_games;
    }
    report.elo = state_.elo;
    return true;
  }

  /// Adds the time since the last call to that of the run. Returns it in seconds.
  double count_time() {
    const double before = std::exchange(counted_, clock_.seconds());
    const double seconds = counted_ - before;
    state_.seconds += seconds;
    return seconds;
  }

  Status save_state() {
    count_time();
    state_.learner = learner_->state();
    if (records_) state_.records = records_->place();
    return directory_.write_state(state_);
  }

  CycleReport report_of(std::int64_t cycle, const Games& games) {
    CycleReport report;
    report.cycle = cycle;
    report.sizes = options_.games.sizes;
    report.played = state_.work.played;
    report.play_seconds = state_.work.play_seconds;
    if (game_source().plays_always()) report.play_seconds += state_.work.learn_seconds;
    report.learn_seconds = state_.work.learn_seconds;
    report.learned = state_.work.learned;
    report.learning_rate = learner_->learning_rate();
    report.idle_share = learner_->idle_share();
    add_games(games, report);
    return report;
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
    return write_training_page(directory_, game_source().summary());
  }

  TrainingOptions options_;
  TrainingHooks hooks_;
  RunDirectory directory_;
  std::shared_ptr<WorkerPool> workers_ = std::make_shared<WorkerPool>();
  std::unique_ptr<Learner> learner_;
  GameHistory history_;
  std::optional<RecordSamples> records_;
  NetGrowth growth_;
  AnchorMatch anchor_match_;
  TrainingState state_;
  WorkClock clock_;
  double counted_ = 0;                  // the time of this clock up to which state_.seconds counts
  std::unique_ptr<GameSource> source_;  // from the first games on
};

}  // namespace

Status run_training(const TrainingOptions& options, const TrainingHooks& hooks,
                    std::optional<SplitCollection> records, std::unique_ptr<GameSource> source) {
  PONNUKI_TRY(RunDirectory directory, RunDirectory::open(options.directory));
  PONNUKI_TRY(directory.expect_no_records());
  PONNUKI_TRY(nn::Model model, first_model(first_model_options(options)));
  return TrainingLoop(options, hooks, std::move(directory), std::move(model), std::move(records),
                      std::move(source))
      .run();
}

}  // namespace ponnuki::selfplay
