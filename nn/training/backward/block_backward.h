// The way back through the blocks of the trunk. The gradient of the trunk, one map, passes from
// block to block in place: a block adds what comes back through its branch.
#pragma once

#include "nn/training/backward/conv_backward.h"
#include "nn/training/backward/pooling_backward.h"

namespace ponnuki::nn::training {

/// Slots of a block's maps.
struct BlockSlots {
  int entry = 0;   // activated by norm1
  int middle = 0;  // activated by norm2; with global pooling, the pooled channels after it
  int trunk_gradient = 0;
  int middle_gradient = 0;  // free to use, as wide as `middle`
};

class ResidualBackward : public BackwardStep {
 public:
  ResidualBackward(const BackwardContext& context, const ResidualBlock& block,
                   const BlockSlots& slots);
  void run(BackwardRun& backward) const override;
  void collect(const float* sums, float* gradient) const override;

 private:
  BlockSlots slots_;
  NormBackward norm1_, norm2_;
  ConvBackward conv1_, conv2_;
};

class GlobalPoolingBackward : public BackwardStep {
 public:
  GlobalPoolingBackward(const BackwardContext& context, const GlobalPoolingBlock& block,
                        const BlockSlots& slots);
  void run(BackwardRun& backward) const override;
  void collect(const float* sums, float* gradient) const override;

 private:
  BlockSlots slots_;
  int regular_, gpool_;  // channels
  NormBackward norm1_, norm2_;
  PoolingBranchBackward branch_;
  ConvBackward entry_convs_, conv2_;
};

}  // namespace ponnuki::nn::training
