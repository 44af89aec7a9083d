// FeedForwardStep: a feed-forward block, one block of points after another:
//
//     x -> RMS norm -> | linear1 | gate | -> silu(left) * right -> linear2 -> epilogue
#pragma once

#include "nn/kernels/layers/row_product.h"

namespace ponnuki::nn::kernels {

class FeedForwardStep : public Step {
 public:
  FeedForwardStep(const KernelTable& kernels, const TransformerFeedForwardBlock& block,
                  Precision precision, int slot);
  void run(Run& run) const override;
  StepFacts facts(const Workspace& work) const override;

 private:
  int channels_, slot_;
  float epsilon_;
  RowProduct in_, out_;
};

}  // namespace ponnuki::nn::kernels
