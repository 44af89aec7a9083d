// The model that a training run begins with, with training outputs
// (nn/training/training_model.h).
#pragma once

#include <string>

#include "engine/result.h"
#include "nn/model/initial_model.h"

namespace ponnuki::selfplay {

struct FirstModelOptions {
  nn::NetShape shape;
  bool ladders = false;  // whether the net is shown ladders
  std::string init;      // the file of a net to begin with; empty: random weights
  std::uint64_t seed = 1;
};

/// Random weights, the same ones for the same seed.
nn::Model random_model(const FirstModelOptions& options);
/// The same, or the net of the file `init`. An error if that cannot be read, or is not a net that
/// training writes.
Result<nn::Model> first_model(const FirstModelOptions& options);

/// A published net to go on from, named as for --net. Errors: there is none, or its version is not
/// the one that training makes.
Result<nn::Model> load_trainable_model(const std::string& name);

}  // namespace ponnuki::selfplay
