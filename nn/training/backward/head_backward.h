// The backward pass through the heads, from the gradient of a NetworkOutput to the gradient of the
// trunk.
//
//     trunk --tip norm, ReLU--> [p1 | g1 | v1] 1 × 1 side by side, in one map
//         g1 --norm, ReLU, pool--> added to p1, and the pass logits
//         p1 --norm, ReLU, p2 1 × 1--> policy
//         v1 --norm, ReLU--> ownership; --pool, v2, ReLU--> value, misc
#pragma once

#include <optional>

#include "nn/kernels/layers/heads.h"
#include "nn/training/backward/conv_backward.h"
#include "nn/training/backward/pooling_backward.h"

namespace ponnuki::nn::training {

class PolicyHeadBackward {
 public:
  PolicyHeadBackward(const BackwardContext& context, const PolicyHead& head);

  /// The maps [p1 | g1 | v1] of activations and of gradients. `out_gradient` is free for use and
  /// has the width of the padded outputs of p2.
  struct Maps {
    kernels::HeadSlots slots;
    kernels::Map activated, gradient, out_gradient;
  };
  void pack() { p2_.pack(); }
  void run(BackwardRun& backward, const Maps& maps) const;
  void collect(const float* sums, float* gradient) const;

 private:
  void spread_out(BackwardRun& backward, const kernels::Map& out_gradient) const;
  void run_image(BackwardRun& backward, const Maps& maps, int image) const;

  const PolicyHead& head_;
  NormBackward p1_norm_;
  PoolingBranchBackward branch_;
  DenseBackward pass_;
  ConvBackward p2_;
};

class ValueHeadBackward {
 public:
  ValueHeadBackward(const BackwardContext& context, const ValueHead& head);

  void pack();
  /// Processes one image, given the channels of v1 in the maps of activations and of gradients.
  /// Requires pack().
  void run_image(BackwardRun& backward, const NetworkOutput& out_gradient,
                 const kernels::Map& activated, const kernels::Map& gradient) const;
  void collect(const float* sums, float* gradient) const;

 private:
  const float* pooled_gradient(BackwardRun& backward, const NetworkOutput& out_gradient,
                               const float* pooled) const;
  void add_ownership(BackwardRun& backward, const NetworkOutput& out_gradient,
                     const kernels::Map& activated, float* rows) const;

  const ValueHead& head_;
  NormBackward v1_norm_;
  const kernels::KernelTable& kernels_;
  // Packed; repeats the computation of the forward step.
  std::optional<kernels::PackedDense> v2_forward_;
  DenseBackward v2_, v3_, misc_;
  std::size_t ownership_, ownership_sums_;  // offsets in the parameters and in the sums [v1]
};

/// The slots that the backward step of the heads reads and writes.
struct HeadBackwardSlots {
  int tip = 0;               // the trunk, activated
  kernels::HeadSlots heads;  // of the forward steps
  int heads_gradient = 0;    // gradients of [p1 | g1 | v1]
  int out_gradient = 0;
  int trunk_gradient = 0;
};

class HeadsBackward : public BackwardStep {
 public:
  /// Keeps pointers to the model.
  HeadsBackward(const BackwardContext& context, const Model& model, const HeadBackwardSlots& slots);
  void pack() override;
  void run(BackwardRun& backward) const override;
  void collect(const float* sums, float* gradient) const override;

 private:
  HeadBackwardSlots slots_;
  NormBackward tip_;
  ConvBackward convs_;
  PolicyHeadBackward policy_;
  ValueHeadBackward value_;
};

}  // namespace ponnuki::nn::training
