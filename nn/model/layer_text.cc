#include "nn/model/layer_text.h"

#include <cstddef>

namespace ponnuki::nn {

const char* to_string(Activation activation) {
  switch (activation) {
    case Activation::kIdentity:
      return "identity";
    case Activation::kRelu:
      return "ReLU";
    case Activation::kMish:
      return "mish";
    case Activation::kSilu:
      return "SiLU";
  }
  return "";
}

std::string shape_text(const ConvLayer& layer) {
  std::string text = std::to_string(layer.height) + "x" + std::to_string(layer.width);
  if (layer.dilation_y != 1 || layer.dilation_x != 1) {
    text += " dilated " + std::to_string(layer.dilation_y) + "x" + std::to_string(layer.dilation_x);
  }
  return text + ", " + std::to_string(layer.in) + " -> " + std::to_string(layer.out);
}

std::string grouped(std::int64_t number) {
  std::string text = std::to_string(number);
  for (auto i = static_cast<std::ptrdiff_t>(text.size()) - 3; i > 0; i -= 3) {
    text.insert(static_cast<std::size_t>(i), 1, ',');
  }
  return text;
}

std::string heads_name(const TransformerAttentionBlock& block) { return block.name + ".heads"; }

}  // namespace ponnuki::nn
