// A thread with a promise. Unlike std::async it reports a failure even if the result is never
// requested.
#include "server/evaluator_provider.h"

#include <chrono>
#include <exception>

namespace ponnuki::server {

namespace {

/// Third-party code that the factory calls may throw (for example if memory runs out). This also
/// counts as a failure.
Result<std::shared_ptr<Evaluator>> load(const EvaluatorFactory& factory) {
  try {
    return factory();
  } catch (const std::exception& problem) {
    return Error{problem.what()};
  }
}

}  // namespace

EvaluatorProvider::EvaluatorProvider(EvaluatorFactory factory,
                                     std::function<void(const std::string&)> on_failure)
    : loaded_(promise_.get_future().share()),
      loader_([this, factory = std::move(factory), on_failure = std::move(on_failure)] {
        auto result = load(factory);
        const std::string problem = result.ok() ? std::string() : result.error().message;
        const bool failed = !result.ok();
        promise_.set_value(std::move(result));
        if (failed && on_failure) on_failure(problem);
      }) {}

Result<Evaluator*> EvaluatorProvider::get() const {
  const auto& result = loaded_.get();
  if (!result.ok()) return result.error();
  return result.value().get();
}

bool EvaluatorProvider::ready() const {
  return loaded_.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
}

}  // namespace ponnuki::server
