// TrainingPrecision: the number formats in which a TrainingNet multiplies for its 3 × 3
// convolutions. Everything else is computed in fp32: maps, sums, norms, other layers and the
// weights themselves.
#pragma once

#include "nn/kernels/conv/winograd_conv.h"

namespace ponnuki::nn::training {

enum class TrainingPrecision {
  kFp32,
  /// Convolutions in both directions: kernels::auto_precision(). Sums for the gradients of filters:
  /// operands in bf16 where the kernels have it (TrainingKernels::outer_bf16), else fp32.
  kReduced,
};

inline kernels::Precision conv_precision(TrainingPrecision precision, const ConvLayer& layer) {
  return precision == TrainingPrecision::kReduced && kernels::WinogradConv::can_do(layer)
             ? kernels::auto_precision()
             : kernels::Precision::kFp32;
}

}  // namespace ponnuki::nn::training
