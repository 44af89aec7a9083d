// The life of a batch: join() opens it; join() or pass_turn_on() lets it start; its leader closes
// it, runs it, and marks it as done.
#include "nn/evaluators/batching_evaluator.h"

#include <algorithm>
#include <vector>

#include "engine/check.h"

namespace ponnuki::nn {

struct BatchingEvaluator::Batch {
  std::vector<EvalRequest> requests;
  Condition filled;                    // wakes a leader that waits for a full batch
  std::atomic<bool> may_start{false};  // set once, in pass_turn_on()
  std::atomic<bool> done{false};       // set once, after results and error are written
  std::exception_ptr error;
};

BatchingEvaluator::BatchingEvaluator(std::unique_ptr<Evaluator> target,
                                     const BatchingOptions& options)
    : ForwardingEvaluator(std::move(target)), options_(options) {
  options_.max_batch = std::max<std::size_t>(options_.max_batch, 1);
  options_.concurrent_calls = std::max(options_.concurrent_calls, 1);
}

BatchingEvaluator::~BatchingEvaluator() {
  const MutexLock lock(mutex_);
  PONNUKI_CHECK(running_ == 0);
}

// Passes the turn on before the members wake, so that the target evaluator need not wait for them.
void BatchingEvaluator::evaluate(std::span<const EvalRequest> requests) {
  if (requests.empty()) return;
  if (requests.front().alone) {
    for (const EvalRequest& request : requests) target().evaluate({&request, 1});
    return;
  }
  const Membership member = join(requests);
  Batch& batch = *member.batch;
  if (member.leader) {
    if (!member.may_start) batch.may_start.wait(false, std::memory_order_acquire);
    close(member.batch);
    run(batch);
    pass_turn_on();
    batch.done.store(true, std::memory_order_release);
    batch.done.notify_all();
  } else {
    batch.done.wait(false, std::memory_order_acquire);
  }
  if (batch.error) std::rethrow_exception(batch.error);
}

// A call joins the open batch if it fits; otherwise it opens a new one. A batch may start at once
// if fewer than concurrent_calls calls run. Other calls may join it until its leader closes it.
BatchingEvaluator::Membership BatchingEvaluator::join(std::span<const EvalRequest> requests) {
  const MutexLock lock(mutex_);
  if (open_ && open_->requests.size() + requests.size() <= options_.max_batch) {
    open_->requests.insert(open_->requests.end(), requests.begin(), requests.end());
    Membership member{open_, false, false};
    if (open_->requests.size() == options_.max_batch) {
      open_->filled.notify_one();
      open_.reset();
    }
    return member;
  }
  // The batch is too full for this call, so its leader need not wait for more calls.
  if (open_) open_->filled.notify_one();
  auto batch = std::make_shared<Batch>();
  batch->requests.assign(requests.begin(), requests.end());
  open_ = batch;
  const bool may_start = running_ < options_.concurrent_calls;
  if (may_start) {
    ++running_;
  } else {
    waiting_.push_back(batch);
  }
  return {batch, true, may_start};
}

/// Closes `batch`: no call joins it any more, and its leader owns it.
void BatchingEvaluator::close(const std::shared_ptr<Batch>& batch) {
  MutexLock lock(mutex_);
  const auto deadline = std::chrono::steady_clock::now() + options_.linger;
  const bool lingers = options_.linger.count() > 0;
  while (lingers && open_ == batch && batch->filled.wait_until(lock, deadline)) {
  }
  if (open_ == batch) open_.reset();
  ++stats_.calls;
  stats_.positions += batch->requests.size();
}

void BatchingEvaluator::run(Batch& batch) {
  try {
    target().evaluate(batch.requests);
  } catch (...) {
    batch.error = std::current_exception();
  }
}

/// Gives the slot of a finished call to the batch that has waited longest.
void BatchingEvaluator::pass_turn_on() {
  std::shared_ptr<Batch> next;
  {
    const MutexLock lock(mutex_);
    if (waiting_.empty()) {
      --running_;
      return;
    }
    next = std::move(waiting_.front());
    waiting_.pop_front();
  }
  next->may_start.store(true, std::memory_order_release);
  next->may_start.notify_one();
}

BatchingEvaluator::Stats BatchingEvaluator::stats() const {
  const MutexLock lock(mutex_);
  return stats_;
}

}  // namespace ponnuki::nn
