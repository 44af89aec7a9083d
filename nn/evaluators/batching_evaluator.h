// BatchingEvaluator: combines small calls from many threads into a few large calls of the target
// evaluator.
//
// While the target is busy, calls gather in a queue of batches. The thread that opens a batch (its
// leader) computes it for all its members as soon as a call may start. No call waits for more
// members unless options.linger is set: a single thread loses nothing, and the batch size adapts to
// the load. Each batch has its own atomics, so the end of a batch wakes only its members.
//
//     thread 1   [ computes batch A       ][ ...
//     thread 2      joins B (leader) ------[ computes batch B: 2, 3
//     thread 3         joins B ------------- sleeps -------------- done ]
#pragma once

#include <atomic>
#include <chrono>
#include <deque>
#include <exception>
#include <memory>

#include "engine/forwarding_evaluator.h"
#include "engine/mutex.h"

namespace ponnuki::nn {

struct BatchingOptions {
  std::size_t max_batch = 16;  // in positions; a single larger call is not split
  int concurrent_calls = 1;    // of the target, at the same time
  /// How long a leader may wait for a full batch although a call could start.
  std::chrono::microseconds linger{0};
};

class BatchingEvaluator final : public ForwardingEvaluator {
 public:
  BatchingEvaluator(std::unique_ptr<Evaluator> target, const BatchingOptions& options);
  /// Requires that no call is in progress.
  ~BatchingEvaluator() override;

  /// Blocks until the batch that these requests joined is done: at most the calls queued before it,
  /// `linger` and the batch's own call. Requests that want to be alone join none. If the target throws, every member gets the exception.
  void evaluate(std::span<const EvalRequest> requests) override;

  struct Stats {
    std::uint64_t calls = 0;      // calls of the target
    std::uint64_t positions = 0;  // in all these calls
  };
  Stats stats() const;

 private:
  struct Batch;
  struct Membership {
    std::shared_ptr<Batch> batch;
    bool leader = false;
    bool may_start = false;  // the leader need not wait for its turn
  };
  Membership join(std::span<const EvalRequest> requests);
  void close(const std::shared_ptr<Batch>& batch);
  void run(Batch& batch);
  void pass_turn_on();

  BatchingOptions options_;
  // Also guards the requests of batches that are not closed yet.
  mutable Mutex mutex_;
  // The batch that calls may still join.
  std::shared_ptr<Batch> open_ PONNUKI_GUARDED_BY(mutex_);
  // Batches that wait for their turn, in order of arrival.
  std::deque<std::shared_ptr<Batch>> waiting_ PONNUKI_GUARDED_BY(mutex_);
  // Calls of the target that run or may start.
  int running_ PONNUKI_GUARDED_BY(mutex_) = 0;
  Stats stats_ PONNUKI_GUARDED_BY(mutex_);
};

}  // namespace ponnuki::nn
