// Learner: a net that learns from positions: those of a ReplayWindow, or others that are drawn.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "nn/training/loss.h"
#include "nn/training/optimizer.h"
#include "nn/training/training_net.h"
#include "selfplay/replay_window.h"
#include "selfplay/training_position.h"

namespace ponnuki::selfplay {

struct LearnerOptions {
  int threads = 1;
  int batch = 64;
  double learning_rate = 2e-3;
  double warmup_samples = 20000;   // over which the rate rises from 0
  double final_share = 0.1;        // of the rate, at the end of a run whose length is known
  double average_samples = 50000;  // about so many are averaged over in the net that is published
  nn::training::OptimizerOptions optimizer{.epsilon = 1e-6,
                                           .weight_decay = 1e-3,
                                           .rates = {{"value/misc", 0.1}, {"value/misc_bias", 0.1}},
                                           .clip = 5};
  nn::training::LossVector loss_weights = nn::training::default_loss_weights();
};

/// A loop that learns looks up after so many batches, to see whether it is told to stop,
constexpr std::int64_t kBatchesAtOnce = 20;
/// and saves what it has learned every so often.
constexpr double kSaveSeconds = 15;

class Learner {
 public:
  /// `model` has training outputs (training_model.h).
  Learner(nn::Model model, const LearnerOptions& options);

  struct Report {
    nn::training::LossVector loss;  // mean a sample, each term without its weight
    double policy_entropy = 0;      // of the targets, nats: what the policy loss could come down to
    double gradient_norm = 0;       // mean
    std::int64_t samples = 0;

    /// Means over the samples of both.
    Report& operator+=(const Report& other);
  };
  /// So many batches drawn at random from the window, shown under random symmetries. Requires rows
  /// in the window.
  Report train(const ReplayWindow& window, std::int64_t batches, Random& random);

  /// Makes a position that was drawn; called on any thread.
  using Maker = std::function<void(const nn::PlaneOptions& planes, nn::PlaneEncoder& encoder,
                                   TrainingPosition& out)>;
  /// The same with positions that `draw` draws, one after another on the calling thread.
  Report train(const std::function<Maker()>& draw, std::int64_t batches);

  std::int64_t samples() const { return samples_; }  // so far
  double learning_rate() const;                      // of the next batch
  /// How much of the run is over, 0 to 1; in the last fifth the rate falls.
  void set_progress(double progress) { progress_ = progress; }
  /// The average of the weights over time, without training outputs.
  nn::Model published() const;
  /// The same with training outputs.
  nn::Model average() const;

  /// All that is needed to go on as if nothing had happened, as bytes.
  std::string state() const;
  /// An error if the bytes are no state of a net of this shape.
  Status restore(std::string_view state);
  /// Goes on from the weights of a published net; the training outputs stay what they are. An error
  /// if it is of another shape.
  Status adopt(const nn::Model& published);

 private:
  void prepare(const std::function<Maker()>& draw);

  LearnerOptions options_;
  nn::training::TrainingNet net_;
  nn::training::Optimizer optimizer_;
  std::vector<float> values_, average_, gradient_;
  std::int64_t samples_ = 0;
  double progress_ = 0;
  nn::PlaneOptions planes_;
  std::vector<nn::PlaneEncoder> encoders_;  // one a thread
  std::vector<TrainingPosition> positions_;
};

}  // namespace ponnuki::selfplay
