// The terms of a loss as JSON, for configurations and metrics.
#pragma once

#include <nlohmann/json.hpp>

#include "nn/training/loss.h"

namespace ponnuki::selfplay {

/// An object with the terms by their names, in order.
inline nlohmann::ordered_json loss_json(const nn::training::LossVector& loss) {
  nlohmann::ordered_json json;
  for (std::size_t t = 0; t < nn::training::kLossTerms; ++t)
    json[nn::training::loss_term_name(static_cast<nn::training::LossTerm>(t))] = loss.terms[t];
  return json;
}

}  // namespace ponnuki::selfplay
