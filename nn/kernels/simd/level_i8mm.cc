// The kernels for arm64 with the extension i8mm: Apple's processors since M2, Arm's since
// Neoverse V1 and Cortex-A510. cmake/simd_levels.cmake gives this file its flags.
#if defined(__aarch64__)
#define PONNUKI_LEVEL level_i8mm
#define PONNUKI_VEC_FLOATS 4
#define PONNUKI_PANEL_VECTORS 6
#define PONNUKI_ACCUMULATORS 24
#include "nn/kernels/simd/level_table.h"

namespace ponnuki::nn::kernels {
const KernelTable kI8mmKernels = level_i8mm::make_table();
}  // namespace ponnuki::nn::kernels
#endif
