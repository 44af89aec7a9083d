// TowerEvaluator: judges positions by a network of AlphaGo's kind. It encodes them as planes, runs
// the forward pass, applies a softmax over the legal moves, and takes the value as the chance to
// win. Such nets predict no score and no ownership (both are 0) and were trained for one komi,
// mostly 7.5 under area scoring; they judge every position as if under these rules.
//
// Where a net has no value head, as AlphaGo's policy networks, random playouts give the value.
// Where a net does not rate the pass, a pass is as likely as the average move.
#pragma once

#include <memory>

#include "engine/evaluator.h"
#include "engine/playout_evaluator.h"
#include "nn/network.h"

namespace ponnuki::nn {

class TowerEvaluator final : public Evaluator {
 public:
  explicit TowerEvaluator(std::shared_ptr<TowerNetwork> network);

  /// One forward pass for all requests, on the calling thread. Requires boards of the net's size.
  /// Throws std::runtime_error if the net gives numbers that are not finite.
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
