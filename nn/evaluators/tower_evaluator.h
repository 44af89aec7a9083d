// TowerEvaluator: evaluates positions with a network of AlphaGo's architecture. It encodes them as
// planes, runs the forward pass, applies a softmax over the legal moves, and converts the value to
// a probability of winning. Such nets predict neither score nor ownership (both are 0). They were
// trained for one komi, mostly 7.5 under area scoring, and evaluate every position as if under
// these rules.
//
// For a net without a value head, like AlphaGo's policy networks, random playouts give the value.
// If a net has no logit for the pass, the pass gets the average probability of a move.
#pragma once

#include <memory>

#include "engine/evaluator.h"
#include "engine/playout_evaluator.h"
#include "nn/network.h"

namespace ponnuki::nn {

class TowerEvaluator final : public Evaluator {
 public:
  explicit TowerEvaluator(std::shared_ptr<TowerNetwork> network);

  /// Runs one forward pass for all requests, on the calling thread. Requires boards of the net's
  /// size. Throws std::runtime_error if an output of the net is not finite.
  void evaluate(std::span<const EvalRequest> requests) override;
  std::string name() const override;
  EvaluatorTraits traits(BoardSize size) const override {
    return {.knows_score = false,
            .accepts = size == network_->model().size,
            .preferred_batch = network_->preferred_batch(size)};
  }

 private:
  std::shared_ptr<TowerNetwork> network_;
  PlayoutEvaluator playouts_;
};

}  // namespace ponnuki::nn
