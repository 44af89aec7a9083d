// StemBackward: the gradients of the first convolution's weights and of the global features'
// matrix. The inputs need no gradient.
#pragma once

#include "nn/training/backward/dense_backward.h"

namespace ponnuki::nn::training {

class StemBackward : public BackwardStep {
 public:
  /// Keeps pointers to the trunk's layers.
  StemBackward(const BackwardContext& context, const Trunk& trunk, int trunk_gradient_slot);
  void run(BackwardRun& backward) const override;
  void collect(const float* sums, float* gradient) const override;

 private:
  const ConvLayer& conv_;
  int slot_, out_;  // out_ is padded
  DenseBackward global_;
  // Offsets. The sums are [row][out], with rows as in StemInputs.
  std::size_t parameters_, sums_;
};

}  // namespace ponnuki::nn::training
