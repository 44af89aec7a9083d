// Converts the logits of moves to probabilities.
#pragma once

#include <vector>

namespace ponnuki::nn {

/// In place: logits [area + 1], pass last, -infinity for illegal moves, become probabilities over
/// the legal moves, and -1 for illegal moves. With `cap_pass` the probability of a pass is at most
/// 19 times that of all other moves together (KataGo's passing hacks). Returns false if a logit is
/// not finite.
bool policy_softmax(bool cap_pass, std::vector<float>& policy);

}  // namespace ponnuki::nn
