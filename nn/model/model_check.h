// Whether a model's layers fit together. A Network may rely on a checked model.
#pragma once

#include "engine/result.h"
#include "nn/model/model.h"

namespace ponnuki::nn {

/// Checks every shape and every array size. The error is the first disagreement, as one line that
/// names the layer and both numbers.
Status check_model(const Model& model);

/// Whether a model has parts that came with version 17: attention, feed-forward blocks or norms by
/// the root mean square.
bool is_transformer(const Model& model);

}  // namespace ponnuki::nn
