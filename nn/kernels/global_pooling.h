// GlobalPoolingStep: the middle of a global-pooling block, on the map that holds both convolutions
// side by side:
//
//     | regular (raw)  | gpool (raw) |
//           |               | norm, activation, pool
//           | <- + bias ----+ matrix
//           v norm, activation, in place
#pragma once

#include "nn/kernels/step.h"

namespace ponnuki {

class GlobalPoolingStep : public Step {
 public:
  /// Keeps a pointer to the block.
  GlobalPoolingStep(const GlobalPoolingBlock& block, int slot);
  void run(Run& run) const override;

 private:
  const GlobalPoolingBlock& block_;
  int slot_;
  Norm gpool_norm_, norm2_;
};

}  // namespace ponnuki
