// Optimizer: parameters follow their gradients.
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
  double epsilon = 1e-8;    // of its denominator: what smaller gradients are too small to matter
  double weight_decay = 0;  // of weights, not of biases; times the learning rate, a step
  /// Of the learning rate, by the names of tensors; 1 for all others. Outputs in points take small
  /// ones: their weights' least change moves them by many points.
  std::map<std::string, double> rates = {};
  double clip = 0;  // the largest norm of a gradient; longer ones are shortened. 0: any
};

class Optimizer {
 public:
  Optimizer(const ParameterLayout& layout, const OptimizerOptions& options);

  /// One step. Requires sizes of the layout. Returns the norm of the gradient; if that is no finite
  /// number nothing changes.
  double step(std::span<float> values, std::span<const float> gradient, double learning_rate);

  /// What has to be kept for a run to go on as if it had never stopped.
  struct State {
    std::int64_t steps = 0;
    std::vector<float> first, second;  // moments; SGD has only the first
  };
  const State& state() const { return state_; }
  /// Requires vectors of the sizes of state()'s.
  void restore(State state);

 private:
  /// A tensor and the factors that are its own.
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
