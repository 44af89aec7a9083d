// The epilogue of a convolution (EpilogueArgs in kernel_args.h), and pooling.
#pragma once

#include "nn/kernels/simd/kernel_table.h"
#include "nn/kernels/simd/level_activation.h"

namespace ponnuki::nn::kernels::PONNUKI_LEVEL {
namespace {

template <Activation kActivation>
PONNUKI_INLINE void epilogue_value(const EpilogueArgs& f, Vec v, std::ptrdiff_t point, int c) {
  if (f.residual) v += load(f.residual + point * f.residual_stride + c);
  if (f.raw) store(f.raw + point * f.raw_stride + c, v);
  if (f.activated) {
    const Vec normed = v * load(f.scale + c) + load(f.bias + c);
    store(f.activated + point * f.activated_stride + c, activate<kActivation>(normed));
  }
}

template <Activation kActivation>
void epilogue_rows_with(const EpilogueRowsArgs& args) {
  for (int r = 0; r < args.count; ++r) {
    const float* in = args.in + r * args.in_stride;
    const Vec scale = broadcast(args.row_scales ? args.row_scales[r] : 1);
    for (int c = 0; c < args.channels; c += kFloats)
      epilogue_value<kActivation>(args.epilogue, load(in + c) * scale, args.points[r], c);
  }
}

void epilogue_rows(const EpilogueRowsArgs& args) {
  switch (args.epilogue.activation) {
    case Activation::kRelu:
      return epilogue_rows_with<Activation::kRelu>(args);
    case Activation::kMish:
      return epilogue_rows_with<Activation::kMish>(args);
    case Activation::kSilu:
      return epilogue_rows_with<Activation::kSilu>(args);
    case Activation::kIdentity:
      return epilogue_rows_with<Activation::kIdentity>(args);
  }
}

void pool(const PoolArgs& args) {
  for (int c = 0; c < args.channels; c += kFloats) {
    Vec sum = {};
    Vec max = load(args.in + args.points[0] * args.stride + c);
    for (int i = 0; i < args.count; ++i) {
      const Vec v = load(args.in + args.points[i] * args.stride + c);
      sum += v;
      max = maximum(max, v);
    }
    store(args.sum + c, sum);
    store(args.max + c, max);
  }
}

}  // namespace
}  // namespace ponnuki::nn::kernels::PONNUKI_LEVEL
