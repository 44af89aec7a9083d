// The loss of a position: the distance of the net's outputs from their targets. Terms and weights
// follow KataGo's training (python/katago/train/metrics_pytorch.py).
#pragma once

#include <array>

#include "nn/network.h"
#include "nn/training/target.h"

namespace ponnuki::nn::training {

enum class LossTerm {
  kPolicy,      // cross entropy
  kReply,       // cross entropy of the opponent's next move
  kSoftPolicy,  // cross entropy of both policies to the power 1/4
  kSoftReply,
  kValue,      // cross entropy of win, loss, no result
  kTdValue,    // cross entropy, all horizons
  kOwnership,  // cross entropy, mean over the board
  kScorePdf,
  kScoreCdf,
  kScoreMean,   // Huber, points
  kScoreStdev,  // Huber, of the predicted distribution
  kLead,        // Huber
  // Huber, of the predicted squared error of the value with the shortest horizon.
  kValueError,
  // Huber, of the predicted squared error of the score with the shortest horizon.
  kScoreError,
  kCount
};
inline constexpr std::size_t kLossTerms = static_cast<std::size_t>(LossTerm::kCount);
const char* loss_term_name(LossTerm term);

/// One number for each term.
struct LossVector {
  std::array<double, kLossTerms> terms{};

  double& operator[](LossTerm term) { return terms[static_cast<std::size_t>(term)]; }
  double operator[](LossTerm term) const { return terms[static_cast<std::size_t>(term)]; }
  double total() const;
  LossVector& operator+=(const LossVector& other);
};

/// KataGo's weights.
LossVector default_loss_weights();

/// Returns the weighted terms for one position. Writes the gradient of their sum with respect to
/// the outputs of a training model (training_model.h) to `gradient`, whose vectors must have the
/// outputs' sizes. Terms without a target are 0.
LossVector loss_of(const NetworkOutput& output, const TrainingTarget& target,
                   const LossVector& weights, NetworkOutput& gradient);

}  // namespace ponnuki::nn::training
