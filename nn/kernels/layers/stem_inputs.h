// StemInputs: the values of one image's planes that are not zero, listed in the order in which a
// first convolution reads them.
//
// Planes are mostly zeros (about 3 of 22 are not, at a point of a real position). The rest is
// listed point by point, so those under one row of the kernel are next to each other, and the list
// serves all output points:
//
//     kernel row   [k0 k1 k2]             weights row of an input at column x:
//     board row     .  .  .  .  .  .          (x - left) * planes + plane
//     list          a  bc    d  e  f      "- left * planes" is the run's first_row, the list has
//                                         the rest
//
// KataGo's plane 0 is 1 on the whole board, so its share depends only on which taps are on the
// board. They form a rectangle; its sum comes from sums S over taps (0, 0) to (y, x), kept as rows
// of weights, one for each tap. In the middle of the board that is one row instead of all taps:
//
//     Σ taps [y0, y1) × [x0, x1) = S(y1, x1) - S(y0, x1) - S(y1, x0) + S(y0, x0)
#pragma once

#include <cstdint>
#include <span>

#include "nn/kernels/step/scratch.h"
#include "nn/network.h"

namespace ponnuki::nn::kernels {

class StemInputs {
 public:
  /// For boards of one size; keeps a pointer to the layer, takes memory from `scratch`.
  StemInputs(const ConvLayer& layer, BoardSize size, Scratch& scratch);

  /// Rows of weights: [tap][plane], then the sums S of plane 0, [tap].
  static int rows(const ConvLayer& layer) { return layer.height * layer.width * (layer.in + 1); }

  void read(const NetworkInput& input);
  /// The inputs of output point (y, x) of the image; valid until the next call.
  std::span<const SparseRun> runs(int y, int x);

 private:
  void find_present(const NetworkInput& input, int first_plane, std::uint32_t* present) const;
  SparseRun ones_run(int y, int x);

  const ConvLayer& layer_;
  BoardSize size_;
  int words_;               // of 32 planes
  SparseInput* inputs_;     // [area * planes] in the order of points; row is x * planes + plane
  std::int32_t* begin_;     // [area + 1] where a point's inputs begin
  std::uint32_t* present_;  // [words][area] which inputs a point has
  SparseInput* corners_;    // [4] of the sums' rows
  SparseRun* runs_;         // [taps + 1]
  bool ones_ = false;       // plane 0 is 1 on the whole board, and not among the inputs
};

}  // namespace ponnuki::nn::kernels
