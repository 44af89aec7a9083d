#include "selfplay/run/record_training.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/format.h"
#include "nn/files/katago/model_writer.h"
#include "selfplay/learning/published_net.h"
#include "selfplay/run/run_directory.h"
#include "selfplay/run/training_report.h"
#include "selfplay/run/work_clock.h"

namespace ponnuki::selfplay {
namespace {

constexpr std::int64_t kParts = 1'000'000;  // of a run, for its progress

class RecordTraining {
 public:
  RecordTraining(const RecordTrainingOptions& options, const TrainingHooks& hooks,
                 RunDirectory directory, nn::Model model, SplitCollection games)
      : options_(options),
        hooks_(hooks),
        directory_(std::move(directory)),
        samples_(std::move(games), options.first.seed, options.augment),
        learner_(std::move(model), learner_options()) {}

  Status run() {
    hooks_.say(samples_.games().summary());
    PONNUKI_TRY(resume());
    PONNUKI_TRY(directory_.write_config(RunKind::kRecords, to_json(options_, samples_.games()),
                                        options_.given));
    PONNUKI_TRY(save());  // no result is ever there without a state
    if (stopped())
      hooks_.say("stopped before it began; the next start goes on");
    else if (finished())
      hooks_.say("this run is at its end; --epochs or --minutes take it further");
    while (!finished()) {
      const std::int64_t epoch = samples_.place().epoch;
      learn();
      const bool is_due = options_.evaluate_every > 0 &&
                          state_.seconds - state_.evaluated_at >= 60 * options_.evaluate_every;
      if (samples_.place().epoch > epoch || is_due || finished()) {
        PONNUKI_TRY(evaluate());
      } else if (state_.seconds - saved_at_ >= kSaveSeconds) {
        PONNUKI_TRY(save());
      }
    }
    return {};
  }

 private:
  LearnerOptions learner_options() const {
    LearnerOptions options = options_.learner;
    options.threads = options_.threads;
    options.workers = workers_;
    return options;
  }
  bool stopped() const { return hooks_.stop != nullptr && *hooks_.stop; }
  bool finished() const {
    return stopped() || (options_.epochs > 0 && samples_.epochs() >= options_.epochs) ||
           (options_.minutes > 0 && state_.seconds >= 60 * options_.minutes);
  }
  /// The completed share of the run if its length is known, else 0.
  double progress() const {
    double share = 0;
    if (options_.epochs > 0) share = samples_.epochs() / options_.epochs;
    if (options_.minutes > 0) share = std::max(share, state_.seconds / (60 * options_.minutes));
    return share;
  }

  Status resume() {
    PONNUKI_TRY(auto state, directory_.read_records_state());
    if (state) {
      state_ = std::move(*state);
      if (Status status = learner_.restore(state_.learner); !status)
        return status.error().in(directory_.state_path(RunKind::kRecords));
      hooks_.say("going on after " + std::to_string(learner_.samples()) + " samples, net " +
                 std::to_string(state_.cycle));
    }
    if (Status status = samples_.resume(state_.place, hooks_.say); !status)
      return status.error().in(directory_.path());
    return directory_.cut_metrics(state_.cycle, hooks_.say);
  }

  /// Learns from a few batches, up to the end of the epoch.
  void learn() {
    const double start = clock_.seconds();
    const std::int64_t batch = options_.learner.batch;
    const std::int64_t left = (samples_.positions() - samples_.place().sample + batch - 1) / batch;
    learner_.set_progress(progress());
    learning_rate_ = learner_.learning_rate();
    state_.learned +=
        learner_.train([this] { return samples_.next(); }, std::min(left, kBatchesAtOnce));
    const double seconds = clock_.seconds() - start;
    state_.learn_seconds += seconds;
    state_.seconds += seconds;
    show_progress();
  }

  /// Of the run if its length is known, else of the epoch.
  void show_progress() const {
    if (!hooks_.progress) return;
    const double share = progress();
    const RecordsPlace& place = samples_.place();
    TrainingProgress shown{"epoch " + std::to_string(place.epoch + 1), place.sample,
                           samples_.positions()};
    if (share > 0) {
      shown.done = std::llround(share * kParts);
      shown.total = kParts;
    }
    const LearningReport& learned = state_.learned;
    shown.detail = format("%lld/%lld (%.0f/s)  policy %.3f", static_cast<long long>(place.sample),
                          static_cast<long long>(samples_.positions()),
                          static_cast<double>(learned.samples) / state_.learn_seconds,
                          learned.loss[nn::training::LossTerm::kPolicy]);
    hooks_.progress(shown);
  }

  /// Writes the current net, and measures how well it predicts the held-out games.
  Status evaluate() {
    const double start = clock_.seconds();
    ++state_.cycle;
    nn::Model model = published_net(learner_, "-records-" + std::to_string(state_.cycle));
    PONNUKI_TRY(directory_.expect_in_place());
    PONNUKI_TRY(nn::write_model(model, directory_.net_path(state_.cycle), {}));
    PONNUKI_TRY(const auto network, network_of(std::move(model), nn::kernels::Precision::kFp32));
    RecordReport report;
    report.held_out =
        evaluate_held_out(*network, samples_.games().held_out,
                          held_out_positions(state_.learned.samples), options_.threads, *workers_);
    state_.seconds += clock_.seconds() - start;
    report.cycle = state_.cycle;
    report.samples = learner_.samples();
    report.epochs = samples_.epochs();
    report.seconds = state_.seconds;
    report.learn_seconds = std::exchange(state_.learn_seconds, 0);
    report.learning_rate = learning_rate_;
    report.idle_share = learner_.idle_share();
    report.learned = std::exchange(state_.learned, {});
    state_.evaluated_at = state_.seconds;
    PONNUKI_TRY(directory_.append_metrics(to_json(report)));
    PONNUKI_TRY(save());
    hooks_.say(to_line(report));
    return write_training_page(directory_);
  }

  Status save() {
    state_.learner = learner_.state();
    state_.place = samples_.place();
    saved_at_ = state_.seconds;
    return directory_.write_records_state(state_);
  }

  RecordTrainingOptions options_;
  TrainingHooks hooks_;
  RunDirectory directory_;
  RecordSamples samples_;
  std::shared_ptr<WorkerPool> workers_ = std::make_shared<WorkerPool>();
  Learner learner_;
  RecordsState state_;
  WorkClock clock_;
  double learning_rate_ = 0;  // of the last batches
  double saved_at_ = 0;       // value of state_.seconds
};

}  // namespace

Status train_on_records(SplitCollection games, const RecordTrainingOptions& options,
                        const TrainingHooks& hooks) {
  PONNUKI_TRY(RunDirectory directory, RunDirectory::open(options.directory));
  PONNUKI_TRY(directory.expect_no_games());
  PONNUKI_TRY(nn::Model model, first_model(options.first));
  return RecordTraining(options, hooks, std::move(directory), std::move(model), std::move(games))
      .run();
}

}  // namespace ponnuki::selfplay
