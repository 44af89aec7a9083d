// ScoreMixture: the distribution of the final score as a mixture of discretised logistic
// distributions (Salimans et al., "PixelCNN++", 2017, section 2.1). It is independent of the board
// size:
//
//     P(score <= s) = F(s + 1/2)     F(x) = Σ_k π_k sigmoid((x - μ_k) / σ_k)
//
// Each component has 3 raw outputs: the logit of π; μ / 20, plus an offset so that the components
// start apart; and σ before a softplus.
#pragma once

#include <array>
#include <span>

#include "nn/training/training_model.h"

namespace ponnuki::nn::training {

class ScoreMixture {
 public:
  using Raw = std::span<const float>;  // [3 * kScoreComponents]
  explicit ScoreMixture(Raw raw);

  double mean() const;
  double stdev() const;

  /// Returns weight * -log P(score). Adds its gradient to gradient[3 * kScoreComponents].
  double log_loss(double score, double weight, std::span<double> gradient) const;
  /// Returns weight * Σ_x (F(x) - [score < x])² over x = score ± 1/2, ± 3/2, ... up to a distance
  /// of `reach` (a ranked probability score). Adds its gradient likewise.
  double cumulative_loss(double score, int reach, double weight, std::span<double> gradient) const;

 private:
  using Parts = std::array<double, kScoreComponents>;
  /// The sigmoids in F(x), one for each component.
  Parts parts(double x) const;
  double cumulative(const Parts& parts) const;
  /// Adds the gradient of F(x), multiplied by `factor`.
  void add_gradient(double x, const Parts& parts, double factor, std::span<double> gradient) const;

  Parts share_, mean_, scale_, scale_slope_;
};

}  // namespace ponnuki::nn::training
