// Makes an Evaluation of a network's raw outputs: softmax, scaling, inverse symmetry.
#pragma once

#include "engine/evaluator.h"
#include "nn/network.h"

namespace ponnuki::nn {

/// Fills `request.result` from `output`, the network's answer to the position shown under
/// shape_keeping(request.symmetry). False if a number is not finite.
bool post_process(const Model& model, const NetworkOutput& output, const EvalRequest& request);

}  // namespace ponnuki::nn
