// Plan: a model as a list of steps over slots.
//
// Every block is pre-activation. The norm and activation before a convolution therefore belong to
// the epilogue of the step that wrote the map: it stores the raw trunk (for the next residual) and
// the activated map (for the next convolution) at once. Transformer blocks read the raw trunk and
// keep intermediate results in scratch memory. Three slots for each level of nesting suffice:
//
//     slot 3d      x: the trunk of level d, raw
//     slot 3d + 1  a: activated, the input of the next convolution
//     slot 3d + 2  b: the middle of a block; at the end the first convolutions of the heads
#pragma once

#include <memory>
#include <vector>

#include "nn/kernels/conv/precision.h"
#include "nn/kernels/step/step.h"

namespace ponnuki::nn::kernels {

struct Plan {
  std::vector<std::unique_ptr<Step>> steps;
  std::vector<int> slot_strides;
};

/// The floats that the maps of all slots take for one point of a board. Requires at least one slot.
int floats_a_point(const std::vector<int>& slot_strides);

/// Packs the weights on `threads` threads. The model must outlive the plan and be checked
/// (nn/model/model_check.h).
Plan make_plan(const KernelTable& kernels, const Model& model, Precision precision, int threads);

}  // namespace ponnuki::nn::kernels
