// KernelTable: the inner loops of the fast network, one table for each instruction set.
//
// One source (level_*.h) is compiled several times with different compiler flags, by
// level_avx512bf16.cc, level_avx512vnni.cc, level_avx512.cc, level_avxvnni.cc, level_avx2.cc,
// level_i8mm.cc and level_baseline.cc.
// The table is chosen at run time (simd_level.h). The compiler's vector types suffice, on arm64
// too, and need no dependency.
//
// The files compiled with special flags must not instantiate inline functions that other files use.
// Otherwise the linker could keep the copy that needs AVX-512 for the whole program. This header
// therefore holds plain data only, and the level headers keep everything in unnamed namespaces.
//
// A precision (precision.h) with other operands has its own gemm, winograd_input and packing. Maps,
// the epilogue (EpilogueArgs) and everything else stay fp32.
#pragma once

#include "nn/kernels/simd/kernel_args.h"
#include "nn/kernels/simd/training_kernels.h"
#include "nn/kernels/simd/transformer_kernels.h"

namespace ponnuki::nn::kernels {

/// The kernels of Winograd's method for one kind of tile.
struct WinogradKernels {
  void (*input)(const WinogradInputArgs&) = nullptr;
  void (*pair_input)(const WinogradPairInputArgs&) = nullptr;
  void (*output)(const WinogradOutputArgs&) = nullptr;
};

struct KernelTable {
  int vector_floats = 0;        // the width of a panel is a multiple of this
  int panel_vectors = 0;        // the most vectors in a panel
  bool has_fast_pairs = false;  // pair_gemm multiplies faster than gemm
  void (*gemm)(const GemmArgs&) = nullptr;
  void (*pair_gemm)(const PairGemmArgs&) = nullptr;
  void (*pair_rows)(const PairRowsArgs&) = nullptr;
  void (*pair_weights)(const PairWeightsArgs&) = nullptr;
  void (*sparse)(const SparseArgs&) = nullptr;
  void (*epilogue_rows)(const EpilogueRowsArgs&) = nullptr;
  void (*pool)(const PoolArgs&) = nullptr;
  WinogradKernels winograd[kTileKinds];
  void (*winograd_filter)(const WinogradFilterArgs&) = nullptr;  // U = G g Gᵀ from the taps
  TransformerKernels transformer;
  TrainingKernels training;
  // Loops that reach peak rates, for measurements. One step multiplies and adds peak_vectors
  // vectors of floats, or of pairs of 16-bit integers. The number of floats to read must be a
  // multiple of 256. The results have no meaning.
  int peak_vectors = 0;
  float (*peak_fp32)(std::int64_t steps) = nullptr;
  float (*peak_pairs)(std::int64_t steps) = nullptr;
  float (*peak_read)(const float* data, std::int64_t count) = nullptr;
};

extern const KernelTable kBaselineKernels;    // SSE2 on x86-64, NEON on arm64
extern const KernelTable kI8mmKernels;        // arm64 only; needs I8MM
extern const KernelTable kAvx2Kernels;        // x86-64 only; needs AVX2 and FMA
extern const KernelTable kAvxVnniKernels;     // x86-64 only; needs AVX-VNNI as well
extern const KernelTable kAvx512Kernels;      // x86-64 only; needs AVX-512 F, VL, DQ and BW
extern const KernelTable kAvx512VnniKernels;  // x86-64 only; needs VNNI as well
extern const KernelTable kAvx512Bf16Kernels;  // x86-64 only; needs VNNI and BF16 as well

}  // namespace ponnuki::nn::kernels
