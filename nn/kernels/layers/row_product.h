// RowProduct: applies matrices to many rows, a block of rows at a time.
#pragma once

#include <vector>

#include "nn/kernels/conv/conv_weights.h"
#include "nn/kernels/step/step.h"

namespace ponnuki::nn::kernels {

/// Rows that a chain of products computes together. The intermediate results stay in the
/// second-level cache, while the weights are read once for each block.
inline constexpr int kBlockRows = 48;

/// Calls work(first, count) for the points of a board, in blocks as equal in size as possible.
template <typename Work>
void for_row_blocks(int rows, const Work& work) {
  const int blocks = (rows + kBlockRows - 1) / kBlockRows;
  for (int b = 0; b < blocks; ++b) {
    const int first = rows * b / blocks;
    work(first, rows * (b + 1) / blocks - first);
  }
}

class RowProduct {
 public:
  /// 1×1 convolutions that read the same rows, side by side. The weights are multiplied by
  /// `input_scales`, one for each input channel; null means 1.
  RowProduct(const KernelTable& kernels, std::vector<const ConvLayer*> layers,
             const float* input_scales = nullptr);

  /// Output channels of all layers together, padded.
  int out() const { return out_; }
  /// Multiply-adds for each row.
  std::int64_t products() const { return std::int64_t{in_} * out_; }
  /// out[r * out() + o] = Σ rows[r][i] weights[i][o].
  void run(Run& run, const float* const* rows, int count, float* out) const;

 private:
  int in_, out_;
  std::vector<Panel> panels_;
  AlignedFloats weights_;  // [panel][in][width]
};

}  // namespace ponnuki::nn::kernels
