// LayerRun: applies the layers of a model one after another, owns the scratch buffers that
// convolutions share, and passes the output of each layer to an observer, if there is one.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "nn/model/model.h"
#include "nn/reference/feature_maps.h"

namespace ponnuki::nn {

/// Called with a layer's name and output. The output of a matrix, which belongs to no point of the
/// board, is passed as maps of one point. The maps are valid only during the call.
using LayerObserver = std::function<void(const std::string& layer, const FeatureMaps& output)>;

class LayerRun {
 public:
  /// `observer` may be empty. It must outlive the run.
  explicit LayerRun(const LayerObserver& observer) : observer_(observer) {}
  LayerRun(const LayerRun&) = delete;
  LayerRun& operator=(const LayerRun&) = delete;

  // See nn/reference/conv.h, nn/reference/activation.h and nn/reference/dense.h.
  void conv(const ConvLayer& layer, const FeatureMaps& in, FeatureMaps& out);
  void norm_act(const NormAct& layer, const FeatureMaps& in, FeatureMaps& out);
  std::vector<float> matmul(const MatMulLayer& layer, std::span<const float> in);
  /// values = activation(values + bias).
  void bias_act(const BiasLayer& layer, Activation activation, std::span<float> values);
  /// sum += x: the end of the block named `block`.
  void add(const std::string& block, const FeatureMaps& x, FeatureMaps& sum);

  /// Reports the output of a layer that has no function here.
  void tell(const std::string& layer, const FeatureMaps& output) const {
    if (observer_) observer_(layer, output);
  }

 private:
  void tell(const std::string& layer, std::span<const float> numbers) const;

  const LayerObserver& observer_;
  std::vector<float> patches_;
};

}  // namespace ponnuki::nn
