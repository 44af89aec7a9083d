// FeatureMaps: the values between two layers, channel-major: values()[(c * height + y) * width +
// x].
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace ponnuki::nn {

struct MapShape {
  int channels = 0, height = 0, width = 0;
  int area() const { return height * width; }
  std::size_t size() const {
    return static_cast<std::size_t>(channels) * static_cast<std::size_t>(area());
  }
  friend bool operator==(const MapShape&, const MapShape&) = default;
};

class FeatureMaps {
 public:
  FeatureMaps() = default;
  explicit FeatureMaps(const MapShape& shape) { resize(shape); }

  /// Allocates only if the memory does not suffice. The values are unspecified afterwards.
  void resize(const MapShape& shape) {
    shape_ = shape;
    values_.resize(shape.size());
  }
  const MapShape& shape() const { return shape_; }

  std::span<float> values() { return values_; }
  std::span<const float> values() const { return values_; }
  float* plane(int channel) { return values_.data() + offset(channel); }
  const float* plane(int channel) const { return values_.data() + offset(channel); }
  float& at(int channel, int y, int x) { return plane(channel)[y * shape_.width + x]; }
  float at(int channel, int y, int x) const { return plane(channel)[y * shape_.width + x]; }

 private:
  std::size_t offset(int channel) const {
    return static_cast<std::size_t>(channel) * static_cast<std::size_t>(shape_.area());
  }
  MapShape shape_;
  std::vector<float> values_;
};

}  // namespace ponnuki::nn
