#include "nn/kernels/step/step.h"

#include <algorithm>

namespace ponnuki::nn::kernels {

Norm::Norm(const NormAct& layer)
    : scale(static_cast<std::size_t>(padded_channels(layer.channels))),
      bias(scale.size()),
      activation(layer.activation) {
  std::copy(layer.scale.begin(), layer.scale.end(), scale.begin());
  std::copy(layer.bias.begin(), layer.bias.end(), bias.begin());
}

Finish make_finish(const Outlet& outlet, Workspace& work) {
  Finish finish;
  if (outlet.residual >= 0) {
    const Map map = work.slot(outlet.residual);
    finish.residual = map.data;
    finish.residual_stride = map.stride;
  }
  if (outlet.raw >= 0) {
    const Map map = work.slot(outlet.raw);
    finish.raw = map.data + outlet.raw_channel;
    finish.raw_stride = map.stride;
  }
  if (outlet.activated >= 0) {
    const Map map = work.slot(outlet.activated);
    finish.activated = map.data;
    finish.activated_stride = map.stride;
    finish.scale = outlet.norm->scale.data();
    finish.bias = outlet.norm->bias.data();
    finish.activation = outlet.norm->activation;
  }
  return finish;
}

}  // namespace ponnuki::nn::kernels
