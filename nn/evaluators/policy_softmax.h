// Turns the logits of moves into probabilities.
#pragma once

#include <vector>

namespace ponnuki::nn {

/// In place: logits [area + 1], pass last, -infinity where illegal, become probabilities over the
/// legal moves, -1 where illegal. With `cap_pass` the pass weighs at most 19 times the other moves
/// together (KataGo's passing hacks). False if a logit is not finite.
bool policy_softmax(bool cap_pass, std::vector<float>& policy);

}  // namespace ponnuki::nn
