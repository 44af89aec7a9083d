// Naive versions of the layers of nn/: their definitions as loops in double precision, not
// optimised. Maps are [channel][y][x] in nested vectors.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "nn/model/model.h"
#include "nn/reference/feature_maps.h"
#include "nn/reference/window.h"

namespace ponnuki::test {

using Row = std::vector<double>;
using Plane = std::vector<Row>;
using Maps = std::vector<Plane>;

inline Maps make_maps(int channels, int height, int width) {
  return Maps(static_cast<std::size_t>(channels),
              Plane(static_cast<std::size_t>(height), Row(static_cast<std::size_t>(width))));
}
inline int height_of(const Maps& m) { return static_cast<int>(m[0].size()); }
inline int width_of(const Maps& m) { return static_cast<int>(m[0][0].size()); }

/// The value at a point of a map; zero off the board.
inline double padded(const Plane& plane, int y, int x) {
  if (y < 0 || x < 0 || y >= static_cast<int>(plane.size()) ||
      x >= static_cast<int>(plane[0].size()))
    return 0;
  return plane[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)];
}

inline Maps naive_conv(const nn::Window& w, const std::vector<float>& weights, const Maps& in,
                       int out_channels) {
  const int in_channels = static_cast<int>(in.size());
  Maps out = make_maps(out_channels, w.out_height(height_of(in)), w.out_width(width_of(in)));
  for (int o = 0; o < out_channels; ++o)
    for (int y = 0; y < height_of(out); ++y)
      for (int x = 0; x < width_of(out); ++x)
        for (int i = 0; i < w.height; ++i)
          for (int j = 0; j < w.width; ++j)
            for (int c = 0; c < in_channels; ++c)
              out[o][y][x] += weights[((i * w.width + j) * in_channels + c) * out_channels + o] *
                              padded(in[c], y * w.stride_y - w.pad_y + i * w.dilation_y,
                                     x * w.stride_x - w.pad_x + j * w.dilation_x);
  return out;
}

inline Maps naive_conv(const nn::ConvLayer& l, const Maps& in) {
  nn::Window w{l.height, l.width, 1, 1, l.dilation_y, l.dilation_x};
  w.pad_y = (l.height - 1) * l.dilation_y / 2;
  w.pad_x = (l.width - 1) * l.dilation_x / 2;
  return naive_conv(w, l.weights, in, l.out);
}

inline double naive_activation(nn::Activation a, double x) {
  switch (a) {
    case nn::Activation::kRelu:
      return x > 0 ? x : 0;
    case nn::Activation::kMish:
      return x * std::tanh(std::log1p(std::exp(x)));
    case nn::Activation::kSilu:
      return x / (1 + std::exp(-x));
    default:
      return x;
  }
}

inline Maps naive_norm_act(const nn::NormAct& l, Maps x) {
  for (std::size_t c = 0; c < x.size(); ++c)
    for (Row& row : x[c])
      for (double& v : row) v = naive_activation(l.activation, v * l.scale[c] + l.bias[c]);
  return x;
}

inline Row naive_matmul(const nn::MatMulLayer& l, const Row& in) {
  Row out(static_cast<std::size_t>(l.out));
  for (int i = 0; i < l.in; ++i)
    for (int o = 0; o < l.out; ++o) out[o] += in[i] * l.weights[i * l.out + o];
  return out;
}

inline Row naive_bias(const nn::BiasLayer& l, Row x) {
  for (std::size_t i = 0; i < x.size(); ++i) x[i] += l.bias[i];
  return x;
}

inline Maps naive_add_to_channels(const Row& bias, Maps x) {
  for (std::size_t c = 0; c < x.size(); ++c)
    for (Row& row : x[c])
      for (double& v : row) v += bias[c];
  return x;
}

inline Maps naive_sum(const Maps& a, Maps b) {
  for (std::size_t c = 0; c < a.size(); ++c)
    for (std::size_t y = 0; y < a[c].size(); ++y)
      for (std::size_t x = 0; x < a[c][y].size(); ++x) b[c][y][x] += a[c][y][x];
  return b;
}

/// Three runs of C numbers. The last run is the maximum or, for value heads, a second scaled mean.
inline Row naive_global_pool(const Maps& in, bool value_head) {
  const double w = std::sqrt(static_cast<double>(height_of(in)) * width_of(in));
  Row pooled(3 * in.size());
  for (std::size_t c = 0; c < in.size(); ++c) {
    double sum = 0, max = -1e300;
    for (const Row& row : in[c])
      for (const double v : row) {
        sum += v;
        max = std::max(max, v);
      }
    const double mean = sum / (w * w);
    pooled[c] = mean;
    pooled[in.size() + c] = mean * (w - 14) / 10;
    pooled[2 * in.size() + c] = value_head ? mean * ((w - 14) * (w - 14) / 100 - 0.1) : max;
  }
  return pooled;
}

}  // namespace ponnuki::test
