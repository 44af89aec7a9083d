// The model that is trained: a Model with more outputs than the one that plays. They teach the
// trunk, and are dropped when a net is published.
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

/// Random further outputs for a model of version 11.
Model with_training_outputs(Model model, std::uint64_t seed);
/// Those of a model that is trained. Requires models that are alike but for them.
Model with_training_outputs(Model model, const Model& trained);
/// Self-play never shows clean-up phases, the button and the like, and ladders only if it is told
/// to. Weights of inputs that it does not show become 0, and stay so since their
/// gradients are: whoever shows them later does no harm.
void forget_unused_inputs(Model& model, bool shows_ladders = false);
/// For a net that has seen one rule set only. What the inputs for rules (rule_inputs()) add to each
/// point of the trunk is then a constant: it goes into the norms that read the trunk, and the
/// inputs' weights become 0. The net says the same under these rules, and under others what it says
/// under these. Requires blocks that training can make (no transformers).
void fold_rules(Model& model, const Rules& rules);
/// Back again.
Model without_training_outputs(Model model);

}  // namespace ponnuki::nn::training
