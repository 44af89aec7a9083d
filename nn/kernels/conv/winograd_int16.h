// WinogradInt16: the products of Winograd's method in 16-bit integers (pair_weights.h):
//
//     v ≈ range(tile) / reach(e) * V      |V| <= kPairInputLimit for any inputs
//     m = range * (step / reach * Σ V U)  over inputs
//
// M lacks the factor `range`; the epilogue multiplies by it.
#pragma once

#include <cstdint>

#include "nn/kernels/conv/pair_weights.h"
#include "nn/kernels/conv/winograd_products.h"

namespace ponnuki::nn::kernels {

class WinogradInt16 : public WinogradProducts {
 public:
  WinogradInt16(const KernelTable& kernels, const ConvWeights& weights);
  std::size_t bytes(int tiles) const override;
  void run(Run& run, const WinogradBlock& block) const override;

 private:
  struct Operands;
  Operands lay_out(const WinogradBlock& block) const;
  void transform(const Run& run, const WinogradBlock& block, const Operands& operands) const;
  void multiply(const Run& run, const WinogradBlock& block, const Operands& operands) const;

  int in_, out_;
  PairWeights weights_;       // of each element
  std::vector<float> reach_;  // [element]
};

}  // namespace ponnuki::nn::kernels
