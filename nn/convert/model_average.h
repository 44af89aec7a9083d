// The average of nets from one training run. The weights of a run move around a point that is
// better than any single net (Polyak and Juditsky 1992; stochastic weight averaging, Izmailov et
// al., arXiv 1803.05407). The average of nets from different runs has no use.
#pragma once

#include <span>
#include <vector>

#include "engine/result.h"
#include "nn/model/any_model.h"

namespace ponnuki::nn {

/// Every number of the result is the weighted mean of the nets' numbers. The name and everything
/// else come from the first net. Requires nets that check_model() or check_tower() accepts, and one
/// weight for each net; no weight may be negative, and at least one must be positive. Returns an
/// error if the layers of a net differ from those of the first.
Result<AnyModel> average_models(std::vector<AnyModel> models, std::span<const double> weights);

}  // namespace ponnuki::nn
