// WinogradConv: 3 × 3 convolutions by F(m × m, 3 × 3) (level_winograd.h draws it).
#pragma once

#include <vector>

#include "nn/kernels/conv_weights.h"
#include "nn/kernels/frame.h"
#include "nn/kernels/step.h"

namespace ponnuki {

/// G: [m + 2][3] of the one-dimensional transform, U = G g Gᵀ.
std::vector<std::vector<double>> winograd_weight_matrix(TileSize tile);

class WinogradConv {
 public:
  WinogradConv(const KernelTable& kernels, const ConvWeights& weights, TileSize tile);

  static bool can_do(const ConvLayer& shape) {
    return shape.height == 3 && shape.width == 3 && shape.dilation_y == 1 && shape.dilation_x == 1;
  }

  /// Requires a frame of this tile size.
  void run(Run& run, Map in, const Finish& finish) const;

 private:
  struct Block;
  void run_block(Run& run, Block& block) const;

  TileSize tile_;
  int in_, out_;
  std::vector<Panel> panels_;  // of one element
  AlignedFloats weights_;      // [element][panel][in][width]
};

}  // namespace ponnuki
