// The kernels for AVX-512. cmake/simd_levels.cmake gives this file its flags.
#if defined(__x86_64__)
#define PONNUKI_LEVEL level_avx512
#define PONNUKI_VEC_FLOATS 16
#define PONNUKI_PANEL_VECTORS 3
#define PONNUKI_ACCUMULATORS 24
#include "nn/kernels/simd/level_table.h"

namespace ponnuki::nn::kernels {
const KernelTable kAvx512Kernels = level_avx512::make_table();
}  // namespace ponnuki::nn::kernels
#endif
