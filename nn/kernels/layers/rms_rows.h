// RmsRows: divides the points of a map by their root mean square. This is RmsNorm without its
// weights, which are folded into the weights of the products that follow.
#pragma once

#include "nn/kernels/step/step.h"

namespace ponnuki::nn::kernels {

class RmsRows {
 public:
  /// Reads at most kBlockRows points at a time. Takes scratch memory.
  RmsRows(Run& run, int channels, float epsilon);

  /// Divides each point by the root of its own mean of squares. Returns [count][padded channels],
  /// valid until the next call.
  const float* read(const Map& image, const std::int32_t* points, int count);
  /// Multiplies all points by the factor of the whole board. Same shape and lifetime.
  const float* read_scaled(const Map& image, const std::int32_t* points, int count, float factor);
  /// 1 / sqrt(mean of the squares of all points + epsilon).
  float board_factor(const Map& image);

  /// Pointers to the rows of the last call.
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

/// The RMS norm before the heads. The epilogue applies its NormAct.
class TipRmsStep : public Step {
 public:
  TipRmsStep(const TipRms& norm, int channels, int slot)
      : norm_(norm), channels_(channels), slot_(slot) {}
  void run(Run& run) const override;
  StepFacts facts(const Workspace&) const override { return {"last norm"}; }

 private:
  TipRms norm_;
  int channels_, slot_;
};

}  // namespace ponnuki::nn::kernels
