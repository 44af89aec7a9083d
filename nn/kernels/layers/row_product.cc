#include "nn/kernels/layers/row_product.h"

#include <numeric>

#include "engine/check.h"

namespace ponnuki::nn::kernels {
namespace {

/// The weights as a matrix [in][out], each row multiplied by its scale.
AlignedFloats scaled_matrix(const ConvWeights& weights, const float* input_scales) {
  const auto out = static_cast<std::size_t>(weights.out());
  AlignedFloats matrix(static_cast<std::size_t>(weights.in()) * out);
  for (int i = 0; i < weights.in(); ++i) {
    float* row = matrix.data() + static_cast<std::size_t>(i) * out;
    weights.copy_row(0, i, row);
    if (input_scales == nullptr) continue;
    for (std::size_t o = 0; o < out; ++o) row[o] *= input_scales[i];
  }
  return matrix;
}

}  // namespace

RowProduct::RowProduct(const KernelTable& kernels, std::vector<const ConvLayer*> layers,
                       Precision precision, const float* input_scales) {
  const ConvWeights weights(std::move(layers));
  PONNUKI_CHECK(weights.taps() == 1);
  in_ = weights.in();
  out_ = weights.out();
  const AlignedFloats matrix = scaled_matrix(weights, input_scales);
  if (precision == Precision::kInt16) {
    pairs_.emplace(kernels, 1, in_, out_);
    pairs_->quantize(kernels, 0, 0, out_, matrix.data(), kPairInputLimit);
    return;
  }
  panels_ = make_panels(kernels, out_, in_);
  weights_.resize(matrix.size());
  for (int i = 0; i < in_; ++i)
    pack_row(panels_, i, matrix.data() + std::ptrdiff_t{i} * out_, weights_.data());
}

RowProduct::Integers RowProduct::take_integers(Scratch& scratch) const {
  if (!pairs_) return {};
  const int padded = padded_channels(in_);
  auto* values = scratch.take<std::int16_t>(kBlockRows * static_cast<std::size_t>(padded));
  auto* rows = scratch.take<const std::int16_t*>(kBlockRows);
  for (int r = 0; r < kBlockRows; ++r) rows[r] = values + std::ptrdiff_t{r} * padded;
  auto* numbers = scratch.take<std::int32_t>(kBlockRows);
  std::iota(numbers, numbers + kBlockRows, 0);
  return {values, rows, scratch.take<float>(kBlockRows), numbers};
}

void RowProduct::run(Run& run, const Integers& integers, const float* const* rows, int count,
                     float* out) const {
  if (!pairs_) {
    run.kernels.gemm({weights_.data(), weights_.data(), panels_.data(),
                      static_cast<int>(panels_.size()), rows, count, 1, in_, out, out_});
    return;
  }
  run.kernels.pair_rows({rows, count, padded_channels(in_), static_cast<float>(kPairInputLimit),
                         integers.values, integers.ranges});
  PairGemmArgs gemm;
  pairs_->set(gemm, 0, 0);
  gemm.rows = integers.rows;
  gemm.row_count = count;
  gemm.out = out;
  run.kernels.pair_gemm(gemm);
  run.kernels.transformer.scaled_rows(
      {out, out_, integers.numbers, count, out_, integers.ranges, out});
}

}  // namespace ponnuki::nn::kernels
