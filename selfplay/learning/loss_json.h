// The terms of a loss as JSON, for configurations and metrics.
#pragma once

#include "nn/training/loss.h"

namespace ponnuki::selfplay {

/// An object with the terms by their names, in order. `Json` must be nlohmann::ordered_json.
template <typename Json>
Json loss_json(const nn::training::LossVector& loss) {
  Json json;
  for (std::size_t t = 0; t < nn::training::kLossTerms; ++t)
    json[nn::training::loss_term_name(static_cast<nn::training::LossTerm>(t))] = loss.terms[t];
  return json;
}

}  // namespace ponnuki::selfplay
