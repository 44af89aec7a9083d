// Selects, drops or duplicates the outputs of layers, for the conversion of nets.
#pragma once

#include <cstddef>
#include <vector>

namespace ponnuki::nn {

/// The columns `from` of a [rows][columns] array, in the order of `from`.
inline std::vector<float> columns_of(const std::vector<float>& values, int columns,
                                     const std::vector<int>& from) {
  std::vector<float> out;
  for (std::size_t row = 0; row < values.size(); row += static_cast<std::size_t>(columns)) {
    for (const int column : from) out.push_back(values[row + static_cast<std::size_t>(column)]);
  }
  return out;
}
/// Keeps the outputs `from` of a convolution or a matrix, in the order of `from`.
template <typename Layer>
void take_outputs(Layer& layer, const std::vector<int>& from) {
  layer.weights = columns_of(layer.weights, layer.out, from);
  layer.out = static_cast<int>(from.size());
}

}  // namespace ponnuki::nn
