// im2col and one matrix product in Eigen.
#include "nn/reference/conv.h"

#include <Eigen/Core>
#include <algorithm>

#include "engine/check.h"

namespace ponnuki::nn {
namespace {

using RowMatrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// Copies one row of the map to one row of a patch matrix: the values at kernel column j as the
/// window slides along x.
void gather_row(const Window& window, int j, std::span<const float> in, std::span<float> out) {
  const int in_width = static_cast<int>(in.size()), out_width = static_cast<int>(out.size());
  const int shift = j * window.dilation_x - window.pad_x;
  if (window.stride_x == 1) {
    // The real values are contiguous: [0, begin) and [end, out_width) are padding.
    const int begin = std::clamp(-shift, 0, out_width);
    const int end = std::clamp(in_width - shift, begin, out_width);
    std::fill(out.begin(), out.begin() + begin, 0.0F);
    std::copy_n(in.data() + begin + shift, end - begin, out.begin() + begin);
    std::fill(out.begin() + end, out.end(), 0.0F);
    return;
  }
  for (int x = 0; x < out_width; ++x) {
    const int from = x * window.stride_x + shift;
    out[static_cast<std::size_t>(x)] =
        from >= 0 && from < in_width ? in[static_cast<std::size_t>(from)] : 0.0F;
  }
}

/// Fills one row of the patch matrix: the values of plane `in` at kernel position (i, j), for every
/// output point.
void gather_plane(const Window& window, int i, int j, const float* in, const MapShape& shape,
                  float* out) {
  const int out_height = window.out_height(shape.height), out_width = window.out_width(shape.width);
  for (int y = 0; y < out_height; ++y, out += out_width) {
    const int from = y * window.stride_y - window.pad_y + i * window.dilation_y;
    const std::span row(out, static_cast<std::size_t>(out_width));
    if (from < 0 || from >= shape.height) {
      std::fill(row.begin(), row.end(), 0.0F);
    } else {
      gather_row(window, j, {in + from * shape.width, static_cast<std::size_t>(shape.width)}, row);
    }
  }
}

bool is_pointwise(const Window& w) {
  return w.height == 1 && w.width == 1 && w.stride_y == 1 && w.stride_x == 1 && w.pad_y == 0 &&
         w.pad_x == 0;
}

}  // namespace

void gather_patches(const Window& window, const FeatureMaps& in, std::vector<float>& patches) {
  PONNUKI_CHECK(window.fits(in.shape()));
  const MapShape& shape = in.shape();
  const MapShape out = window.out_shape(shape, window.height * window.width * shape.channels);
  patches.resize(out.size());
  float* row = patches.data();
  for (int i = 0; i < window.height; ++i) {
    for (int j = 0; j < window.width; ++j) {
      for (int c = 0; c < shape.channels; ++c, row += out.area()) {
        gather_plane(window, i, j, in.plane(c), shape, row);
      }
    }
  }
}

// One matrix product for each convolution. The patches of a 3×3 kernel take nine times the memory
// of the map: 1.2 MB on 19×19 with 96 channels, which fits the second-level cache. On larger boards
// or nets memory bandwidth limits the speed; the fast kernels have no such limit.
// limited by memory; the fast kernels are not.
void convolve(const Window& window, std::span<const float> weights, const FeatureMaps& in,
              FeatureMaps& out, std::vector<float>& patches) {
  PONNUKI_CHECK(&in != &out);
  const int depth = window.height * window.width * in.shape().channels;
  const auto channels = static_cast<int>(weights.size()) / depth;
  PONNUKI_CHECK(weights.size() ==
                static_cast<std::size_t>(depth) * static_cast<std::size_t>(channels));
  const float* columns = in.values().data();  // a 1×1 kernel reads the map unchanged
  if (!is_pointwise(window)) {
    gather_patches(window, in, patches);
    columns = patches.data();
  }
  out.resize(window.out_shape(in.shape(), channels));
  const int area = out.shape().area();
  Eigen::Map<RowMatrix>(out.values().data(), channels, area).noalias() =
      Eigen::Map<const RowMatrix>(weights.data(), depth, channels).transpose() *
      Eigen::Map<const RowMatrix>(columns, depth, area);
}

Window window_of(const ConvLayer& layer) {
  PONNUKI_CHECK(layer.height % 2 == 1 && layer.width % 2 == 1);
  Window window;
  window.height = layer.height;
  window.width = layer.width;
  window.dilation_y = layer.dilation_y;
  window.dilation_x = layer.dilation_x;
  window.pad_y = layer.height / 2 * layer.dilation_y;
  window.pad_x = layer.width / 2 * layer.dilation_x;
  return window;
}

void apply_conv(const ConvLayer& layer, const FeatureMaps& in, FeatureMaps& out,
                std::vector<float>& patches) {
  PONNUKI_CHECK(in.shape().channels == layer.in);
  convolve(window_of(layer), layer.weights, in, out, patches);
}

}  // namespace ponnuki::nn
