// The kernels for AVX-512 with VNNI and BF16. cmake/simd_levels.cmake gives this file its flags.
#if defined(__x86_64__)
#define PONNUKI_LEVEL level_avx512bf16
#define PONNUKI_VEC_FLOATS 16
#define PONNUKI_PANEL_VECTORS 6
#define PONNUKI_ACCUMULATORS 24
#include "nn/kernels/simd/level_table.h"

namespace ponnuki::nn::kernels {
const KernelTable kAvx512Bf16Kernels = level_avx512bf16::make_table();
}  // namespace ponnuki::nn::kernels
#endif
