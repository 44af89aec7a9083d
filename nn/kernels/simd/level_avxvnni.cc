// The kernels for AVX2 with AVX-VNNI: processors that have VNNI without AVX-512, such as Intel's
// since Alder Lake. cmake/simd_levels.cmake gives this file its flags.
#if defined(__x86_64__)
#define PONNUKI_LEVEL level_avxvnni
#define PONNUKI_VEC_FLOATS 8
#define PONNUKI_PANEL_VECTORS 3
#define PONNUKI_ACCUMULATORS 12
#include "nn/kernels/simd/level_table.h"

namespace ponnuki::nn::kernels {
const KernelTable kAvxVnniKernels = level_avxvnni::make_table();
}  // namespace ponnuki::nn::kernels
#endif
