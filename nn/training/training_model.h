// The model for training: a Model with more outputs than the published net. The additional outputs
// help to train the trunk and are removed when a net is published.
//
//     policy     [0] the move, as published
//                [1] the opponent's reply, [2] and [3] soft policies of both (KataGo, "soft
//                policy")
//     value      [0, 3) win, loss, no result, as published
//                [3, 12) the same for each horizon of TrainingTarget::td_values
//     misc       [0, 6) as published: score mean, stdev, lead, variance time, short-term errors
//                [6, 18) the score's distribution, a mixture (score_mixture.h)
#pragma once

#include "engine/rules.h"
#include "nn/model/initial_model.h"
#include "nn/training/target.h"

namespace ponnuki::nn::training {

inline constexpr int kTrainedPolicies = 4;
inline constexpr int kTrainedValues = 3 + 3 * kTdHorizons;
inline constexpr int kPublishedMisc = 6;
inline constexpr int kScoreComponents = 4;
inline constexpr int kTrainedMisc = kPublishedMisc + 3 * kScoreComponents;

/// Adds training outputs with random weights. Requires a model of version 11.
Model with_training_outputs(Model model, std::uint64_t seed);
/// Adds the training outputs of another model. Apart from these, the models must have the same
/// shape.
Model with_training_outputs(Model model, const Model& trained);
/// Sets the weights of inputs that never occur in self-play to 0: clean-up phases, the button and
/// similar inputs, and ladders unless shows_ladders is set. They stay 0, since their gradients are
/// 0. A program that sets these inputs later therefore does not change the outputs.
void forget_unused_inputs(Model& model, bool shows_ladders = false);
/// For a net that was trained under only one set of rules. The contribution of the rules' inputs
/// (rule_inputs()) to each point of the trunk is then a constant. It is moved into the norms that
/// read the trunk, and the weights of these inputs become 0. Under `rules` the net's outputs stay
/// the same; under other rules they become the outputs under `rules`. Requires kinds of blocks that
/// can be trained (no transformers).
void fold_rules(Model& model, const Rules& rules);
/// Removes the training outputs.
Model without_training_outputs(Model model);

}  // namespace ponnuki::nn::training
