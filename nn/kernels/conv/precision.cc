#include "nn/kernels/conv/precision.h"

#include "nn/kernels/simd/simd_level.h"

namespace ponnuki::nn::kernels {

Precision auto_precision() {
  return default_kernel_table().has_fast_pairs ? Precision::kInt16 : Precision::kFp32;
}

}  // namespace ponnuki::nn::kernels
