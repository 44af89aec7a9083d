// LayerChecker: checks that the layers match their inputs and hold as many numbers as their shapes
// say. Keeps the first error. The base of the checks of whole models.
#pragma once

#include <string>

#include "nn/model/model_visit.h"

namespace ponnuki::nn {

class LayerChecker {
 public:
  const std::string& error() const { return error_; }

  /// Records the error `otherwise` if the condition does not hold.
  void require(bool condition, const std::string& otherwise) {
    if (error_.empty() && !condition) error_ = otherwise;
  }
  void equal(const std::string& name, const char* what, std::size_t found, std::size_t expected) {
    require(found == expected, "'" + name + "' has " + std::to_string(found) + " " + what +
                                   ", expected " + std::to_string(expected));
  }
  void equal(const std::string& name, const char* what, int found, int expected) {
    equal(name, what, static_cast<std::size_t>(found), static_cast<std::size_t>(expected));
  }

  /// Pass kAnyChannels for `out` if the layer itself determines its output channels.
  void conv(const ConvLayer& layer, int in, int out = kAnyChannels) {
    equal(layer.name, "input channels", layer.in, in);
    equal(layer.name, "weights", layer.weights.size(),
          static_cast<std::size_t>(layer.height) * static_cast<std::size_t>(layer.width) *
              static_cast<std::size_t>(layer.in) * static_cast<std::size_t>(layer.out));
    if (out != kAnyChannels) equal(layer.name, "output channels", layer.out, out);
  }
  void norm(const NormAct& layer, int channels) {
    equal(layer.name, "channels", layer.channels, channels);
    equal(layer.name, "scales", layer.scale.size(), static_cast<std::size_t>(layer.channels));
    equal(layer.name, "biases", layer.bias.size(), static_cast<std::size_t>(layer.channels));
  }
  void matmul(const MatMulLayer& layer, int in, int out = kAnyChannels) {
    equal(layer.name, "inputs", layer.in, in);
    equal(layer.name, "weights", layer.weights.size(),
          static_cast<std::size_t>(layer.in) * static_cast<std::size_t>(layer.out));
    if (out != kAnyChannels) equal(layer.name, "outputs", layer.out, out);
  }
  void bias(const BiasLayer& layer, int channels) {
    equal(layer.name, "biases", layer.bias.size(), static_cast<std::size_t>(channels));
  }

 private:
  std::string error_;
};

}  // namespace ponnuki::nn
