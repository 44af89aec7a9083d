// Whether a model's layers fit together. A Network may rely on a checked model.
#pragma once

#include "engine/result.h"
#include "nn/model.h"

namespace ponnuki {

/// Every shape and every array size; the first disagreement as one line that names the layer and
/// both numbers.
Status check_model(const Model& model);

}  // namespace ponnuki
