#include "selfplay/record_training.h"

#include <algorithm>

#include "engine/clock.h"
#include "engine/random.h"
#include "nn/files/katago/model_writer.h"
#include "nn/kernels/fast_network.h"
#include "selfplay/run_directory.h"
#include "selfplay/training_report.h"

namespace ponnuki::selfplay {
namespace {

LearnerOptions learner_options(const RecordTrainingOptions& options) {
  LearnerOptions learner = options.learner;
  learner.threads = options.threads;
  return learner;
}

class RecordTraining {
 public:
  RecordTraining(const RecordTrainingOptions& options, const TrainingHooks& hooks,
                 RunDirectory directory, nn::Model model, SplitCollection games)
      : options_(options),
        hooks_(hooks),
        directory_(std::move(directory)),
        games_(std::move(games)),
        learner_(std::move(model), learner_options(options)) {}

  Status run() {
    hooks_.say(games_.summary());
    if (Status status = resume(); !status) return status;
    if (Status status =
            directory_.write_config(RunKind::kRecords, to_json(options_, games_), options_.given);
        !status)
      return status;
    if (finished()) hooks_.say("this run is at its end; --epochs or --minutes take it further");
    begin_stretch();
    while (!finished()) {
      const std::int64_t epoch = state_.epoch;
      learn();
      const bool is_due = options_.evaluate_every > 0 &&
                          state_.seconds - evaluated_at_ >= 60 * options_.evaluate_every;
      if (state_.epoch > epoch || is_due || finished()) {
        if (Status status = evaluate(); !status) return status;
      } else if (state_.seconds - saved_at_ >= kSaveSeconds) {
        if (Status status = save(); !status) return status;
      }
    }
    return {};
  }

 private:
  std::int64_t positions() const { return games_.training.positions(); }
  double epochs() const {
    return static_cast<double>(state_.epoch) +
           static_cast<double>(state_.sample) / static_cast<double>(positions());
  }
  bool finished() const {
    return (hooks_.stop != nullptr && *hooks_.stop) ||
           (options_.epochs > 0 && epochs() >= options_.epochs) ||
           (options_.minutes > 0 && state_.seconds >= 60 * options_.minutes);
  }
  /// Of a run whose length is known, else 0.
  double progress() const {
    double share = 0;
    if (options_.epochs > 0) share = epochs() / options_.epochs;
    if (options_.minutes > 0) share = std::max(share, state_.seconds / (60 * options_.minutes));
    return share;
  }

  Status resume() {
    auto state = directory_.read_records_state();
    if (!state) return state.error();
    if (*state) {
      state_ = std::move(**state);
      if (Status status = learner_.restore(state_.learner); !status)
        return status.error().in(directory_.path());
      state_.sample = std::min(state_.sample, positions() - 1);  // there may be fewer than before
      hooks_.say("going on after " + std::to_string(learner_.samples()) + " samples, net " +
                 std::to_string(state_.cycle));
    }
    return directory_.cut_metrics(state_.cycle);
  }

  /// The sample after the one before.
  Learner::Maker next() {
    const auto epoch = static_cast<std::uint64_t>(state_.epoch);
    const auto sample = static_cast<std::uint64_t>(state_.sample);
    const std::uint64_t key = splitmix64(options_.first.seed ^ splitmix64(epoch));
    const auto place = games_.training.place(shuffled(state_.sample, positions(), key));
    Symmetry symmetry;
    if (options_.augment) symmetry = Symmetry(static_cast<int>(Random(key, sample).below(8)));
    if (++state_.sample == positions()) {
      state_.sample = 0;
      ++state_.epoch;
    }
    return [place, symmetry](const nn::PlaneOptions& planes, nn::PlaneEncoder& encoder,
                             TrainingPosition& out) {
      make_training_position(*place.game, place.turn, symmetry, planes, encoder, out);
    };
  }

  /// A few batches, up to the end of the epoch.
  void learn() {
    const auto start = Clock::now();
    const std::int64_t batch = options_.learner.batch;
    const std::int64_t left = (positions() - state_.sample + batch - 1) / batch;
    learner_.set_progress(progress());
    stretch_.learning_rate = learner_.learning_rate();
    stretch_.learned += learner_.train([this] { return next(); }, std::min(left, kBatchesAtOnce));
    const double seconds = seconds_since(start);
    stretch_.learn_seconds += seconds;
    state_.seconds += seconds;
    if (hooks_.progress)
      hooks_.progress({"epoch " + std::to_string(state_.epoch + 1), state_.sample, positions()});
  }

  void begin_stretch() {
    stretch_ = {};
    evaluated_at_ = saved_at_ = state_.seconds;
  }

  /// The net as it is, and how well it foretells the games held out.
  Status evaluate() {
    const auto start = Clock::now();
    ++state_.cycle;
    nn::Model model = published();
    if (Status status = nn::write_model(model, directory_.net_path(state_.cycle), {}); !status)
      return status;
    auto network = nn::kernels::make_fast_network(std::make_shared<nn::Model>(std::move(model)));
    if (!network) return network.error();
    stretch_.held_out = evaluate_held_out(**network, games_.held_out, options_.held_out_positions,
                                          options_.threads);
    state_.seconds += seconds_since(start);
    stretch_.cycle = state_.cycle;
    stretch_.samples = learner_.samples();
    stretch_.epochs = epochs();
    stretch_.seconds = state_.seconds;
    if (Status status = directory_.append_metrics(to_json(stretch_)); !status) return status;
    if (Status status = save(); !status) return status;
    hooks_.say(to_line(stretch_));
    begin_stretch();
    return write_training_page(directory_);
  }

  Status save() {
    state_.learner = learner_.state();
    saved_at_ = state_.seconds;
    return directory_.write_records_state(state_);
  }

  nn::Model published() const {
    nn::Model model = learner_.published();
    const nn::NetShape shape{static_cast<int>(model.trunk.blocks.size()), model.trunk.channels};
    model.name = nn::net_shape_text(shape) + "-records-" + std::to_string(state_.cycle);
    return model;
  }

  RecordTrainingOptions options_;
  TrainingHooks hooks_;
  RunDirectory directory_;
  SplitCollection games_;
  Learner learner_;
  RecordsState state_;
  RecordReport stretch_;
  double evaluated_at_ = 0, saved_at_ = 0;  // of state_.seconds
};

}  // namespace

nn::training::LossVector record_loss_weights() {
  nn::training::LossVector weights = nn::training::default_loss_weights();
  weights[nn::training::LossTerm::kSoftPolicy] = weights[nn::training::LossTerm::kSoftReply] = 0;
  return weights;
}

Status train_on_records(SplitCollection games, const RecordTrainingOptions& options,
                        const TrainingHooks& hooks) {
  auto directory = RunDirectory::open(options.directory);
  if (!directory) return directory.error();
  if (Status status = directory->expect_no_games(); !status) return status;
  auto model = first_model(options.first);
  if (!model) return model.error();
  return RecordTraining(options, hooks, std::move(*directory), std::move(*model), std::move(games))
      .run();
}

}  // namespace ponnuki::selfplay
