// Towers with random weights (nn/model/tower_model.h), and Leela Zero weight files with random
// numbers.
#pragma once

#include <cmath>
#include <string>

#include "engine/format.h"
#include "engine/random.h"
#include "nn/inputs/alphago_planes.h"
#include "nn/inputs/zero_planes.h"
#include "nn/model/tower_model.h"

namespace ponnuki::test {

struct RandomTowerOptions {
  nn::Encoder encoder = nn::Encoder::kAlphaGoZero;
  BoardSize size{9, 9};
  int channels = 7;
  int first_kernel = 3;
  std::string blocks = "rc";  // one letter for each block: residual, convolution
  bool dense_policy = true;   // if false, a bias for each point
  bool value = true;
  bool colour = false;  // AlphaGo's planes include the colour
  std::uint64_t seed = 1;
};

class RandomTower {
 public:
  explicit RandomTower(const RandomTowerOptions& options)
      : options_(options), random_(options.seed) {}

  nn::TowerModel build() {
    const auto& o = options_;
    const int area = o.size.area();
    nn::TowerModel m;
    m.name = "random-" + nn::to_string(o.encoder);
    m.encoder = o.encoder;
    m.size = o.size;
    m.stem = unit(o.first_kernel, planes(), o.channels);
    for (const char kind : o.blocks) {
      if (kind == 'c') {
        m.blocks.emplace_back(unit(3, o.channels, o.channels));
      } else {
        nn::ConvUnit first = unit(3, o.channels, o.channels + 1);
        m.blocks.emplace_back(
            nn::TowerResidualBlock{std::move(first), unit(3, o.channels + 1, o.channels)});
      }
    }
    const int maps = o.dense_policy ? 2 : 1;
    m.policy.conv = unit(1, o.channels, maps);
    if (o.dense_policy)
      m.policy.dense = dense(maps * area, area + 1, nn::Activation::kIdentity);
    else
      m.policy.point_bias = {"point_bias", reals(area, 1)};
    if (o.value)
      m.value = {unit(1, o.channels, 1), dense(area, 6, nn::Activation::kRelu),
                 dense(6, 1, nn::Activation::kIdentity)};
    return m;
  }

 private:
  int planes() const {
    if (options_.encoder == nn::Encoder::kAlphaGo)
      return nn::kAlphaGoPlanes + (options_.colour ? 1 : 0);
    return options_.encoder == nn::Encoder::kLeelaZero ? nn::kLeelaZeroPlanes
                                                       : nn::kAlphaGoZeroPlanes;
  }
  std::vector<float> reals(int count, float scale, float center = 0) {
    std::vector<float> v(static_cast<std::size_t>(count));
    for (float& x : v)
      x = center + static_cast<float>((random_.uniform() * 2 - 1) * static_cast<double>(scale));
    return v;
  }
  std::string name(const char* kind) { return kind + std::to_string(++count_); }
  nn::ConvUnit unit(int side, int in, int out) {
    const float scale = 1.7F / std::sqrt(static_cast<float>(side * side * in));
    nn::ConvUnit u;
    u.conv = {name("conv"), side, side, in, out, 1, 1, reals(side * side * in * out, scale)};
    u.norm = {name("norm"), out, reals(out, 0.5F, 1), reals(out, 0.3F), nn::Activation::kRelu};
    return u;
  }
  nn::DenseLayer dense(int in, int out, nn::Activation activation) {
    const float scale = 1.7F / std::sqrt(static_cast<float>(in));
    return {{name("dense"), in, out, reals(in * out, scale)},
            {name("bias"), reals(out, 0.3F)},
            activation};
  }

  RandomTowerOptions options_;
  Random random_;
  int count_ = 0;
};

inline nn::TowerModel random_tower(const RandomTowerOptions& options = {}) {
  return RandomTower(options).build();
}

struct RandomLeelaZeroOptions {
  int version = 1, side = 19, channels = 6, blocks = 2, hidden = 256;
  std::uint64_t seed = 1;
};

/// The text of a weight file.
inline std::string random_leela_zero(const RandomLeelaZeroOptions& o = {}) {
  Random random(o.seed);
  std::string text = std::to_string(o.version) + "\n";
  const auto line = [&](int count, double scale, double center = 0) {
    for (int i = 0; i < count; ++i) {
      if (i > 0) text += ' ';
      text += format("%.5g", center + (random.uniform() * 2 - 1) * scale);
    }
    text += '\n';
  };
  const auto unit = [&](int taps, int in, int out) {
    line(taps * in * out, 1.7 / std::sqrt(taps * in));
    line(out, 0.1);       // biases
    line(out, 0.2);       // means
    line(out, 0.3, 0.5);  // variances
  };
  const auto dense = [&](int in, int out, double scale) {
    line(in * out, scale / std::sqrt(in));
    line(out, 0.3);
  };
  const int area = o.side * o.side;
  unit(9, 18, o.channels);
  for (int i = 0; i < 2 * o.blocks; ++i) unit(9, o.channels, o.channels);
  unit(1, o.channels, 2);
  dense(2 * area, area + 1, 6);  // some moves are much more probable than others
  unit(1, o.channels, 1);
  dense(area, o.hidden, 1.7);
  dense(o.hidden, 1, 1.7);
  return text;
}

}  // namespace ponnuki::test
