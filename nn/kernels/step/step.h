// Step: one layer of a network that is laid out in slots (nn/kernels/plan.h). Steps run one after
// another, each over all images of a batch.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "nn/kernels/step/workspace.h"
#include "nn/network.h"

namespace ponnuki::nn::kernels {

/// A NormAct whose channels are padded with zeros.
struct Norm {
  explicit Norm(const NormAct& layer);
  AlignedFloats scale, bias;
  Activation activation;
};

/// Where the result of a step goes: EpilogueArgs in terms of slots. A negative slot means none.
struct Epilogue {
  int residual = -1;
  int raw = -1, raw_channel = 0;
  int activated = -1;
  std::shared_ptr<const Norm> norm;  // applied to get `activated`
};

/// One batch of boards of one size. inputs[i] and outputs[i] belong to image i.
struct Run {
  const KernelTable& kernels;
  Workspace& work;
  const NetworkInput* const* inputs;
  NetworkOutput* const* outputs;
};

/// The arguments for all images of the batch.
EpilogueArgs make_epilogue_args(const Epilogue& epilogue, Workspace& work);

/// The products of a step that computes all of them in one format.
constexpr Products products_of(std::int64_t multiply_adds, bool in_pairs) {
  const auto all = static_cast<double>(multiply_adds);
  return in_pairs ? Products{0, all} : Products{all, 0};
}

/// What a step computes for a batch, for measurements.
struct StepFacts {
  std::string kind;  // as in "3x3 convolution"
  Products products = {};
};

class Step {
 public:
  virtual ~Step() = default;
  virtual void run(Run& run) const = 0;
  /// For the batch for which the workspace is prepared.
  virtual StepFacts facts(const Workspace& work) const = 0;

  Epilogue epilogue;
};

}  // namespace ponnuki::nn::kernels
