#include "nn/kernels/layers/row_product.h"

#include "engine/check.h"

namespace ponnuki::nn::kernels {

RowProduct::RowProduct(const KernelTable& kernels, std::vector<const ConvLayer*> layers,
                       const float* input_scales) {
  const ConvWeights weights(std::move(layers));
  PONNUKI_CHECK(weights.taps() == 1);
  in_ = weights.in();
  out_ = weights.out();
  panels_ = make_panels(kernels, out_, in_);
  weights_.resize(static_cast<std::size_t>(in_) * static_cast<std::size_t>(out_));
  std::vector<float> row(static_cast<std::size_t>(out_));
  for (int i = 0; i < in_; ++i) {
    weights.copy_row(0, i, row.data());
    if (input_scales != nullptr) {
      for (float& weight : row) weight *= input_scales[i];
    }
    pack_row(panels_, i, row.data(), weights_.data());
  }
}

void RowProduct::run(Run& run, const float* const* rows, int count, float* out) const {
  run.kernels.gemm({weights_.data(), weights_.data(), panels_.data(),
                    static_cast<int>(panels_.size()), rows, count, 1, in_, out, out_});
}

}  // namespace ponnuki::nn::kernels
