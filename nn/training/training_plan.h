// TrainingPlan: a model laid out as forward steps that keep their activations, and backward steps.
//
// Slots: the trunk and its gradient; one activated map for every norm; the maps of the heads.
//
//     forward    stem -> trunk, a1 | conv1: a1 -> a2 | conv2: a2 -> trunk, next a1 | ... | heads
//     backward   heads' gradient -> trunk gradient | block by block, last to first | stem
#pragma once

#include <memory>
#include <vector>

#include "nn/kernels/step/step.h"
#include "nn/training/backward/backward_step.h"

namespace ponnuki::nn::training {

struct TrainingPlan {
  std::vector<int> slot_strides;
  std::vector<std::unique_ptr<kernels::Step>> forward;
  std::vector<std::unique_ptr<BackwardStep>> backward;  // in the order to run
  std::size_t sums = 0;                                 // floats that backward steps add up
};

/// Keeps pointers into the model and packed copies of its weights. Requires residual and
/// global-pooling blocks with ReLU only, as make_initial_model() makes them. Packing is most of the
/// work; two threads share it if `threads` says so.
TrainingPlan make_training_plan(const kernels::KernelTable& kernels,
                                const ParameterLayout& parameters, const Model& model, int threads);

}  // namespace ponnuki::nn::training
