// From a network's raw outputs to an Evaluation: softmax, scaling and turning back.
#pragma once

#include "engine/evaluator.h"
#include "nn/network.h"

namespace ponnuki::nn {

/// Fills `request.result` from `output`, the network's answer to the position shown under
/// shape_keeping(request.symmetry). False if a number is not finite.
bool post_process(const Model& model, const NetworkOutput& output, const EvalRequest& request);

}  // namespace ponnuki::nn
