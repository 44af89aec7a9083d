// RowProduct: applies matrices to many rows, a block of rows at a time.
#pragma once

#include <optional>
#include <vector>

#include "nn/kernels/conv/pair_weights.h"
#include "nn/kernels/conv/precision.h"
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
  RowProduct(const KernelTable& kernels, std::vector<const ConvLayer*> layers, Precision precision,
             const float* input_scales = nullptr);

  /// Output channels of all layers together, padded.
  int out() const { return out_; }
  /// Of one row.
  Products products() const { return products_of(std::int64_t{in_} * out_, pairs_.has_value()); }

  /// Rows in 16-bit integers, for some calls of run(). Empty where the product is in fp32.
  struct Integers {
    std::int16_t* values = nullptr;         // [kBlockRows][padded in]
    const std::int16_t** rows = nullptr;    // pointers to them
    float* ranges = nullptr;                // the largest absolute value of each row
    const std::int32_t* numbers = nullptr;  // 0, 1, 2, ...
  };
  Integers take_integers(Scratch& scratch) const;

  /// out[r * out() + o] = Σ rows[r][i] weights[i][o]. At most kBlockRows rows, padded with zeros.
  void run(Run& run, const Integers& integers, const float* const* rows, int count,
           float* out) const;

 private:
  int in_, out_;
  // In fp32:
  std::vector<Panel> panels_;
  AlignedFloats weights_;  // [panel][in][width]
  // In int16:
  std::optional<PairWeights> pairs_;
};

}  // namespace ponnuki::nn::kernels
