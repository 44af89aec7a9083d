// StemInputs: the non-zero values of one image's input planes, listed in the order in which a first
// convolution reads them.
//
// Planes are mostly zeros (about 3 of 22 are not, at a point of a real position). The non-zero
// values are listed point by point. The values under one row of the kernel are therefore
// contiguous, and one list serves all output points:
//
//     kernel row   [k0 k1 k2]             weights row of an input at column x:
//     board row     .  .  .  .  .  .          (x - left) * planes + plane
//     list          a  bc    d  e  f      "- left * planes" is in the run's first_row; the list
//                                         holds the rest
//
// KataGo's plane 0 is 1 on the whole board, so its contribution depends only on which taps are on
// the board. These taps form a rectangle. Its sum follows from the sums S over taps (0, 0) to (y,
// x), which are stored as rows of weights, one for each tap. In the middle of the board one such
// row replaces all taps:
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
  /// Reads boards of one size. Keeps a pointer to the layer; takes memory from `scratch`.
  StemInputs(const ConvLayer& layer, BoardSize size, Scratch& scratch);

  /// The number of rows of weights: [tap][plane], then the sums S of plane 0, [tap].
  static int rows(const ConvLayer& layer) { return layer.height * layer.width * (layer.in + 1); }

  void read(const NetworkInput& input);
  /// The inputs of output point (y, x). Valid until the next call.
  std::span<const SparseRun> runs(int y, int x);

 private:
  void find_present(const NetworkInput& input, int first_plane, std::uint32_t* present) const;
  SparseRun ones_run(int y, int x);

  const ConvLayer& layer_;
  BoardSize size_;
  int words_;  // words of 32 planes each
  // [area * planes] in the order of points. `row` is x * planes + plane.
  SparseInput* inputs_;
  std::int32_t* begin_;     // [area + 1]: the index of each point's first input
  std::uint32_t* present_;  // [words][area]: bits of the planes that are not zero
  SparseInput* corners_;    // [4]: inputs for the rows of S
  SparseRun* runs_;         // [taps + 1]
  // Plane 0 is 1 on the whole board. It is then left out of inputs_.
  bool ones_ = false;
};

}  // namespace ponnuki::nn::kernels
