// What a model says of a position, by the reference network.
#pragma once

#include <memory>

#include "nn/evaluators/net_evaluator.h"
#include "nn/reference/reference_network.h"

namespace ponnuki::test {

inline Evaluation judge(const nn::Model& model, const Position& position) {
  nn::NetEvaluator net(std::make_shared<nn::ReferenceNetwork>(std::make_shared<nn::Model>(model)));
  Evaluation result;
  const EvalRequest request{.position = &position, .result = &result, .with_ownership = true};
  net.evaluate({&request, 1});
  return result;
}

}  // namespace ponnuki::test
