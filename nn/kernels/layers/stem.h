// StemStep: the first convolution, from the input planes to the trunk, plus the bias from the
// global features if the model has any. It sums over the non-zero inputs only (stem_inputs.h).
#pragma once

#include <vector>

#include "nn/kernels/conv/conv_weights.h"
#include "nn/kernels/layers/packed_dense.h"
#include "nn/kernels/step/step.h"

namespace ponnuki::nn::kernels {

class StemStep : public Step {
 public:
  /// Keeps a pointer to the first convolution.
  StemStep(const KernelTable& kernels, const ConvLayer& conv);
  StemStep(const KernelTable& kernels, const Trunk& trunk);
  void run(Run& run) const override;
  StepFacts facts(const Workspace&) const override { return {"first layer"}; }

 private:
  void pack_sums();
  void run_image(Run& run, int image, class StemInputs& inputs) const;
  const float* global_bias(Run& run, const NetworkInput& input) const;

  ConvWeights conv_;
  std::vector<PackedDense> global_;    // one layer, or empty
  std::vector<PackedDense> metadata_;  // three layers, or empty
  std::vector<Panel> panels_;
  AlignedFloats weights_;  // [panel][row][width], rows as in StemInputs
};

}  // namespace ponnuki::nn::kernels
