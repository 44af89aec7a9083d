// GradientTeam: other processes that compute the gradient of a part of each batch for a Learner.
//
//     Learner: team.start(parameters, their positions)    the helpers begin
//              gradient of its own positions              at the same time
//              team.finish(gradient, loss)                the helpers' sums are added
//
// So a batch is the same as without a team, and its gradient is the same within rounding.
#pragma once

#include <span>
#include <vector>

#include "nn/model/model.h"
#include "nn/training/loss.h"
#include "selfplay/learning/training_position.h"

namespace ponnuki::selfplay {

/// A failure of a helper or of what connects them ends the program: no call returns an error.
class GradientTeam {
 public:
  struct Task {
    std::span<const float> parameters;  // of the model of begin(), in the order of its layout
    const nn::training::LossVector& weights;
    std::span<const TrainingPosition> positions;
  };

  virtual ~GradientTeam() = default;
  /// All that follows is about a model of this shape, with training outputs.
  virtual void begin(const nn::Model& model) = 0;
  /// How many of the positions of a batch the caller computes itself: from 1 to all of them.
  /// Requires batch > 0.
  virtual std::size_t own_share(std::size_t batch) const = 0;
  /// Gives the work out. Returns when the helpers have it.
  virtual void start(const Task& task) = 0;
  /// Waits for the helpers. Adds the sum of their gradients and the sum of their weighted losses.
  virtual void finish(std::span<float> gradient, nn::training::LossVector& loss) = 0;
  /// Begins to watch channels at the helpers, as TrainingNet::watch_channels().
  virtual void watch_channels() = 0;
  /// Ends watching. Clears the flag of each channel that was not idle at some helper.
  virtual void join_idle_channels(std::vector<bool>& idle) = 0;
};

}  // namespace ponnuki::selfplay
