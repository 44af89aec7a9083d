// The policy and value heads: from the map of their first convolutions (p1, g1, v1 side by side) to
// NetworkOutput.
#pragma once

#include "nn/kernels/conv/conv.h"
#include "nn/kernels/layers/packed_dense.h"

namespace ponnuki::nn::kernels {

/// The slots that the heads read and write.
struct HeadSlots {
  int map = 0;                 // the slot that holds p1, g1 and v1
  int p1 = 0, g1 = 0, v1 = 0;  // the first channel of each
  int out = 0;                 // a free slot for the last convolutions
};

class PolicyHeadStep : public Step {
 public:
  /// Keeps a pointer to the head.
  PolicyHeadStep(const KernelTable& kernels, const PolicyHead& head, const HeadSlots& slots);
  void run(Run& run) const override;
  StepFacts facts(const Workspace&) const override { return {"policy head"}; }

 private:
  void run_image(Run& run, int image) const;
  void copy_out(Run& run, int image) const;

  const PolicyHead& head_;
  HeadSlots slots_;
  Norm g1_norm_, p1_norm_;
  PackedDense gpool_to_bias_, pass_, pass2_;  // pass2_ may be empty
  Conv p2_;
};

class ValueHeadStep : public Step {
 public:
  /// Keeps a pointer to the head.
  ValueHeadStep(const KernelTable& kernels, const ValueHead& head, const HeadSlots& slots);
  void run(Run& run) const override;
  StepFacts facts(const Workspace&) const override { return {"value head"}; }

 private:
  void run_image(Run& run, int image) const;
  void copy_out(Run& run, int image) const;

  const ValueHead& head_;
  HeadSlots slots_;
  Norm v1_norm_;
  PackedDense v2_, v3_, misc_;
  Conv ownership_;
};

}  // namespace ponnuki::nn::kernels
