// The activation functions of a net. They have a file of their own, so that the CPU kernels, which
// are compiled once for each instruction set, depend on no other part of the model
// (nn/kernels/simd/kernel_table.h).
#pragma once

namespace ponnuki::nn {

enum class Activation { kIdentity, kRelu, kMish, kSilu };

}  // namespace ponnuki::nn
