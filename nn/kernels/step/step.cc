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

EpilogueArgs make_epilogue_args(const Epilogue& epilogue, Workspace& work) {
  EpilogueArgs epilogue_args;
  if (epilogue.residual >= 0) {
    const Map map = work.slot(epilogue.residual);
    epilogue_args.residual = map.data;
    epilogue_args.residual_stride = map.stride;
  }
  if (epilogue.raw >= 0) {
    const Map map = work.slot(epilogue.raw);
    epilogue_args.raw = map.data + epilogue.raw_channel;
    epilogue_args.raw_stride = map.stride;
  }
  if (epilogue.activated >= 0) {
    const Map map = work.slot(epilogue.activated);
    epilogue_args.activated = map.data;
    epilogue_args.activated_stride = map.stride;
    epilogue_args.scale = epilogue.norm->scale.data();
    epilogue_args.bias = epilogue.norm->bias.data();
    epilogue_args.activation = epilogue.norm->activation;
  }
  return epilogue_args;
}

}  // namespace ponnuki::nn::kernels
