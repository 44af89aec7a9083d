// The orthogonalizer against Newton and Schulz's iteration in double, on the whole matrix.
#include "nn/training/orthogonalizer.h"

#include <Eigen/Dense>
#include <algorithm>
#include <catch2/catch.hpp>

#include "engine/random.h"
#include "nn/kernels/simd/simd_level.h"

namespace ponnuki::nn::training {
namespace {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

Matrix random_matrix(int rows, int columns) {
  Random random(1);
  Matrix matrix(rows, columns);
  for (double& x : matrix.reshaped()) x = random.normal();
  return matrix;
}

Matrix iterated(Matrix x) {
  x /= x.norm();
  for (int i = 0; i < 5; ++i) {
    const Matrix a = x.transpose() * x;
    x = 3.4445 * x - 4.7750 * x * a + 2.0315 * x * a * a;
  }
  return x;
}

Matrix orthogonalized(const Matrix& matrix, Orthogonalizer& orthogonalizer) {
  std::vector<float> numbers;
  for (int r = 0; r < matrix.rows(); ++r)
    for (int c = 0; c < matrix.cols(); ++c) numbers.push_back(static_cast<float>(matrix(r, c)));
  orthogonalizer.run(numbers, static_cast<int>(matrix.cols()));
  return Eigen::Map<const Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>(
             numbers.data(), matrix.rows(), matrix.cols())
      .cast<double>();
}

double distance(const Matrix& a, const Matrix& b) { return (a - b).cwiseAbs().maxCoeff(); }

}  // namespace

TEST_CASE("Orthogonalizer: the same as the iteration on the whole matrix, at each SIMD level") {
  for (const kernels::SimdLevel level : kernels::supported_simd_levels()) {
    Orthogonalizer orthogonalizer(kernels::kernel_table(level));
    for (const auto& [rows, columns] :
         {std::pair{288, 32}, {864, 96}, {72, 8}, {200, 24}, {9, 40}}) {
      CAPTURE(kernels::simd_level_name(level), rows, columns);
      const Matrix matrix = random_matrix(rows, columns);
      CHECK(distance(orthogonalized(matrix, orthogonalizer), iterated(matrix)) < 2e-4);
    }
  }
}

TEST_CASE("Orthogonalizer: singular values come near 1, whatever the matrix's scale") {
  Orthogonalizer orthogonalizer(kernels::default_kernel_table());
  for (const double scale : {1e-40, 1.0, 1e12}) {
    const Matrix result = orthogonalized(scale * random_matrix(288, 32), orthogonalizer);
    const auto values = Eigen::JacobiSVD<Matrix>(result).singularValues();
    CHECK(values.minCoeff() > 0.65);
    CHECK(values.maxCoeff() < 1.25);
  }
}

TEST_CASE("Orthogonalizer: matrices of few directions") {
  Orthogonalizer orthogonalizer(kernels::default_kernel_table());
  CHECK(orthogonalized(Matrix::Zero(288, 32), orthogonalizer) == Matrix::Zero(288, 32));
  const Matrix one = random_matrix(288, 1) * random_matrix(1, 32);
  const Matrix result = orthogonalized(one, orthogonalizer);
  CHECK(distance(result, iterated(one)) < 2e-4);
  CHECK(result.norm() == Approx(1).margin(0.35));
}

}  // namespace ponnuki::nn::training
