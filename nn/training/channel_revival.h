// Channels that are idle, 0 at all points of all inputs, and how they come to learn again: Sokar et
// al., "The Dormant Neuron Phenomenon in Deep Reinforcement Learning" (2023), algorithm 1.
#pragma once

#include <vector>

#include "engine/random.h"
#include "nn/model/parameters.h"
#include "nn/training/training_plan.h"

namespace ponnuki::nn::training {

/// A new value of a parameter.
struct ParameterChange {
  std::size_t index;
  float value;
};

/// Gives the idle channels random weights into them, as of a new net, and zeros out of them, so that
/// the outputs do not change where the channels were 0. `idle` has all channels, map after map.
std::vector<ParameterChange> revive_channels(const std::vector<ActivatedMap>& maps,
                                             const std::vector<bool>& idle,
                                             const ParameterLayout& layout, Random& random);

}  // namespace ponnuki::nn::training
