// BlockBackward: the backward pass through a block of the trunk. The gradient of the trunk, one
// map, passes from block to block in place: each block adds the gradient of its branch.
//
//     trunk --norm1, ReLU--> entry --convs--> middle (norm2, ReLU) --conv2--> added to the trunk
//                                     gpool channels --> added to the regular ones before norm2
#pragma once

#include <optional>

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

class BlockBackward : public BackwardStep {
 public:
  /// Both keep pointers to the block's layers.
  BlockBackward(const BackwardContext& context, const ResidualBlock& block,
                const BlockSlots& slots);
  BlockBackward(const BackwardContext& context, const GlobalPoolingBlock& block,
                const BlockSlots& slots);
  void pack() override;
  void run(BackwardRun& backward) const override;
  void collect(const float* sums, float* gradient) const override;

 private:
  /// The pooled channels of the middle map.
  struct Pooling {
    PoolingBranchBackward branch;
    int begin, channels;
  };
  void run_pooling(BackwardRun& backward) const;

  BlockSlots slots_;
  NormBackward norm1_, norm2_;
  std::optional<Pooling> pooling_;
  ConvBackward entry_convs_, conv2_;
};

}  // namespace ponnuki::nn::training
