// A tower of naive layers (tests/support/naive_layers.h). It is the reference for every
// TowerNetwork.
#pragma once

#include "nn/network.h"
#include "tests/support/naive_layers.h"

namespace ponnuki::test {

struct NaiveTowerOutput {
  Row policy, value;
};

class NaiveTower {
 public:
  explicit NaiveTower(const nn::TowerModel& model) : m_(model) {}

  NaiveTowerOutput forward(const nn::NetworkInput& input) const {
    Maps x = make_maps(m_.planes(), m_.size.height, m_.size.width);
    const float* next = input.spatial;
    for (Plane& plane : x)
      for (Row& row : plane)
        for (double& v : row) v = *next++;
    x = unit(m_.stem, x);
    for (const nn::TowerBlock& block : m_.blocks) {
      if (const auto* u = std::get_if<nn::ConvUnit>(&block)) {
        x = unit(*u, x);
      } else {
        const auto& b = std::get<nn::TowerResidualBlock>(block);
        nn::NormAct linear = b.second.norm;
        linear.activation = nn::Activation::kIdentity;
        x = naive_sum(naive_norm_act(linear, naive_conv(b.second.conv, unit(b.first, x))), x);
        for (Plane& plane : x)
          for (Row& row : plane)
            for (double& v : row) v = naive_activation(b.second.norm.activation, v);
      }
    }
    NaiveTowerOutput out;
    out.policy = flat(unit(m_.policy.conv, x));
    out.policy = m_.policy.dense ? dense(*m_.policy.dense, out.policy)
                                 : naive_bias(m_.policy.point_bias, out.policy);
    if (m_.value)
      out.value = dense(m_.value->output, dense(m_.value->hidden, flat(unit(m_.value->conv, x))));
    return out;
  }

 private:
  static Maps unit(const nn::ConvUnit& u, const Maps& x) {
    return naive_norm_act(u.norm, naive_conv(u.conv, x));
  }
  static Row flat(const Maps& maps) {
    Row all;
    for (const Plane& plane : maps)
      for (const Row& row : plane) all.insert(all.end(), row.begin(), row.end());
    return all;
  }
  static Row dense(const nn::DenseLayer& layer, const Row& in) {
    Row out = naive_bias(layer.bias, naive_matmul(layer.product, in));
    for (double& v : out) v = naive_activation(layer.activation, v);
    return out;
  }

  const nn::TowerModel& m_;
};

}  // namespace ponnuki::test
