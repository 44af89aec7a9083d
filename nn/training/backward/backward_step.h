// BackwardStep: the backward pass through one layer, for a microbatch of boards of one size.
//
// Forward steps leave activations in the slots of the workspace (nn/training/training_plan.h).
// Backward steps read them and pass gradients of the loss from slot to slot. Each thread
// accumulates the data for the parameters' gradients in its own array, `sums`, in whatever layout
// suits the kernels. After the batch the threads' arrays are added, and collect() computes the
// parameters' gradients from the total.
#pragma once

#include "nn/kernels/simd/training_kernels.h"
#include "nn/kernels/step/step.h"
#include "nn/model/parameters.h"
#include "nn/training/backward/training_precision.h"

namespace ponnuki::nn::training {

struct BackwardRun {
  kernels::Run& run;
  const NetworkOutput* const* output_gradients;  // one for each image
  float* sums;                                   // array of this thread
};

/// Allocates parts of the array of sums.
class SumsLayout {
 public:
  /// Returns the index of the first of `count` floats, aligned to 64 bytes.
  std::size_t take(std::size_t count) {
    const std::size_t begin = size_;
    size_ += (count + kernels::kChannelPad - 1) / kernels::kChannelPad * kernels::kChannelPad;
    return begin;
  }
  std::size_t size() const { return size_; }

 private:
  std::size_t size_ = 0;
};

/// The arguments for making backward steps.
struct BackwardContext {
  const kernels::KernelTable& kernels;
  TrainingPrecision precision;
  const ParameterLayout& parameters;
  SumsLayout& sums;
};

class BackwardStep {
 public:
  virtual ~BackwardStep() = default;
  /// Packs the layer's current weights. Must be called before the first run() and after each
  /// change.
  virtual void pack() {}
  virtual void run(BackwardRun& backward) const = 0;
  /// Writes the gradient of this layer's parameters, in the order of the ParameterLayout.
  virtual void collect(const float* sums, float* gradient) const = 0;
};

}  // namespace ponnuki::nn::training
