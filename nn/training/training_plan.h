// TrainingPlan: a model as a list of forward steps, which keep their activations, and a list of
// backward steps.
//
// Slots: the trunk and its gradient; one activated map for every norm; the maps of the heads.
//
//     forward    stem -> trunk, a1 | conv1: a1 -> a2 | conv2: a2 -> trunk, next a1 | ... | heads
//     backward   heads' gradient -> trunk gradient | block by block, last to first | stem
//
// The layout is made once for a model. Steps compute with packed copies of its weights. pack() must
// therefore be called for each step before the first batch and whenever the weights have changed.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "nn/kernels/step/step.h"
#include "nn/training/backward/backward_step.h"

namespace ponnuki::nn::training {

/// One layer of the forward pass.
struct ForwardStep {
  /// Makes the step from the current weights. Its epilogue is left empty.
  std::function<std::unique_ptr<kernels::Step>()> make;
  kernels::Epilogue epilogue;
  const NormAct* norm = nullptr;        // norm for epilogue.activated
  std::unique_ptr<kernels::Step> step;  // null until packed

  void pack();
};

/// A map behind a ReLU, in the first channels of its slot, and the layers around it.
struct ActivatedMap {
  int slot = 0;
  const NormAct* norm = nullptr;
  const ConvLayer* writer = nullptr;    // null: the map is the trunk, which many write
  const MatMulLayer* pooled = nullptr;  // adds to what `writer` writes; null: none
  std::vector<const ConvLayer*> readers = {};
};

struct TrainingPlan {
  std::vector<int> slot_strides;
  std::vector<ActivatedMap> activated;  // of the trunk and inside its blocks
  std::vector<ForwardStep> forward;
  std::vector<std::unique_ptr<BackwardStep>> backward;  // in the order to run
  std::size_t sums = 0;                                 // floats that the backward steps accumulate

  std::size_t steps() const { return forward.size() + backward.size(); }
  /// Packs the weights of steps()[step]. Thread-safe for different steps.
  void pack(std::size_t step);
};

/// Keeps pointers into the model. Requires residual and global-pooling blocks with ReLU only, as
/// made by make_initial_model().
TrainingPlan make_training_plan(const kernels::KernelTable& kernels,
                                const ParameterLayout& parameters, const Model& model,
                                TrainingPrecision precision);

}  // namespace ponnuki::nn::training
