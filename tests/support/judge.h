// What a model says of a position, by the reference network.
#pragma once

#include <memory>

#include "nn/net_evaluator.h"
#include "nn/reference_network.h"

namespace ponnuki::test {

inline Evaluation judge(const Model& model, const Position& position) {
  NetEvaluator net(std::make_shared<ReferenceNetwork>(std::make_shared<Model>(model)));
  Evaluation result;
  const EvalRequest request{.position = &position, .result = &result, .with_ownership = true};
  net.evaluate({&request, 1});
  return result;
}

}  // namespace ponnuki::test
