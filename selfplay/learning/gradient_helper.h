// GradientHelper: computes the gradient of a part of a batch for a Learner in another process. It
// knows nothing but the net, and checks all that it is sent.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/result.h"
#include "nn/training/loss.h"
#include "nn/training/training_net.h"
#include "selfplay/learning/training_position.h"

namespace ponnuki::selfplay {

/// Computes the gradient of the sum of the losses, [layout().size()]. Returns the weighted loss of
/// each position.
std::vector<nn::training::LossVector> gradient_of(nn::training::TrainingNet& net,
                                                  std::span<const TrainingPosition> positions,
                                                  const nn::training::LossVector& weights,
                                                  std::span<float> gradient);

/// The shape of a model with training outputs, for GradientHelper::take_model().
std::string helper_model_bytes(const nn::Model& model);
/// Positions for GradientHelper::compute().
std::string positions_to_bytes(std::span<const TrainingPosition> positions);
/// Returns an error if these are no positions that positions_to_bytes() has written.
Result<std::vector<TrainingPosition>> positions_of_bytes(std::string_view bytes);

class GradientHelper {
 public:
  explicit GradientHelper(int threads) : threads_(threads) {}

  /// Replaces the model. Returns an error if it cannot be trained.
  Status take_model(std::string_view bytes);
  /// The number of the model's parameters; 0 without a model.
  std::size_t parameters() const { return gradient_.size(); }

  /// Computes gradient() and loss() of these positions. Returns an error if there is no model, or
  /// if the arguments do not fit it.
  Status compute(std::span<const float> parameters, const nn::training::LossVector& weights,
                 std::string_view positions);
  std::span<float> gradient() { return gradient_; }               // a sum over the positions
  const nn::training::LossVector& loss() const { return loss_; }  // the same, weighted

  /// As in TrainingNet. Without a model there are no channels.
  void watch_channels();
  std::vector<bool> idle_channels();

 private:
  int threads_;
  std::unique_ptr<nn::training::TrainingNet> net_;
  std::vector<float> gradient_;
  nn::training::LossVector loss_;
};

}  // namespace ponnuki::selfplay
