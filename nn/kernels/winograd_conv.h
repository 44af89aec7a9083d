// WinogradConv: 3 × 3 convolutions by F(m × n, 3 × 3) (level_winograd.h draws it).
#pragma once

#include <vector>

#include "nn/kernels/conv_weights.h"
#include "nn/kernels/step.h"

namespace ponnuki {

class WinogradConv {
 public:
  WinogradConv(const KernelTable& kernels, const ConvWeights& weights);

  static bool can_do(const ConvLayer& shape) {
    return shape.height == 3 && shape.width == 3 && shape.dilation_y == 1 && shape.dilation_x == 1;
  }

  void run(Run& run, Map in, const Finish& finish) const;

 private:
  struct Block;
  void fill_block(const Run& run, int first, int last, Block& block) const;
  void run_block(Run& run, const Block& block) const;
  void multiply(Run& run, const Block& block) const;

  int in_, out_;
  std::vector<Panel> panels_;  // of one element
  AlignedFloats weights_;      // [element][panel][in][width]
};

}  // namespace ponnuki
