// TransformerKernels: the inner loops of transformer blocks, part of a KernelTable. The matrix
// products are those of all layers (GemmArgs in kernel_args.h), and rows are aligned in the same
// way.
#pragma once

#include <cstddef>
#include <cstdint>

namespace ponnuki::nn::kernels {

/// sums[r] = Σ_c in[points[r] * stride + c]². The sum includes the padding, which is zero.
struct SquareSumsArgs {
  const float* in = nullptr;
  std::ptrdiff_t stride = 0;
  const std::int32_t* points = nullptr;
  int count = 0;
  int channels = 0;  // padded
  float* sums = nullptr;
};

/// out[r * channels + c] = factors[r] * in[points[r] * stride + c].
struct ScaledRowsArgs {
  const float* in = nullptr;
  std::ptrdiff_t stride = 0;
  const std::int32_t* points = nullptr;
  int count = 0;
  int channels = 0;  // padded
  const float* factors = nullptr;
  float* out = nullptr;
};

/// Rotary embedding in place, on the rows of a board in row-major order. a is the sum of the angles
/// of row y and column x:
///
///     first[c], second[c] = first[c] cos a - second[c] sin a, first[c] sin a + second[c] cos a
///
/// Tables are [coordinate][channels].
struct RotateArgs {
  float* first = nullptr;
  float* second = nullptr;
  std::ptrdiff_t stride = 0;
  int height = 0, width = 0;
  int channels = 0;  // padded
  const float *cos_x = nullptr, *sin_x = nullptr;
  const float *cos_y = nullptr, *sin_y = nullptr;
};

/// Softmax without the division, in place: row[i] = exp(scale * (row[i] - the row's maximum)) for i
/// < count. The sum of row r goes to sums[r]. The padding, up to a whole number of vectors, is
/// overwritten.
struct SoftmaxArgs {
  float* rows = nullptr;
  std::ptrdiff_t stride = 0;
  int row_count = 0;
  int count = 0;
  float scale = 0;
  float* sums = nullptr;
};

/// SwiGLU in place: rows[r][c] = silu(rows[r][c]) * rows[r][channels + c].
struct GateArgs {
  float* rows = nullptr;
  std::ptrdiff_t stride = 0;
  int row_count = 0;
  int channels = 0;  // padded
};

struct TransformerKernels {
  void (*square_sums)(const SquareSumsArgs&) = nullptr;
  void (*scaled_rows)(const ScaledRowsArgs&) = nullptr;
  void (*rotate)(const RotateArgs&) = nullptr;
  void (*softmax)(const SoftmaxArgs&) = nullptr;
  void (*gate)(const GateArgs&) = nullptr;
};

}  // namespace ponnuki::nn::kernels
