// TowerEvaluator: judges positions by a network of AlphaGo's kind: its planes, its forward pass, a
// softmax over the legal moves, and the value as a chance to win. Such nets know no score and no
// owners of points (0 then) and were trained for one komi, mostly 7.5 under area scoring: whatever
// the rules say, they see these.
//
// Where a net has no value head, as AlphaGo's policy networks, random playouts judge instead. Where
// it knows no pass, a pass is as likely as the average move.
#pragma once

#include <memory>

#include "engine/evaluator.h"
#include "engine/playout_evaluator.h"
#include "nn/network.h"

namespace ponnuki::nn {

class TowerEvaluator final : public Evaluator {
 public:
  explicit TowerEvaluator(std::shared_ptr<TowerNetwork> network);

  /// One forward pass for all requests, on the calling thread. Requires boards that it accepts. Throws
  /// std::runtime_error if the net gives numbers that are not finite.
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
