#include "nn/files/tensors/tensor_spec.h"

namespace ponnuki::nn {
namespace {

/// [a][b][c] → [c][b][a]: reverses the axes of a kernel or matrix. The points of a kernel count as
/// one axis.
std::vector<float> reversed_axes(const std::vector<float>& values, std::size_t a, std::size_t b,
                                 std::size_t c) {
  std::vector<float> out(values.size());
  for (std::size_t i = 0; i < a; ++i) {
    for (std::size_t j = 0; j < b; ++j) {
      for (std::size_t k = 0; k < c; ++k) out[(k * b + j) * a + i] = values[(i * b + j) * c + k];
    }
  }
  return out;
}

}  // namespace

std::vector<std::int64_t> TensorSpec::shape() const {
  switch (kind) {
    case TensorKind::kKernel:
      return {out, in, height, width};
    case TensorKind::kMatrix:
      return {out, in};
    case TensorKind::kChannel:
    case TensorKind::kVector:
      return {out};
  }
  return {};
}

std::vector<float> to_file_order(const TensorSpec& spec, const std::vector<float>& values) {
  return reversed_axes(values, static_cast<std::size_t>(spec.height * spec.width),
                       static_cast<std::size_t>(spec.in), static_cast<std::size_t>(spec.out));
}

std::vector<float> to_model_order(const TensorSpec& spec, const std::vector<float>& values) {
  return reversed_axes(values, static_cast<std::size_t>(spec.out),
                       static_cast<std::size_t>(spec.in),
                       static_cast<std::size_t>(spec.height * spec.width));
}

std::string shape_text(const std::vector<std::int64_t>& shape) {
  std::string text = "[";
  for (const std::int64_t side : shape) {
    text += (text.size() > 1 ? ", " : "") + std::to_string(side);
  }
  return text + "]";
}

}  // namespace ponnuki::nn
