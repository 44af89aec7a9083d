// Activations as array expressions in Eigen, which has a vectorised exponential.
#include "nn/reference/activation.h"

#include <Eigen/Core>

#include "engine/check.h"

namespace ponnuki::nn {
namespace {

using Values = Eigen::Map<Eigen::ArrayXf>;

/// With e = eˣ, tanh(ln(1 + e)) = (e² + 2e) / (e² + 2e + 2): one exponential and no cancellation.
/// Beyond 20 the factor is 1 in single precision; the clamp keeps e² finite.
void mish(Values x) {
  const auto e = x.cwiseMin(20.0F).exp();
  const Eigen::ArrayXf n = e * (e + 2.0F);
  x *= n / (n + 2.0F);
}

}  // namespace

void activate(Activation activation, std::span<float> values) {
  Values x(values.data(), static_cast<Eigen::Index>(values.size()));
  switch (activation) {
    case Activation::kIdentity:
      break;
    case Activation::kRelu:
      x = x.cwiseMax(0.0F);
      break;
    case Activation::kMish:
      mish(x);
      break;
    case Activation::kSilu:
      x = x / (1.0F + (-x).exp());
      break;
  }
}

void apply_norm_act(const NormAct& layer, const FeatureMaps& in, FeatureMaps& out) {
  PONNUKI_CHECK(in.shape().channels == layer.channels);
  if (&in != &out) out.resize(in.shape());
  const auto area = static_cast<std::size_t>(in.shape().area());
  for (int c = 0; c < layer.channels; ++c) {
    const auto channel = static_cast<std::size_t>(c);
    const Eigen::Map<const Eigen::ArrayXf> x(in.plane(c), static_cast<Eigen::Index>(area));
    Values(out.plane(c), static_cast<Eigen::Index>(area)) =
        x * layer.scale[channel] + layer.bias[channel];
    activate(layer.activation, {out.plane(c), area});
  }
}

}  // namespace ponnuki::nn
