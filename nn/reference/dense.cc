// Products of vectors and matrices.
#include "nn/reference/dense.h"

#include <Eigen/Core>

#include "engine/check.h"

namespace ponnuki::nn {
namespace {

using RowMatrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Vector = Eigen::Map<Eigen::VectorXf>;
using ConstVector = Eigen::Map<const Eigen::VectorXf>;

Vector map(std::span<float> v) { return {v.data(), static_cast<Eigen::Index>(v.size())}; }
ConstVector map(std::span<const float> v) {
  return {v.data(), static_cast<Eigen::Index>(v.size())};
}

}  // namespace

// Weights are stored by input, so the product uses their transpose.
std::vector<float> apply_matmul(const MatMulLayer& layer, std::span<const float> in) {
  PONNUKI_CHECK(static_cast<int>(in.size()) == layer.in);
  std::vector<float> out(static_cast<std::size_t>(layer.out));
  map(std::span<float>(out)).noalias() =
      Eigen::Map<const RowMatrix>(layer.weights.data(), layer.in, layer.out).transpose() * map(in);
  return out;
}

void add_bias(const BiasLayer& layer, std::span<float> values) {
  PONNUKI_CHECK(values.size() == layer.bias.size());
  map(values) += map(std::span<const float>(layer.bias));
}

void add_to_channels(std::span<const float> bias, FeatureMaps& maps) {
  PONNUKI_CHECK(static_cast<int>(bias.size()) == maps.shape().channels);
  Eigen::Map<RowMatrix>(maps.values().data(), maps.shape().channels, maps.shape().area())
      .colwise() += map(bias);
}

void add_maps(const FeatureMaps& b, FeatureMaps& a) {
  PONNUKI_CHECK(a.shape() == b.shape());
  map(a.values()) += map(b.values());
}

// Subtracts the largest logit, so that the largest exponential is 1 and the sum at least 1.
void softmax(std::span<float> logits) {
  PONNUKI_CHECK(!logits.empty());
  auto x = map(logits).array();
  x = (x - x.maxCoeff()).exp();
  x /= x.sum();
}

}  // namespace ponnuki::nn
