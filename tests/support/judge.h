// Evaluates a position with a model, by the reference network.
#pragma once

#include <memory>

#include "nn/evaluators/net_evaluator.h"
#include "nn/reference/reference_network.h"

namespace ponnuki::test {

inline Evaluation judge(const nn::Model& model, const Position& position) {
  nn::NetEvaluator net(std::make_shared<nn::ReferenceNetwork>(std::make_shared<nn::Model>(model)));
  return evaluate_one(net, position, {.with_ownership = true});
}

}  // namespace ponnuki::test
