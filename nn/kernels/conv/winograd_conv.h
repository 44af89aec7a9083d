// WinogradConv: 3 × 3 convolutions by F(m × n, 3 × 3), drawn in level_winograd.h, one block of
// tiles after another.
#pragma once

#include <memory>

#include "nn/kernels/conv/winograd_products.h"

namespace ponnuki::nn::kernels {

class WinogradConv {
 public:
  WinogradConv(const KernelTable& kernels, const ConvWeights& weights, Precision precision);

  static bool can_do(const ConvLayer& shape) {
    return shape.height == 3 && shape.width == 3 && shape.dilation_y == 1 && shape.dilation_x == 1;
  }

  void run(Run& run, Map in, const EpilogueArgs& epilogue_args) const;
  /// For a backward pass.
  void run(Run& run, Map in, const MaskedEpilogueArgs& epilogue_args) const;

 private:
  template <typename WriteOut>
  void run_blocks(Run& run, Map in, const WriteOut& write_out) const;

  int out_;
  std::unique_ptr<WinogradProducts> products_;
};

}  // namespace ponnuki::nn::kernels
