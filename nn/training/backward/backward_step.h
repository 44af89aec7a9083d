// BackwardStep: the backward pass through one layer, for a microbatch of boards of one size.
//
// Forward steps leave activations in the slots of the workspace (nn/training/training_plan.h).
// Backward steps read them and pass gradients of the loss on from slot to slot. Each thread adds up
// what the parameters' gradients are made of in an array of its own, `sums`, in whatever layout
// suits the kernels. When the batch is done, the threads' arrays are added together and collect()
// turns the total into the parameters' gradients.
#pragma once

#include "nn/kernels/simd/training_kernels.h"
#include "nn/kernels/step/step.h"
#include "nn/model/parameters.h"

namespace ponnuki::nn::training {

struct BackwardRun {
  kernels::Run& run;
  const NetworkOutput* const* output_gradients;  // by image
  float* sums;                                   // of this thread
};

/// Hands out parts of the array of sums.
class SumsLayout {
 public:
  /// The index of the first of `count` floats, on a 64-byte boundary.
  std::size_t take(std::size_t count) {
    const std::size_t begin = size_;
    size_ += (count + kernels::kChannelPad - 1) / kernels::kChannelPad * kernels::kChannelPad;
    return begin;
  }
  std::size_t size() const { return size_; }

 private:
  std::size_t size_ = 0;
};

/// What backward steps are made with.
struct BackwardContext {
  const kernels::KernelTable& kernels;
  const ParameterLayout& parameters;
  SumsLayout& sums;
};

class BackwardStep {
 public:
  virtual ~BackwardStep() = default;
  /// Packs the layer's weights as they are now; before the first run() and after each change.
  virtual void pack() {}
  virtual void run(BackwardRun& backward) const = 0;
  /// Writes the gradient of this layer's parameters, in the order of the ParameterLayout.
  virtual void collect(const float* sums, float* gradient) const = 0;
};

}  // namespace ponnuki::nn::training
