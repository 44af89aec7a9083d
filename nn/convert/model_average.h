// The average of nets from one training run. The weights of a run move around a point that is
// better than any single net (Polyak and Juditsky 1992; stochastic weight averaging, Izmailov et
// al., arXiv 1803.05407). An average of nets from different runs is useless.
#pragma once

#include <span>
#include <vector>

#include "engine/result.h"
#include "nn/model/any_model.h"

namespace ponnuki::nn {

/// Every number is the weighted mean of the nets' numbers. The name and everything else come from
/// the first net. Requires nets that check_model(), check_tower() accept, and a weight for each:
/// none below 0, not all of them 0. An error if a net has other layers than the first.
Result<AnyModel> average_models(std::vector<AnyModel> models, std::span<const double> weights);

}  // namespace ponnuki::nn
