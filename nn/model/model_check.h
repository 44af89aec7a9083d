// Checks whether a model's layers fit together. A Network may rely on a checked model.
#pragma once

#include "engine/result.h"
#include "nn/model/model.h"

namespace ponnuki::nn {

/// Checks every shape and every array size. The error describes the first mismatch in one line,
/// which names the layer and both numbers.
Status check_model(const Model& model);

/// True if the model has parts that version 17 introduced: attention, feed-forward blocks or RMS
/// norms.
bool is_transformer(const Model& model);

}  // namespace ponnuki::nn
