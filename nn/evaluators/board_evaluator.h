// BoardEvaluator: asks one evaluator about small boards and another one about large boards.
#pragma once

#include <functional>
#include <memory>

#include "engine/evaluator.h"

namespace ponnuki::nn {

class BoardEvaluator final : public Evaluator {
 public:
  using IsLarge = std::function<bool(BoardSize)>;
  BoardEvaluator(std::unique_ptr<Evaluator> small, std::unique_ptr<Evaluator> large,
                 IsLarge is_large);

  /// Calls an evaluator at most once.
  void evaluate(std::span<const EvalRequest> requests) override;
  void clear_cache() override;
  /// Both names.
  std::string name() const override;
  EvaluatorTraits traits(BoardSize size) const override;

 private:
  Evaluator& for_board(BoardSize size) const { return is_large_(size) ? *large_ : *small_; }

  std::unique_ptr<Evaluator> small_, large_;
  IsLarge is_large_;
};

}  // namespace ponnuki::nn
