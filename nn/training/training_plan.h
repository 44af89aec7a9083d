// TrainingPlan: a model laid out as forward steps that keep their activations, and backward steps.
//
// Slots: the trunk and its gradient; one activated map for every norm; the maps of the heads.
//
//     forward    stem -> trunk, a1 | conv1: a1 -> a2 | conv2: a2 -> trunk, next a1 | ... | heads
//     backward   heads' gradient -> trunk gradient | block by block, last to first | stem
//
// The layout is made once for a model. Steps compute with packed copies of its weights, so pack()
// has to be called for each step before the first batch and whenever the weights have changed.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "nn/kernels/step/step.h"
#include "nn/training/backward/backward_step.h"

namespace ponnuki::nn::training {

/// One layer of the forward pass.
struct ForwardStep {
  /// Makes the step from the weights as they are; its epilogue is left empty.
  std::function<std::unique_ptr<kernels::Step>()> make;
  kernels::Epilogue epilogue;
  const NormAct* norm = nullptr;        // of epilogue.activated
  std::unique_ptr<kernels::Step> step;  // null until it is packed

  void pack();
};

struct TrainingPlan {
  std::vector<int> slot_strides;
  std::vector<ForwardStep> forward;
  std::vector<std::unique_ptr<BackwardStep>> backward;  // in the order to run
  std::size_t sums = 0;                                 // floats that backward steps add up

  std::size_t steps() const { return forward.size() + backward.size(); }
  /// Packs the weights of step number `step` of steps(). Different ones may be packed at once.
  void pack(std::size_t step);
};

/// Keeps pointers into the model. Requires residual and global-pooling blocks with ReLU only, as
/// make_initial_model() makes them.
TrainingPlan make_training_plan(const kernels::KernelTable& kernels,
                                const ParameterLayout& parameters, const Model& model);

}  // namespace ponnuki::nn::training
