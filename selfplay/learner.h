// Learner: a net that learns from positions, drawn from a ReplayWindow or by the caller.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "engine/worker_pool.h"
#include "nn/training/loss.h"
#include "nn/training/optimizer.h"
#include "nn/training/training_net.h"
#include "selfplay/replay_window.h"
#include "selfplay/training_position.h"

namespace ponnuki::selfplay {

struct LearnerOptions {
  int threads = 1;
  std::shared_ptr<WorkerPool> workers = {};  // null: a pool of its own
  int batch = 64;
  double learning_rate = 2e-3;
  double warmup_samples = 20000;   // over which the rate rises from 0
  double final_share = 0.1;        // of the rate, at the end of a run whose length is known
  double average_samples = 50000;  // the published net is an average over about so many
  nn::training::OptimizerOptions optimizer{.epsilon = 1e-6,
                                           .weight_decay = 1e-3,
                                           .rates = {{"value/misc", 0.1}, {"value/misc_bias", 0.1}},
                                           .clip = 5};
  nn::training::LossVector loss_weights = nn::training::default_loss_weights();
};

/// A training loop checks after so many batches whether it is told to stop.
constexpr std::int64_t kBatchesAtOnce = 20;
/// It saves its state every so many seconds.
constexpr double kSaveSeconds = 15;

class Learner {
 public:
  /// Requires a model with training outputs (nn/training/training_model.h).
  Learner(nn::Model model, const LearnerOptions& options);

  struct Report {
    nn::training::LossVector loss;  // mean a sample, each term without its weight
    double policy_entropy = 0;      // of the targets, nats: the least that the policy loss can be
    double gradient_norm = 0;       // mean
    std::int64_t samples = 0;

    /// Means over the samples of both.
    Report& operator+=(const Report& other);
  };
  /// Learns from so many batches, drawn at random from the window and shown under random
  /// symmetries. Requires rows in the window.
  Report train(const ReplayWindow& window, std::int64_t batches, Random& random);

  /// Makes a position that was drawn; called on any thread.
  using Maker = std::function<void(const nn::PlaneOptions& planes, nn::PlaneEncoder& encoder,
                                   TrainingPosition& out)>;
  /// The same with positions from `draw`, which is called once a position on the calling thread.
  Report train(const std::function<Maker()>& draw, std::int64_t batches);

  std::int64_t samples() const { return samples_; }  // learned from so far
  double learning_rate() const;                      // of the next batch
  /// The share of the run that is over, 0 to 1. In the last fifth the learning rate falls.
  void set_progress(double progress) { progress_ = progress; }
  /// The net with the average of its weights over time, without training outputs.
  nn::Model published() const;
  /// The same with training outputs.
  nn::Model average() const;

  /// All that a later learner needs to go on from here, as bytes.
  std::string state() const;
  /// An error if the bytes are not the state of a net of this shape.
  Status restore(std::string_view state);
  /// Goes on from the weights of a published net; the training outputs stay as they are. An error
  /// if it is of another shape.
  Status adopt(const nn::Model& published);

 private:
  void prepare(const std::function<Maker()>& draw);
  double learn_batch(Report& report);
  void update_average();

  LearnerOptions options_;
  std::shared_ptr<WorkerPool> workers_;
  nn::training::TrainingNet net_;
  nn::training::Optimizer optimizer_;
  std::vector<float> values_, average_, gradient_;
  std::int64_t samples_ = 0;
  double progress_ = 0;
  nn::PlaneOptions planes_;
  std::vector<nn::PlaneEncoder> encoders_;   // one a thread
  std::vector<TrainingPosition> positions_;  // of the batch
};

}  // namespace ponnuki::selfplay
