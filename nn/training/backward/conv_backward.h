// ConvBackward: the backward pass through convolutions side by side that read the same map (laid
// out by ConvWeights). Kernels are 3 × 3, computed by Winograd's method, or 1 × 1.
//
//     gradient of the input   = gradient of the output * the flipped, transposed filter
//     gradient of the weights = Σ over points of input ⊗ gradient of the output
#pragma once

#include <optional>

#include "nn/kernels/conv/conv.h"
#include "nn/training/backward/backward_step.h"

namespace ponnuki::nn::training {

class ConvBackward {
 public:
  /// Keeps pointers to the layers.
  ConvBackward(const BackwardContext& context, std::vector<const ConvLayer*> layers);

  /// Packs the current weights for input_gradient().
  void pack();

  /// Adds to the sums for the weights. Both maps must be zero at the border.
  void add_weights_gradient(BackwardRun& backward, kernels::Map in,
                            kernels::Map out_gradient) const;
  /// Computes the gradient of the input and writes it by the epilogue `finish`. Requires pack().
  void input_gradient(BackwardRun& backward, kernels::Map out_gradient,
                      const kernels::MaskedEpilogueArgs& finish) const {
    transposed_->run(backward.run, out_gradient, finish);
  }
  void collect(const float* sums, float* gradient) const;

 private:
  template <typename Operands>
  void add_by_winograd(BackwardRun& backward, kernels::Map in, kernels::Map out_gradient) const;
  void collect_input(int i, const float* taps, float* gradient) const;

  const kernels::KernelTable& kernels_;
  TrainingPrecision precision_;
  std::vector<const ConvLayer*> layers_;
  std::vector<std::size_t> parameters_;  // offsets of the layers' weights
  int taps_, in_, out_;                  // `out_` counts all layers, padded
  // The offset of [element][in][out]; for 1 × 1 kernels, of [in][out].
  std::size_t sums_;
  std::optional<kernels::Conv> transposed_;  // set by pack()
};

}  // namespace ponnuki::nn::training
