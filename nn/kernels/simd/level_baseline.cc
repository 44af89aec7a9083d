// The kernels for any x86-64 (SSE2) and any arm64 (NEON), compiled without special flags.
#define PONNUKI_LEVEL level_baseline
#define PONNUKI_VEC_FLOATS 4
#if defined(__aarch64__)
#define PONNUKI_PANEL_VECTORS 6
#define PONNUKI_ACCUMULATORS 24  // of 32 registers
#else
#define PONNUKI_PANEL_VECTORS 2
// Only 8 of 16 registers, since without FMA a product needs one more register.
#define PONNUKI_ACCUMULATORS 8
#endif
#include "nn/kernels/simd/level_table.h"

namespace ponnuki::nn::kernels {
const KernelTable kBaselineKernels = level_baseline::make_table();
}  // namespace ponnuki::nn::kernels
