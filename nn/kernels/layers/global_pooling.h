// GlobalPoolingStep: the middle of a global-pooling block, on the map that holds both convolutions
// side by side:
//
//     | regular (raw)  | gpool (raw) |
//           |               | norm, activation, pool
//           | <- + bias ----+ matrix
//           v norm, activation, in place
#pragma once

#include "nn/kernels/layers/packed_dense.h"

namespace ponnuki::nn::kernels {

class GlobalPoolingStep : public Step {
 public:
  GlobalPoolingStep(const KernelTable& kernels, const GlobalPoolingBlock& block, int slot);
  void run(Run& run) const override;
  StepFacts facts(const Workspace&) const override { return {"global pooling"}; }

 private:
  int regular_, gpool_;  // channels
  int slot_;
  PackedDense gpool_to_bias_;
  Norm gpool_norm_, norm2_;
};

}  // namespace ponnuki::nn::kernels
