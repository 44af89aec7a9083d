// TrainingKernels: the inner loops of backward passes, part of a KernelTable. The gradient of a map
// has the map's layout (kernel_args.h), its border of zeros included.
#pragma once

#include "nn/kernels/simd/kernel_args.h"

namespace ponnuki::nn::kernels {

/// out[i][o] += Σ_t left[t][i] * right[t][o]: the gradient of the weights of out = in · weights.
struct OuterArgs {
  const float* left = nullptr;
  std::ptrdiff_t left_stride = 0;
  const float* right = nullptr;
  std::ptrdiff_t right_stride = 0;
  int count = 0;  // t
  int rows = 0;   // i
  int cols = 0;   // o, a multiple of kChannelPad
  float* out = nullptr;
  std::ptrdiff_t out_stride = 0;
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
  void (*outer)(const OuterArgs&) = nullptr;
  void (*masked_rows)(const MaskedRowsArgs&) = nullptr;
  void (*sparse_gradient)(const SparseGradientArgs&) = nullptr;
  /// Computes the transformed gradient A dy Aᵀ of a map's tiles, in the layout of M, from the
  /// gradient map.
  void (*winograd_gradient[kTileKinds])(const WinogradInputArgs&) = {};
  void (*winograd_masked[kTileKinds])(const WinogradMaskedArgs&) = {};
  /// Computes the gradient of the filters, Gᵀ dU G, from the gradient of their transform.
  void (*winograd_filter_gradient)(const WinogradFilterGradientArgs&) = nullptr;
};

}  // namespace ponnuki::nn::kernels
