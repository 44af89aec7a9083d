// StemStep: the first convolution plus the global features' bias, from planes to the trunk.
//
// Planes are mostly zeros (about 3 of 22 are not, at a point of a real position), so the sum runs
// over the inputs that are not zero. They are listed point by point, so those under one row of the
// kernel are next to each other, and the list serves all output points:
//
//     kernel row   [k0 k1 k2]                 weights row of an input at column x: (x - left) *
//     planes board row     .  .  .  .  .  .          + plane; "- left * planes" is the run's
//     first_row, list          a  bc    d  e  f          the rest is written in the list
#pragma once

#include <memory>
#include <vector>

#include "nn/kernels/conv_weights.h"
#include "nn/kernels/step.h"

namespace ponnuki {

class StemStep : public Step {
 public:
  /// Keeps pointers into the model.
  StemStep(const KernelTable& kernels, const Model& model);
  void run(Run& run) const override;

 private:
  struct Planes;
  void run_image(Run& run, int image, Planes& planes) const;
  void find_inputs(const NetworkInput& input, Planes& planes) const;
  int find_runs(const Planes& planes, BoardSize size, int y, int x) const;
  void global_bias(const NetworkInput& input, Scratch& scratch, float* bias) const;

  const Model& model_;
  ConvWeights conv_;
  std::vector<Panel> panels_;
  AlignedFloats weights_;  // [panel][tap][plane][width]
};

}  // namespace ponnuki
