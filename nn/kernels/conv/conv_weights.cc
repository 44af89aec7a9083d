#include "nn/kernels/conv/conv_weights.h"

#include <algorithm>

#include "engine/check.h"

namespace ponnuki::nn::kernels {

bool same_kernel_shape(const ConvLayer& a, const ConvLayer& b) {
  return a.height == b.height && a.width == b.width && a.dilation_y == b.dilation_y &&
         a.dilation_x == b.dilation_x && a.in == b.in;
}

ConvWeights::ConvWeights(std::vector<const ConvLayer*> layers) : layers_(std::move(layers)) {
  PONNUKI_CHECK(!layers_.empty());
  for (const ConvLayer* layer : layers_) {
    PONNUKI_CHECK(same_kernel_shape(*layer, shape()));
    out_ += padded_channels(layer->out);
  }
}

void ConvWeights::copy_row(int tap, int i, float* row) const {
  for (int first = 0; first < out_; first += kChannelPad) copy_columns(tap, i, first, row + first);
}

void ConvWeights::copy_columns(int tap, int i, int first, float* columns) const {
  auto layer = layers_.begin();
  for (; first >= padded_channels((*layer)->out); ++layer) first -= padded_channels((*layer)->out);
  const std::ptrdiff_t row = static_cast<std::ptrdiff_t>(tap) * (*layer)->in + i;
  const int count = std::min(kChannelPad, (*layer)->out - first);
  float* end = std::copy_n((*layer)->weights.begin() + row * (*layer)->out + first, count, columns);
  std::fill(end, columns + kChannelPad, 0.0F);
}

int panel_count(const KernelTable& kernels, int out) {
  return (out / kernels.vector_floats + kernels.panel_vectors - 1) / kernels.panel_vectors;
}

// Splits the vectors among the panels as evenly as possible.
Panel panel_at(const KernelTable& kernels, int number, int out, int rows) {
  const int vectors = out / kernels.vector_floats, count = panel_count(kernels, out);
  const int first = vectors * number / count * kernels.vector_floats;
  const int end = vectors * (number + 1) / count * kernels.vector_floats;
  return {first, end - first, static_cast<std::size_t>(first) * static_cast<std::size_t>(rows)};
}

std::vector<Panel> make_panels(const KernelTable& kernels, int out, int rows) {
  const int count = panel_count(kernels, out);
  std::vector<Panel> panels;
  panels.reserve(static_cast<std::size_t>(count));
  for (int p = 0; p < count; ++p) panels.push_back(panel_at(kernels, p, out, rows));
  return panels;
}

void pack_row(const std::vector<Panel>& panels, int row, const float* row_values, float* packed) {
  for (const Panel& panel : panels) {
    std::copy_n(row_values + panel.first, panel.width,
                packed + panel.offset + std::ptrdiff_t{row} * panel.width);
  }
}

}  // namespace ponnuki::nn::kernels
