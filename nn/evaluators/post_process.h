// Computes an Evaluation from a network's raw outputs: softmax, scaling, inverse symmetry.
#pragma once

#include "engine/evaluator.h"
#include "nn/network.h"

namespace ponnuki::nn {

/// Fills `request.result` from `output`, the network's output for the position under the symmetry
/// shape_keeping(request.symmetry). Returns false if a number is not finite.
bool post_process(const Model& model, const NetworkOutput& output, const EvalRequest& request);

}  // namespace ponnuki::nn
