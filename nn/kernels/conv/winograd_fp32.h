// WinogradFp32: the products of Winograd's method in fp32.
#pragma once

#include "nn/kernels/conv/winograd_products.h"

namespace ponnuki::nn::kernels {

class WinogradFp32 : public WinogradProducts {
 public:
  WinogradFp32(const KernelTable& kernels, const ConvWeights& weights);
  std::size_t bytes(int tiles) const override;
  void run(Run& run, const WinogradBlock& block) const override;

 private:
  struct Operands;
  Operands lay_out(const WinogradBlock& block) const;
  void transform(const Run& run, const WinogradBlock& block, const Operands& operands) const;
  void multiply(const Run& run, const WinogradBlock& block, const Operands& operands) const;

  int in_, out_;
  std::vector<Panel> panels_;  // the panels of one element
  AlignedFloats weights_;      // [element][panel][in][width]
};

}  // namespace ponnuki::nn::kernels
