// The loss of a position: how far the net's outputs are from their targets. Terms and weights
// follow KataGo's training (python/katago/train/metrics_pytorch.py).
#pragma once

#include <array>

#include "nn/network.h"
#include "nn/training/target.h"

namespace ponnuki::nn::training {

enum class LossTerm {
  kPolicy,      // cross entropy
  kReply,       // cross entropy, of the opponent's next move
  kSoftPolicy,  // of the policy to the power 1/4
  kSoftReply,
  kValue,      // cross entropy of win, loss, no result
  kTdValue,    // of all horizons
  kOwnership,  // cross entropy, mean over the board
  kScorePdf,
  kScoreCdf,
  kScoreMean,   // Huber, points
  kScoreStdev,  // of the predicted distribution, Huber
  kLead,        // Huber
  kValueError,  // of the predicted squared error of the shortest horizon's value, Huber
  kScoreError,  // and of its score, Huber
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

/// The weighted terms for one position. Writes the gradient of their sum with respect to the
/// outputs of a training model (training_model.h) to `gradient`, whose vectors have the outputs'
/// sizes. Terms without a target are 0.
LossVector loss_of(const NetworkOutput& output, const TrainingTarget& target,
                   const LossVector& weights, NetworkOutput& gradient);

}  // namespace ponnuki::nn::training
