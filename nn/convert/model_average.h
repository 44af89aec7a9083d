// The average of nets that stem from one training run: its weights wander about a better place than
// they are ever at (Polyak and Juditsky 1992; stochastic weight averaging, Izmailov et al., arXiv
// 1803.05407). Nets of different runs have nothing in common that an average would keep.
#pragma once

#include <span>
#include <vector>

#include "engine/result.h"
#include "nn/model/any_model.h"

namespace ponnuki::nn {

/// Every number is the mean of the nets' own, by their shares of the sum of `weights`; the name and
/// all else is the first one's. Requires nets that check_model(), check_tower() accept, a weight
/// each, none below 0, not all of them 0. An error if a net has other layers than the first.
Result<AnyModel> average_models(std::vector<AnyModel> models, std::span<const double> weights);

}  // namespace ponnuki::nn
