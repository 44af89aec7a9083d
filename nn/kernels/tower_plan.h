// The plan of a tower (nn/model/tower_model.h). Its blocks are post-activation: each step writes
// its activated map, and a block's second convolution adds the input of the block.
//
//     slots 0, 1   the trunk, alternating where convolutions follow each other
//     slot 2       the middle of a residual block; at the end the maps of the heads
#pragma once

#include "nn/kernels/plan.h"
#include "nn/model/tower_model.h"

namespace ponnuki::nn::kernels {

/// The model must outlive the plan and be checked (check_tower()).
Plan make_tower_plan(const KernelTable& kernels, const TowerModel& model, Precision precision);

}  // namespace ponnuki::nn::kernels
