// The model that a training run begins with, with training outputs (training_model.h).
#pragma once

#include <string>

#include "engine/result.h"
#include "nn/model/initial_model.h"

namespace ponnuki::selfplay {

struct FirstModelOptions {
  nn::NetShape shape;
  bool ladders = false;  // shown to the net
  std::string init;      // a net to begin with instead of random weights
  std::uint64_t seed = 1;
};

/// Random but for the seed.
nn::Model random_model(const FirstModelOptions& options);
/// The same, or that of the file `init`. An error if it cannot be read, or is none that training
/// writes.
Result<nn::Model> first_model(const FirstModelOptions& options);

/// A published net to go on from, named as for --net. Errors: none such, or of another version than
/// training makes.
Result<nn::Model> load_trainable_model(const std::string& name);

}  // namespace ponnuki::selfplay
