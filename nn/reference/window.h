// Window: the input points that a kernel reads as it slides over a map. Shared by convolution and
// pooling.
#pragma once

#include "nn/reference/feature_maps.h"

namespace ponnuki::nn {

/// The output point (y, x) reads the input points
///
///     (y * stride_y - pad_y + i * dilation_y,  x * stride_x - pad_x + j * dilation_x)
///
/// for 0 <= i < height, 0 <= j < width. Points outside the input are padding.
struct Window {
  int height = 1, width = 1;
  int stride_y = 1, stride_x = 1;
  int dilation_y = 1, dilation_x = 1;
  int pad_y = 0, pad_x = 0;

  /// The number of rows from the first to the last that a window reads.
  int reach_y() const { return (height - 1) * dilation_y + 1; }
  int reach_x() const { return (width - 1) * dilation_x + 1; }
  int out_height(int in_height) const { return (in_height + 2 * pad_y - reach_y()) / stride_y + 1; }
  int out_width(int in_width) const { return (in_width + 2 * pad_x - reach_x()) / stride_x + 1; }
  /// True if at least one window fits into a map of this shape.
  bool fits(const MapShape& in) const {
    return in.height + 2 * pad_y >= reach_y() && in.width + 2 * pad_x >= reach_x();
  }
  MapShape out_shape(const MapShape& in, int channels) const {
    return {channels, out_height(in.height), out_width(in.width)};
  }
};

}  // namespace ponnuki::nn
