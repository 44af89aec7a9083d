// ForwardingEvaluator: an evaluator that forwards every call to another one. A decorator derives
// from it and overrides only what it changes, so that it cannot omit a function by mistake.
#pragma once

#include <memory>
#include <utility>

#include "engine/evaluator.h"

namespace ponnuki {

class ForwardingEvaluator : public Evaluator {
 public:
  void evaluate(std::span<const EvalRequest> requests) override { target_->evaluate(requests); }
  void clear_cache() override { target_->clear_cache(); }
  std::string name() const override { return target_->name(); }
  EvaluatorTraits traits(BoardSize size) const override { return target_->traits(size); }

 protected:
  explicit ForwardingEvaluator(std::unique_ptr<Evaluator> target)
      : owned_(std::move(target)), target_(owned_.get()) {}
  /// Has no target yet: requires forward_to() before any other call.
  ForwardingEvaluator() = default;

  /// `target` must outlive its use here.
  void forward_to(Evaluator& target) { target_ = &target; }
  bool has_target() const { return target_ != nullptr; }
  Evaluator& target() { return *target_; }

 private:
  std::unique_ptr<Evaluator> owned_;  // null if the target is not owned
  Evaluator* target_ = nullptr;
};

}  // namespace ponnuki
