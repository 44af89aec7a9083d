// Step: one layer of a network that has been laid out in slots (nn/kernels/plan.h). Steps run one
// after the other over all images of a batch.
#pragma once

#include <memory>
#include <vector>

#include "nn/kernels/step/workspace.h"
#include "nn/network.h"

namespace ponnuki::nn::kernels {

/// A NormAct with channels padded by zeros.
struct Norm {
  explicit Norm(const NormAct& layer);
  AlignedFloats scale, bias;
  Activation activation;
};

/// Where a step's result goes: EpilogueArgs in terms of slots. Negative means absent.
struct Epilogue {
  int residual = -1;
  int raw = -1, raw_channel = 0;
  int activated = -1;
  std::shared_ptr<const Norm> norm;  // of `activated`
};

/// One batch of boards of one size. inputs[i] and outputs[i] belong to image i.
struct Run {
  const KernelTable& kernels;
  Workspace& work;
  const NetworkInput* const* inputs;
  NetworkOutput* const* outputs;
};

/// For all images.
EpilogueArgs make_epilogue_args(const Epilogue& epilogue, Workspace& work);

class Step {
 public:
  virtual ~Step() = default;
  virtual void run(Run& run) const = 0;

  Epilogue epilogue;
};

}  // namespace ponnuki::nn::kernels
