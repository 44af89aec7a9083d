// Optimizer: changes parameters against their gradients.
//
//     AdamW   Loshchilov and Hutter, "Decoupled Weight Decay Regularization" (2019)
//     SGD     with momentum, as KataGo trains
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "nn/model/parameters.h"

namespace ponnuki::nn::training {

enum class OptimizerKind { kAdamW, kSgd };

struct OptimizerOptions {
  OptimizerKind kind = OptimizerKind::kAdamW;
  double momentum = 0.9;    // beta 1
  double beta2 = 0.99;      // AdamW's
  double epsilon = 1e-8;    // of AdamW's denominator: damps steps of gradients below it
  double weight_decay = 0;  // of weights, not of biases; times the learning rate, a step
  /// Factors of the learning rate, by the names of tensors; 1 for all others. Outputs in points
  /// need small ones: small changes of their weights change them by many points.
  std::map<std::string, double> rates = {};
  double clip = 0;  // gradients of larger norm are scaled down to it; 0: none are
};

class Optimizer {
 public:
  Optimizer(const ParameterLayout& layout, const OptimizerOptions& options);

  /// One step. Requires spans of the layout's size. Returns the norm of the gradient; if that is
  /// not finite, nothing changes.
  double step(std::span<float> values, std::span<const float> gradient, double learning_rate);

  /// All that a later Optimizer needs to go on from here.
  struct State {
    std::int64_t steps = 0;
    std::vector<float> first, second;  // moments; SGD has only the first
  };
  const State& state() const { return state_; }
  /// Requires vectors of the same sizes as in state().
  void restore(State state);

 private:
  /// A tensor and its own factors.
  struct Part {
    std::size_t begin, size;
    float rate, decay;
  };
  void step_adam(std::span<float> values, std::span<const float> gradient, double rate,
                 float scale);
  void step_sgd(std::span<float> values, std::span<const float> gradient, double rate, float scale);

  OptimizerOptions options_;
  std::vector<Part> parts_;
  State state_;
};

}  // namespace ponnuki::nn::training
