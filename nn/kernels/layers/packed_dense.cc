#include "nn/kernels/layers/packed_dense.h"

#include <algorithm>

#include "nn/kernels/layers/vectors.h"

namespace ponnuki::nn::kernels {

PackedDense::PackedDense(const KernelTable& kernels, const MatMulLayer& product,
                         const BiasLayer* bias, Activation activation)
    : in_(product.in),
      out_(product.out),
      activation_(activation),
      panels_(make_panels(kernels, padded_channels(out_), in_)),
      weights_(static_cast<std::size_t>(in_) * static_cast<std::size_t>(padded_channels(out_))),
      bias_(static_cast<std::size_t>(padded_channels(out_))) {
  std::vector<float> row(bias_.size());
  for (int i = 0; i < in_; ++i) {
    std::copy_n(product.weights.begin() + std::ptrdiff_t{i} * out_, out_, row.begin());
    pack_row(panels_, i, row.data(), weights_.data());
  }
  if (bias) std::copy(bias->bias.begin(), bias->bias.end(), bias_.begin());
}

float* PackedDense::run(Run& run, const float* in) const {
  auto* out = run.work.scratch().take<float>(bias_.size());
  const int padded = padded_channels(out_);
  run.kernels.gemm({weights_.data(), weights_.data(), panels_.data(),
                    static_cast<int>(panels_.size()), &in, 1, 1, in_, out, padded});
  for (int o = 0; o < padded; ++o) out[o] += bias_[static_cast<std::size_t>(o)];
  if (activation_ != Activation::kIdentity) {
    for (int o = 0; o < out_; ++o) out[o] = activate(activation_, out[o]);
  }
  return out;
}

}  // namespace ponnuki::nn::kernels
