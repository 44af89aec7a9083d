// Reductions over windows and boards. The rows of an array are planes, so that each reduction reads
// contiguous memory.
#include "nn/reference/pool.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>

#include "engine/check.h"

namespace ponnuki::nn {
namespace {

using RowArray = Eigen::Array<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// Points of a plane: half-open ranges of rows and columns.
struct Box {
  int y0, y1, x0, x1;
};

/// The points on the map under the window of output point (y, x).
Box box_at(const Window& w, const MapShape& in, int y, int x) {
  const int top = y * w.stride_y - w.pad_y, left = x * w.stride_x - w.pad_x;
  return {std::max(top, 0), std::min(top + w.height, in.height), std::max(left, 0),
          std::min(left + w.width, in.width)};
}

/// reduce(block) returns a number. Requirements as in pool.h.
template <typename Reduce>
void pool(const Window& window, const FeatureMaps& in, FeatureMaps& out, const Reduce& reduce) {
  PONNUKI_CHECK(&in != &out && window.fits(in.shape()));
  PONNUKI_CHECK(window.dilation_y == 1 && window.dilation_x == 1);
  PONNUKI_CHECK(window.pad_y < window.height && window.pad_x < window.width);
  out.resize(window.out_shape(in.shape(), in.shape().channels));
  for (int c = 0; c < out.shape().channels; ++c) {
    const Eigen::Map<const RowArray> plane(in.plane(c), in.shape().height, in.shape().width);
    for (int y = 0; y < out.shape().height; ++y) {
      for (int x = 0; x < out.shape().width; ++x) {
        const Box box = box_at(window, in.shape(), y, x);
        out.at(c, y, x) = reduce(plane.block(box.y0, box.x0, box.y1 - box.y0, box.x1 - box.x0));
      }
    }
  }
}

}  // namespace

void max_pool(const Window& window, const FeatureMaps& in, FeatureMaps& out) {
  pool(window, in, out, [](const auto& box) { return box.maxCoeff(); });
}

void mean_pool(const Window& window, const FeatureMaps& in, FeatureMaps& out) {
  pool(window, in, out, [](const auto& box) { return box.mean(); });
}

namespace {

Eigen::Map<const RowArray> rows_of(const FeatureMaps& maps) {
  return {maps.values().data(), maps.shape().channels, maps.shape().area()};
}

/// Fills the first two rows of both global poolings: the mean, and the mean times (w - 14) / 10.
/// Returns w - 14. Eigen reduces in float: on 361 points the error of a mean is about 1e-6 of the
/// values.
float pool_means(const FeatureMaps& in, Eigen::Map<RowArray>& out) {
  const float offset = std::sqrt(static_cast<float>(in.shape().area())) - 14;
  out.row(0) = rows_of(in).rowwise().mean().transpose();
  out.row(1) = out.row(0) * (offset * 0.1F);
  return offset;
}

Eigen::Map<RowArray> pooled_rows(const FeatureMaps& in, std::span<float> pooled) {
  const int channels = in.shape().channels;
  PONNUKI_CHECK(static_cast<int>(pooled.size()) == 3 * channels);
  return {pooled.data(), 3, channels};
}

}  // namespace

void global_pool(const FeatureMaps& in, std::span<float> pooled) {
  Eigen::Map<RowArray> out = pooled_rows(in, pooled);
  pool_means(in, out);
  out.row(2) = rows_of(in).rowwise().maxCoeff().transpose();
}

void value_pool(const FeatureMaps& in, std::span<float> pooled) {
  Eigen::Map<RowArray> out = pooled_rows(in, pooled);
  const float offset = pool_means(in, out);
  out.row(2) = out.row(0) * (offset * offset * 0.01F - 0.1F);
}

}  // namespace ponnuki::nn
