// Plan: a model laid out as steps over slots.
//
// Every block is pre-activation, so the norm and activation before a convolution belong to the
// epilogue of the step that wrote the map: it stores the raw trunk (for the next residual) and the
// activated map (for the next convolution) at once. The blocks of transformers read the raw trunk
// and keep intermediate results in scratch memory. Three slots for each level of nesting suffice:
//
//     slot 3d      x: the trunk of level d, raw
//     slot 3d + 1  a: activated, the input of the next convolution
//     slot 3d + 2  b: the middle of a block; at last the heads' first convolutions
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

/// All slots' maps together, for one point of a board. At least one slot.
int floats_a_point(const std::vector<int>& slot_strides);

/// The model must outlive the plan and be checked (nn/model/model_check.h).
Plan make_plan(const KernelTable& kernels, const Model& model, Precision precision);

}  // namespace ponnuki::nn::kernels
