#include "nn/evaluators/board_evaluator.h"

#include <algorithm>
#include <utility>

namespace ponnuki::nn {

BoardEvaluator::BoardEvaluator(std::unique_ptr<Evaluator> small, std::unique_ptr<Evaluator> large,
                               IsLarge is_large)
    : small_(std::move(small)), large_(std::move(large)), is_large_(std::move(is_large)) {}

void BoardEvaluator::evaluate(std::span<const EvalRequest> requests) {
  std::vector<EvalRequest> sorted(requests.begin(), requests.end());
  const auto is_small = [this](const EvalRequest& request) {
    return !is_large_(request.position->size());
  };
  const auto large = std::stable_partition(sorted.begin(), sorted.end(), is_small);
  if (large != sorted.begin()) small_->evaluate({sorted.begin(), large});
  if (large != sorted.end()) large_->evaluate({large, sorted.end()});
}

void BoardEvaluator::clear_cache() {
  small_->clear_cache();
  large_->clear_cache();
}

std::string BoardEvaluator::name() const {
  return small_->name() + "; on large boards " + large_->name();
}

EvaluatorTraits BoardEvaluator::traits(BoardSize size) const {
  return for_board(size).traits(size);
}

}  // namespace ponnuki::nn
