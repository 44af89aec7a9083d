// Learner: trains a net on positions that are drawn from a ReplayWindow or by the caller.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "engine/worker_pool.h"
#include "nn/training/optimizer.h"
#include "nn/training/training_net.h"
#include "selfplay/learning/gradient_team.h"
#include "selfplay/learning/learning_report.h"
#include "selfplay/learning/replay_window.h"
#include "selfplay/learning/training_position.h"

namespace ponnuki::selfplay {

struct LearnerOptions {
  int threads = 1;
  std::shared_ptr<WorkerPool> workers = {};  // null: makes its own pool
  // Shares the gradients, for the Learner that was made last; null: this process alone.
  std::shared_ptr<GradientTeam> team = {};
  int batch = 64;
  double learning_rate = 2e-3;
  // The number of samples during which the learning rate rises from 0.
  double warmup_samples = 20000;
  // If the length of the run is known, the learning rate falls in this last share of it, in equal
  // steps, to final_share of itself.
  double fall_share = 0.2;
  double final_share = 0.02;
  // The published net is an average of the weights over about this many samples.
  double average_samples = 50000;
  // Idle channels are looked for, and made to learn again, after so many samples; 0: never.
  std::int64_t revive_samples = 50000;
  nn::training::OptimizerOptions optimizer{.epsilon = 1e-6,
                                           .weight_decay = 1e-3,
                                           .rates = {{"value/misc", 0.1}, {"value/misc_bias", 0.1}},
                                           .clip = 5};
  nn::training::LossVector loss_weights = nn::training::default_loss_weights();
};

/// The number of batches after which a training loop checks whether it must stop.
constexpr std::int64_t kBatchesAtOnce = 20;
/// The interval at which a training loop saves its state.
constexpr double kSaveSeconds = 15;

class Learner {
 public:
  /// Requires a model with training outputs (nn/training/training_model.h).
  Learner(nn::Model model, const LearnerOptions& options);

  using Report = LearningReport;
  /// Trains on `batches` batches, drawn at random from the window and shown under random
  /// symmetries. Requires rows in the window.
  Report train(const ReplayWindow& window, std::int64_t batches, Random& random);

  /// Writes the planes and the target of a position that was drawn. Called on any thread.
  using Maker = std::function<void(const nn::PlaneOptions& planes, nn::PlaneEncoder& encoder,
                                   TrainingPosition& out)>;
  /// The same with positions from `draw`, which is called once for each position, on the calling
  /// thread.
  Report train(const std::function<Maker()>& draw, std::int64_t batches);

  /// The maker of a position that is drawn at random from the window, under a random symmetry.
  /// Requires rows in the window.
  static Maker drawn(const ReplayWindow& window, Random& random);

  /// The share of idle channels (TrainingNet) when this Learner looked for them last.
  std::optional<double> idle_share() const { return idle_share_; }

  std::int64_t samples() const { return samples_; }  // samples used so far
  double learning_rate() const;                      // for the next batch
  /// Sets the completed share of the run, 0 to 1. In the last fall_share the learning rate falls.
  void set_progress(double progress) { progress_ = progress; }
  /// The net with averaged weights, without training outputs.
  nn::Model published() const;
  /// The net with averaged weights and training outputs.
  nn::Model average() const;

  /// The state from which another learner can continue, as bytes.
  std::string state() const;
  /// Returns an error if the bytes are not the state of a net of this shape.
  Status restore(std::string_view state);
  /// Continues from the weights of a published net; keeps the current training outputs. Returns an
  /// error if the net has another shape.
  Status adopt(const nn::Model& published);

 private:
  void prepare(const std::function<Maker()>& draw);
  nn::training::LossVector compute_gradient(const nn::training::LossVector& before);
  double learn_batch(Report& report);
  void update_average();
  void watch_channels();
  void revive_idle_channels();

  LearnerOptions options_;
  std::shared_ptr<WorkerPool> workers_;
  nn::training::TrainingNet net_;
  nn::training::Optimizer optimizer_;
  std::vector<float> values_, average_, gradient_;
  std::int64_t samples_ = 0;
  double progress_ = 0;
  std::optional<double> idle_share_;
  nn::PlaneOptions planes_;
  std::vector<nn::PlaneEncoder> encoders_;   // one for each thread
  std::vector<TrainingPosition> positions_;  // positions of the batch
};

}  // namespace ponnuki::selfplay
