// An evaluator that answers from a hash of the position, and records its calls.
#pragma once

#include <algorithm>
#include <atomic>
#include <functional>
#include <vector>

#include "engine/evaluator.h"
#include "engine/mutex.h"
#include "engine/random.h"

namespace ponnuki::test {

class HashEvaluator final : public Evaluator {
 public:
  void evaluate(std::span<const EvalRequest> requests) override {
    {
      const MutexLock lock(mutex_);
      calls_.push_back(requests.size());
    }
    if (before_answer) before_answer();
    for (const EvalRequest& r : requests) answer(r);
  }
  void clear_cache() override { ++clears; }
  std::string name() const override { return "hash"; }

  /// The expected answer to a request.
  static void answer(const EvalRequest& r) {
    Random random(r.position->evaluation_key(), static_cast<std::uint64_t>(r.symmetry.number()));
    Evaluation& e = *r.result;
    e.win = static_cast<float>(random.uniform());
    e.loss = 1 - e.win;
    e.lead = static_cast<float>(random.uniform() * 100 - 50);
    const auto area = static_cast<std::size_t>(r.position->size().area());
    e.policy.assign(area + 1, 0);
    float sum = 0;
    for (float& p : e.policy) sum += p = static_cast<float>(random.uniform());
    for (float& p : e.policy) p /= sum;
    e.policy[random.below(static_cast<std::uint32_t>(area))] = -1;
    e.ownership.clear();
    if (!r.with_ownership) return;
    for (std::size_t i = 0; i < area; ++i)
      e.ownership.push_back(static_cast<float>(random.uniform() * 2 - 1));
  }

  std::vector<std::size_t> calls() const {
    const MutexLock lock(mutex_);
    return calls_;
  }
  std::function<void()> before_answer;  // set before the first call
  std::atomic<int> clears{0};

 private:
  mutable Mutex mutex_;
  std::vector<std::size_t> calls_ PONNUKI_GUARDED_BY(mutex_);  // sizes of the calls, in order
};

}  // namespace ponnuki::test
