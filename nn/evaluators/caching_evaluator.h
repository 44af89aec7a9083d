// CachingEvaluator: caches the answers of a target evaluator within a memory limit, and drops the
// least recently used ones. The key is Position::evaluation_key() with the symmetry and the policy
// options of the request.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "engine/forwarding_evaluator.h"
#include "engine/mutex.h"
#include "nn/evaluators/packed_evaluation.h"

namespace ponnuki::nn {

class CachingEvaluator final : public ForwardingEvaluator {
 public:
  /// `max_bytes` limits the entries with their overhead; 0 disables the cache.
  CachingEvaluator(std::unique_ptr<Evaluator> target, std::size_t max_bytes);

  /// Calls the target once, for the requests that are not in the cache. Results are always rounded
  /// by PackedEvaluation, whether they come from the cache or not. The contents of the cache
  /// therefore never change an answer.
  void evaluate(std::span<const EvalRequest> requests) override;
  /// Also clears the caches of the target. Keeps the statistics.
  void clear_cache() override;

  struct Stats {
    std::uint64_t hits = 0, misses = 0;
    std::size_t entries = 0, bytes = 0;
  };
  /// Exact only while no call of evaluate() is in progress.
  Stats stats() const;

 private:
  struct Entry {
    std::uint64_t key;
    bool with_ownership;  // of the request
    PackedEvaluation evaluation;
  };
  /// A part of the cache with its own lock. Threads wait for each other only if their keys are in
  /// the same shard.
  struct Shard {
    mutable Mutex mutex;
    std::list<Entry> entries PONNUKI_GUARDED_BY(mutex);  // the most recently used first
    std::unordered_map<std::uint64_t, std::list<Entry>::iterator> index PONNUKI_GUARDED_BY(mutex);
    std::size_t bytes PONNUKI_GUARDED_BY(mutex) = 0;
    std::uint64_t hits PONNUKI_GUARDED_BY(mutex) = 0;
    std::uint64_t misses PONNUKI_GUARDED_BY(mutex) = 0;
  };
  Shard& shard_of(std::uint64_t key) { return shards_[key >> 58]; }
  bool find(std::uint64_t key, const EvalRequest& request);
  void insert(std::uint64_t key, const EvalRequest& request);

  static constexpr std::size_t kShards = 64;
  std::size_t max_shard_bytes_;
  std::vector<Shard> shards_;
};

}  // namespace ponnuki::nn
