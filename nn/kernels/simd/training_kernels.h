// TrainingKernels: the inner loops of backward passes, part of a KernelTable. The gradient of a map
// has the map's layout (kernel_args.h), its border of zeros included.
#pragma once

#include "nn/kernels/simd/kernel_args.h"

namespace ponnuki::nn::kernels {

/// Numbers in bf16 of two tiles: of the first one in the low half. bf16 is the upper half of a
/// float, here rounded to nearest.
using Bf16Pair = std::uint32_t;

/// out[i][o] += Σ_t left[t][i] * right[t][o]: the gradient of the weights of out = in · weights.
/// A product of pairs is the sum of the products of their halves. All sums are fp32.
template <typename Operand>
struct OuterArgs {
  const Operand* left = nullptr;
  std::ptrdiff_t left_stride = 0;
  const Operand* right = nullptr;
  std::ptrdiff_t right_stride = 0;
  int count = 0;  // t
  int rows = 0;   // i
  int cols = 0;   // o, a multiple of kChannelPad
  float* out = nullptr;
  std::ptrdiff_t out_stride = 0;
};

/// WinogradInputArgs with pairs of tiles as output. Pair p of element e begins at out + e *
/// element_stride + p * channels. It holds tiles 2p and 2p + 1, or 0 instead of a tile that is
/// missing.
struct WinogradBf16Args {
  WinogradArgs shape;
  const float* in = nullptr;  // a map
  std::ptrdiff_t in_stride = 0;
  Bf16Pair* out = nullptr;
};

/// The backward pass of y = act(scale[c] * x + bias[c]) with a ReLU. v is the gradient of y at
/// point p and channel c, and `activated` holds y:
///
///     v = activated[p * activated_stride + c] > 0 ? v : 0
///     bias_gradient[c] += v
///     gradient[p * gradient_stride + c] = scale[c] * v, or += if `add`
struct MaskedEpilogueArgs {
  const float* activated = nullptr;
  float* gradient = nullptr;
  std::ptrdiff_t activated_stride = 0, gradient_stride = 0;
  const float* scale = nullptr;
  float* bias_gradient = nullptr;
  bool add = false;
};

/// WinogradOutputArgs with the masked epilogue.
struct WinogradMaskedArgs {
  WinogradArgs shape;
  const float* in = nullptr;
  const float* tile_scales = nullptr;  // [tile]: factors of the outputs
  MaskedEpilogueArgs epilogue;
};

/// EpilogueRowsArgs with the masked epilogue.
struct MaskedRowsArgs {
  const float* in = nullptr;
  std::ptrdiff_t in_stride = 0;
  const std::int32_t* points = nullptr;
  int count = 0;
  int channels = 0;  // padded
  MaskedEpilogueArgs epilogue;
};

/// For every input of the runs: weights[(first_row + input.row) * stride + c] += input.value *
/// in[c].
struct SparseGradientArgs {
  float* weights = nullptr;
  std::ptrdiff_t stride = 0;
  const SparseRun* runs = nullptr;
  int run_count = 0;
  const float* in = nullptr;
  int channels = 0;  // padded
};

/// The backward pass of WinogradFilterArgs.
struct WinogradFilterGradientArgs {
  const float* elements = nullptr;
  std::ptrdiff_t element_stride = 0;
  int channels = 0;       // padded
  float* taps = nullptr;  // [9][channels]
};

struct TrainingKernels {
  void (*outer)(const OuterArgs<float>&) = nullptr;
  void (*masked_rows)(const MaskedRowsArgs&) = nullptr;
  void (*sparse_gradient)(const SparseGradientArgs&) = nullptr;
  /// Computes the transformed gradient A dy Aᵀ of a map's tiles, in the layout of M, from the
  /// gradient map.
  void (*winograd_gradient[kTileKinds])(const WinogradInputArgs&) = {};
  void (*winograd_masked[kTileKinds])(const WinogradMaskedArgs&) = {};
  /// outer, winograd[kind].input and winograd_gradient in bf16. Null where the processor has no
  /// instruction for them.
  void (*outer_bf16)(const OuterArgs<Bf16Pair>&) = nullptr;
  void (*bf16_input[kTileKinds])(const WinogradBf16Args&) = {};
  void (*bf16_gradient[kTileKinds])(const WinogradBf16Args&) = {};
  /// Computes the gradient of the filters, Gᵀ dU G, from the gradient of their transform.
  void (*winograd_filter_gradient)(const WinogradFilterGradientArgs&) = nullptr;
};

}  // namespace ponnuki::nn::kernels
