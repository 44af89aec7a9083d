#include "nn/training/orthogonalizer.h"

#include <cmath>

namespace ponnuki::nn::training {
namespace {

using kernels::AlignedFloats;

constexpr int kIterations = 5;
// The coefficients of p, from the source: steep at 0, and near 1 thereafter.
constexpr float kA = 3.4445F, kB = -4.7750F, kC = 2.0315F;

void set_identity(int side, AlignedFloats& matrix) {
  matrix.assign(static_cast<std::size_t>(side) * side, 0.0F);
  for (int i = 0; i < side; ++i) matrix[static_cast<std::size_t>(i) * (side + 1)] = 1;
}

}  // namespace

/// out = leftᵀ · right, with [padded_] columns on both sides.
void Orthogonalizer::multiply(const AlignedFloats& left, const AlignedFloats& right,
                              AlignedFloats& out) const {
  const auto side = static_cast<std::size_t>(padded_);
  out.assign(side * side, 0.0F);
  kernels_.training.outer({.left = left.data(),
                           .left_stride = padded_,
                           .right = right.data(),
                           .right_stride = padded_,
                           .count = static_cast<int>(left.size() / side),
                           .rows = padded_,
                           .cols = padded_,
                           .out = out.data(),
                           .out_stride = padded_});
}

void Orthogonalizer::load(std::span<const float> matrix, int columns, double scale) {
  const auto width = static_cast<std::size_t>(columns);
  padded_ = kernels::padded_channels(columns);
  rows_ = static_cast<int>(matrix.size() / width);
  const auto rows = static_cast<std::size_t>(rows_), padded = static_cast<std::size_t>(padded_);
  x_.assign(rows * padded, 0.0F);
  transposed_.assign(rows * padded, 0.0F);
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t c = 0; c < width; ++c)
      x_[r * padded + c] = transposed_[c * rows + r] =
          static_cast<float>(scale * static_cast<double>(matrix[r * width + c]));
  }
}

void Orthogonalizer::run(std::span<float> matrix, int columns, double epsilon) {
  double squares = 0;
  for (const float x : matrix) squares += static_cast<double>(x) * static_cast<double>(x);
  if (!(squares > 0)) return;
  load(matrix, columns, 1 / (std::sqrt(squares) + epsilon));
  multiply(x_, x_, a_);
  set_identity(padded_, q_);
  for (int i = 0; i < kIterations; ++i) {
    multiply(a_, a_, power_);
    set_identity(padded_, p_);
    for (std::size_t e = 0; e < p_.size(); ++e) p_[e] = kA * p_[e] + kB * a_[e] + kC * power_[e];
    // All these matrices are symmetric and commute.
    multiply(q_, p_, next_);
    q_.swap(next_);
    multiply(a_, p_, power_);
    multiply(p_, power_, a_);
  }
  x_.assign(x_.size(), 0.0F);
  kernels_.training.outer({.left = transposed_.data(),
                           .left_stride = rows_,
                           .right = q_.data(),
                           .right_stride = padded_,
                           .count = columns,
                           .rows = rows_,
                           .cols = padded_,
                           .out = x_.data(),
                           .out_stride = padded_});
  const auto width = static_cast<std::size_t>(columns), padded = static_cast<std::size_t>(padded_);
  for (std::size_t i = 0; i < matrix.size(); ++i) matrix[i] = x_[i / width * padded + i % width];
}

}  // namespace ponnuki::nn::training
