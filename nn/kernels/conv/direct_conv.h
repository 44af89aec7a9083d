// DirectConv: a convolution of any kernel size and dilation as one matrix product. Its left operand
// is a list of rows: for every tap and point the row of the neighbour, or a row of zeros off the
// board. A 1 × 1 convolution has one tap.
#pragma once

#include <vector>

#include "nn/kernels/conv/conv_weights.h"
#include "nn/kernels/conv/point_blocks.h"
#include "nn/kernels/step/step.h"

namespace ponnuki::nn::kernels {

class DirectConv {
 public:
  DirectConv(const KernelTable& kernels, const ConvWeights& weights);
  void run(Run& run, Map in, const EpilogueArgs& epilogue_args) const;
  void run(Run& run, Map in, const MaskedEpilogueArgs& epilogue_args) const;

 private:
  template <typename WriteOut>
  void run_blocks(Run& run, Map in, const WriteOut& write_out) const;
  void list_rows(const Frame& frame, Map in, const PointBlock& block, const float** rows) const;
  const float* row_of(const Frame& frame, Map image, int cell, int tap) const;

  int height_, width_, dilation_y_, dilation_x_;
  int in_, out_;
  std::vector<Panel> panels_;
  AlignedFloats weights_;  // [panel][tap][in][width]
  AlignedFloats zeros_;    // [in]
};

}  // namespace ponnuki::nn::kernels
