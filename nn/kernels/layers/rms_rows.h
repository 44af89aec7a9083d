// Points of a map divided by their root mean square: RmsNorm without its weights, which are folded
// into those of the products that follow.
#pragma once

#include "nn/kernels/step/step.h"

namespace ponnuki::nn::kernels {

class RmsRows {
 public:
  /// For at most kBlockRows points at a time; takes scratch memory.
  RmsRows(Run& run, int channels, float epsilon);

  /// [count][padded channels], valid until the next call: each point by its own mean of squares.
  const float* read(const Map& image, const std::int32_t* points, int count);
  /// All by the factor of the whole board.
  const float* read_scaled(const Map& image, const std::int32_t* points, int count, float factor);
  /// 1 / sqrt(mean of the squares of all points + epsilon).
  float board_factor(const Map& image);

  /// Where the rows of the last call begin.
  const float* const* rows() const { return rows_; }

 private:
  void sum_squares(const Map& image, const std::int32_t* points, int count);
  const float* scale(const Map& image, const std::int32_t* points, int count);

  Run& run_;
  int channels_, padded_;
  float epsilon_;
  float* factors_;
  float* values_;
  const float** rows_;
};

/// The norm by the root mean square before the heads; its NormAct is the epilogue's.
class TipRmsStep : public Step {
 public:
  TipRmsStep(const TipRms& norm, int channels, int slot)
      : norm_(norm), channels_(channels), slot_(slot) {}
  void run(Run& run) const override;

 private:
  TipRms norm_;
  int channels_, slot_;
};

}  // namespace ponnuki::nn::kernels
