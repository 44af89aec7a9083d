// The kernels for any x86-64 (SSE2) and any arm64 (NEON): what the compiler's plain flags allow.
#define PONNUKI_LEVEL level_baseline
#define PONNUKI_VEC_FLOATS 4
#if defined(__aarch64__)
#define PONNUKI_PANEL_VECTORS 6
#define PONNUKI_ACCUMULATORS 24  // of 32 registers
#else
#define PONNUKI_PANEL_VECTORS 2
#define PONNUKI_ACCUMULATORS 8  // of 16 registers; without FMA, products need one more
#endif
#include "nn/kernels/simd/level_table.h"

namespace ponnuki::nn::kernels {
const KernelTable kBaselineKernels = level_baseline::make_table();
}  // namespace ponnuki::nn::kernels
