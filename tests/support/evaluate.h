// One position evaluated alone, with the owners of its points.
#pragma once

#include "engine/evaluator.h"

namespace ponnuki::test {

inline Evaluation evaluate(Evaluator& evaluator, const Position& position, int symmetry = 0) {
  Evaluation result;
  EvalRequest request;
  request.position = &position;
  request.result = &result;
  request.symmetry = Symmetry(symmetry);
  request.with_ownership = true;
  evaluator.evaluate({&request, 1});
  return result;
}

}  // namespace ponnuki::test
