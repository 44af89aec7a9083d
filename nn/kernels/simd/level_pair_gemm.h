// The product of 16-bit integers that suits this level. Both headers define
//
//     pair_gemm            PairGemmArgs
//     PairLayout           where PairWeightsArgs puts its integers
//     add_pair_products    one instruction or few, for the peak rate: 2 multiply-adds for each lane
#pragma once

#if defined(__ARM_FEATURE_MATMUL_INT8)
#include "nn/kernels/simd/level_octets.h"
#else
#include "nn/kernels/simd/level_pairs.h"
#endif
