// The activation functions a net may use. Alone in a file so that the CPU kernels, which are
// compiled once for each instruction set, need nothing else of the model
// (nn/kernels/simd/kernel_table.h).
#pragma once

namespace ponnuki::nn {

enum class Activation { kIdentity, kRelu, kMish, kSilu };

}  // namespace ponnuki::nn
