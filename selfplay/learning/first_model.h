// The initial model of a training run, with training outputs (nn/training/training_model.h).
#pragma once

#include <string>

#include "engine/result.h"
#include "nn/model/initial_model.h"

namespace ponnuki::selfplay {

struct FirstModelOptions {
  nn::NetShape shape;
  bool ladders = false;  // whether the net gets the ladder planes
  std::string init;      // file of the initial net; empty: random weights
  std::uint64_t seed = 1;
};

/// Random weights, which depend on the seed only.
nn::Model random_model(const FirstModelOptions& options);
/// The model of random_model(), or the net in the file `init`. Returns an error if the file cannot
/// be read, or if training cannot continue from its net.
Result<nn::Model> first_model(const FirstModelOptions& options);

/// Loads a published net to continue from, named as for --net. Returns an error if there is none,
/// or if its version is not the one that training writes.
Result<nn::Model> load_trainable_model(const std::string& name);

}  // namespace ponnuki::selfplay
