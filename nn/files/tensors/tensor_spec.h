// The tensors of a model as stored in files for other programs, with the names and the order of
// axes that PyTorch and ONNX use. A Model has KataGo's order.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace ponnuki::nn {

enum class TensorKind {
  kKernel,   // of a convolution. File: [out][in][y][x], Model: [y][x][in][out]
  kMatrix,   // of a dense layer. File: [out][in], Model: [in][out]
  kChannel,  // a number for each channel of feature maps: [out]
  kVector,   // biases of a dense layer: [out]
};

struct TensorSpec {
  std::string path;  // "trunk.blocks.3.conv1.weights"
  TensorKind kind = TensorKind::kVector;
  int height = 1, width = 1, in = 1, out = 1;

  std::size_t count() const {
    return static_cast<std::size_t>(height) * static_cast<std::size_t>(width) *
           static_cast<std::size_t>(in) * static_cast<std::size_t>(out);
  }
  /// The shape in the file, outermost axis first.
  std::vector<std::int64_t> shape() const;
};

/// Converts values from a Model's order to the file's order, and back. Both functions require
/// spec.count() values.
std::vector<float> to_file_order(const TensorSpec& spec, const std::vector<float>& values);
std::vector<float> to_model_order(const TensorSpec& spec, const std::vector<float>& values);

/// "[6, 22, 5, 5]", for error messages.
std::string shape_text(const std::vector<std::int64_t>& shape);

}  // namespace ponnuki::nn
