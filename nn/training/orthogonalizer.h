// Orthogonalizer: brings the singular values of a matrix near 1 by the Newton-Schulz iteration of
// Muon (Jordan et al., "Muon: An optimizer for hidden layers in neural networks", 2024).
//
// The iteration X <- X p(A), p(A) = a I + b A + c A², A = Xᵀ X, has all its powers in A. So the
// products are of small matrices [columns][columns] only, and X is multiplied once, at the end.
#pragma once

#include <span>

#include "nn/kernels/simd/kernel_table.h"
#include "nn/kernels/step/aligned.h"

namespace ponnuki::nn::training {

class Orthogonalizer {
 public:
  explicit Orthogonalizer(const kernels::KernelTable& kernels) : kernels_(kernels) {}

  /// Replaces a matrix, [size / columns][columns], by one with the same singular vectors, and
  /// singular values between about 0.7 and 1.2. Values below 1/1000 of the matrix's norm become
  /// larger, but may stay below 0.7. A matrix of zeros stays as it is. `epsilon` is added to the
  /// norm by which the matrix is divided first: a matrix that is much smaller comes to nearly 0.
  void run(std::span<float> matrix, int columns, double epsilon = 0);

 private:
  void load(std::span<const float> matrix, int columns, double scale);
  void multiply(const kernels::AlignedFloats& left, const kernels::AlignedFloats& right,
                kernels::AlignedFloats& out) const;

  const kernels::KernelTable& kernels_;
  int rows_ = 0, padded_ = 0;  // padded_: columns with those of zeros behind them
  kernels::AlignedFloats x_, transposed_;
  kernels::AlignedFloats a_, power_, p_, q_, next_;  // [padded_][padded_]
};

}  // namespace ponnuki::nn::training
