// Conv: several convolutions that read the same map, computed side by side: 3 × 3 kernels by
// Winograd's method, all others directly. ConvStep wraps it as a step, from a slot to an epilogue.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "nn/kernels/conv/direct_conv.h"
#include "nn/kernels/conv/pointwise_int16.h"
#include "nn/kernels/conv/winograd_conv.h"

namespace ponnuki::nn::kernels {

class Conv {
 public:
  /// The precision applies to 3 × 3 and 1 × 1 kernels; all others are computed in fp32.
  Conv(const KernelTable& kernels, std::vector<const ConvLayer*> layers, Precision precision);

  int out() const { return out_; }
  StepFacts facts(const Workspace& work) const;
  void run(Run& run, Map in, const EpilogueArgs& epilogue_args) const;
  /// For a backward pass: multiplies by the derivative of the activation. Not for 1 × 1 kernels in
  /// int16.
  void run(Run& run, Map in, const MaskedEpilogueArgs& epilogue_args) const;

 private:
  int height_, width_, in_, out_;
  bool in_pairs_;
  std::optional<WinogradConv> winograd_;
  std::optional<PointwiseInt16> pointwise_;
  std::optional<DirectConv> direct_;
};

class ConvStep : public Step {
 public:
  ConvStep(const KernelTable& kernels, std::vector<const ConvLayer*> layers, Precision precision,
           int in_slot)
      : conv_(kernels, std::move(layers), precision), in_slot_(in_slot) {}

  int out() const { return conv_.out(); }
  void run(Run& run) const override {
    conv_.run(run, run.work.slot(in_slot_), make_epilogue_args(epilogue, run.work));
  }
  StepFacts facts(const Workspace& work) const override { return conv_.facts(work); }

 private:
  Conv conv_;
  int in_slot_;
};

}  // namespace ponnuki::nn::kernels
