// WinogradInt16: the products of Winograd's method in 16-bit integers. The products are exact; only
// their operands are rounded:
//
//     v ≈ range(tile) / reach(e) * V      V has 15 bits: |V| <= kInputLimit for any inputs
//     u ≈ step(e, o) * U                  U has 16 bits: Σ |U| <= kWeightLimit over a chunk
//     m = range * (step / reach * Σ V U)  over inputs; |Σ V U| <= kInputLimit * kWeightLimit < 2^31
//
// M lacks the factor `range`; the epilogue multiplies by it.
#pragma once

#include <cstdint>

#include "nn/kernels/conv/winograd_products.h"

namespace ponnuki::nn::kernels {

class WinogradInt16 : public WinogradProducts {
 public:
  WinogradInt16(const KernelTable& kernels, const ConvWeights& weights);
  std::size_t bytes(int tiles) const override;
  void run(Run& run, const WinogradBlock& block) const override;

 private:
  struct Operands;
  void quantize(const KernelTable& kernels, int element, const float* matrix);
  Operands lay_out(const WinogradBlock& block) const;
  void transform(const Run& run, const WinogradBlock& block, const Operands& operands) const;
  void multiply(const Run& run, const WinogradBlock& block, const Operands& operands) const;

  int in_, out_;
  // Pairs of inputs, pairs in a chunk, chunks.
  int pairs_, chunk_, chunks_;
  std::vector<Panel> panels_;                                          // the panels of one element
  std::vector<std::int16_t, AlignedAllocator<std::int16_t>> weights_;  // [element][panel][pair]...
  AlignedFloats scales_;      // [element][chunk][out]: step / reach
  std::vector<float> reach_;  // [element]
};

}  // namespace ponnuki::nn::kernels
