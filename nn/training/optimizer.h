// Optimizer: updates parameters from their gradients.
//
//     AdamW   Loshchilov and Hutter, "Decoupled Weight Decay Regularization" (2019)
//     Muon    Jordan et al., "Muon: An optimizer for hidden layers in neural networks" (2024):
//             AdamW, but weights between hidden features step along their momentum made
//             orthogonal, in steps as large as AdamW's (Liu et al., "Muon is Scalable for LLM
//             Training", 2025)
//     SGD     with momentum, as KataGo trains
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/worker_pool.h"
#include "nn/model/parameters.h"
#include "nn/training/orthogonalizer.h"

namespace ponnuki::nn::training {

enum class OptimizerKind { kAdamW, kMuon, kSgd };

std::string optimizer_name(OptimizerKind kind);  // "adamw", "muon" or "sgd"

struct OptimizerOptions {
  OptimizerKind kind = OptimizerKind::kAdamW;
  double momentum = 0.9;  // beta 1
  double muon_momentum = 0.95;
  double beta2 = 0.99;    // AdamW
  double epsilon = 1e-8;  // added to the denominator; damps steps of tiny gradients
  // Applies to weights, not to biases. Multiplied by the learning rate in each step.
  double weight_decay = 0;
  /// Factors of the learning rate by name of tensor; 1 for all others. Outputs in points need small
  /// factors: small changes of their weights change them by many points.
  std::map<std::string, double> rates = {};
  double clip = 0;  // gradients with a larger norm are scaled down to it; 0: never
  // Muon: the matrices are shared out among threads. The result does not depend on their number.
  int threads = 1;
  std::shared_ptr<WorkerPool> workers = {};  // null: makes its own pool
};

class Optimizer {
 public:
  Optimizer(const ParameterLayout& layout, const OptimizerOptions& options);

  /// Performs one step. Requires spans of the layout's size. Returns the norm of the gradient. If
  /// the norm is not finite, nothing changes.
  double step(std::span<float> values, std::span<const float> gradient, double learning_rate);

  /// Sets the moments of a parameter to 0: it begins anew.
  void forget(std::size_t index);

  /// The state from which another Optimizer can continue.
  struct State {
    std::int64_t steps = 0;
    std::vector<float> first, second;  // moments; SGD has only the first
  };
  const State& state() const { return state_; }
  /// Requires vectors of the same sizes as those of state().
  void restore(State state);

 private:
  /// A tensor and its factors.
  struct Part {
    std::size_t begin, size;
    float rate, decay;
    int columns;  // of a matrix whose steps are made orthogonal; else 0
  };
  /// What a thread works with.
  struct Thread {
    Orthogonalizer orthogonalizer;
    std::vector<float> direction;
  };
  void step_adam(std::span<float> values, std::span<const float> gradient, double rate,
                 float scale);
  void step_muon(std::span<float> values, std::span<const float> gradient, double rate,
                 float scale);
  void step_muon(const Part& part, Thread& thread, std::span<float> values,
                 std::span<const float> gradient, double rate, float scale);
  void step_sgd(std::span<float> values, std::span<const float> gradient, double rate, float scale);

  OptimizerOptions options_;
  std::shared_ptr<WorkerPool> workers_;
  std::vector<Part> parts_, matrices_;
  std::vector<Thread> threads_;
  State state_;
};

}  // namespace ponnuki::nn::training
