// BackwardStep: the way back through one layer, for a microbatch of boards of one size.
//
// Forward steps leave activations in the slots of the workspace (training_plan.h); backward steps
// read them and pass gradients of the loss on from slot to slot. What belongs to the parameters is
// added up in `sums`, one array a thread, in whatever layout suits the kernels; when the batch is
// done and the threads' sums are added together, collect() makes the parameters' gradient of it.
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

/// Hands out places in the array of sums.
class SumsLayout {
 public:
  /// The first of `count` floats, on a 64-byte boundary.
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
  virtual void run(BackwardRun& backward) const = 0;
  /// Writes the gradient of this layer's parameters.
  virtual void collect(const float* sums, float* gradient) const = 0;
};

}  // namespace ponnuki::nn::training
