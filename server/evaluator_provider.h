// EvaluatorProvider: loads the evaluator in the background and shares it among all sessions.
#pragma once

#include <functional>
#include <future>
#include <memory>
#include <string>
#include <thread>

#include "engine/evaluator.h"
#include "engine/result.h"

namespace ponnuki::server {

/// Loads an evaluator. Called once, on its own thread: clients with a time limit for the handshake
/// get their answers while a large network is loading.
using EvaluatorFactory = std::function<Result<std::shared_ptr<Evaluator>>()>;

class EvaluatorProvider {
 public:
  /// Starts loading at once. On failure `on_failure` is called on the loading thread with the
  /// error's line.
  EvaluatorProvider(EvaluatorFactory factory, std::function<void(const std::string&)> on_failure);

  /// Blocks until loading has ended. The evaluator lives as long as this provider.
  Result<Evaluator*> get() const;
  bool ready() const;

 private:
  std::promise<Result<std::shared_ptr<Evaluator>>> promise_;
  std::shared_future<Result<std::shared_ptr<Evaluator>>> loaded_;
  std::jthread loader_;
};

}  // namespace ponnuki::server
