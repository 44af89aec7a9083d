// BlockBackward: the backward pass through a block of the trunk. The gradient of the trunk is one
// map; blocks update it in place, one after another: each adds the gradient of its branch.
//
//     trunk --norm1, ReLU--> entry --convs--> middle (norm2, ReLU) --conv2--> added to the trunk
//                                     gpool channels --> added to the regular ones before norm2
#pragma once

#include <optional>

#include "nn/training/backward/conv_backward.h"
#include "nn/training/backward/pooling_backward.h"

namespace ponnuki::nn::training {

/// The slots of a block's maps.
struct BlockSlots {
  int entry = 0;  // activated by norm1
  // Activated by norm2. With global pooling, the pooled channels follow the regular ones.
  int middle = 0;
  int trunk_gradient = 0;
  int middle_gradient = 0;  // free for use, with the width of `middle`
};

class BlockBackward : public BackwardStep {
 public:
  /// Both constructors keep pointers to the block's layers.
  BlockBackward(const BackwardContext& context, const ResidualBlock& block,
                const BlockSlots& slots);
  BlockBackward(const BackwardContext& context, const GlobalPoolingBlock& block,
                const BlockSlots& slots);
  void pack() override;
  void run(BackwardRun& backward) const override;
  void collect(const float* sums, float* gradient) const override;

 private:
  /// The backward pass through the pooled channels of the middle map.
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
