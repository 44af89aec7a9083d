// A least-recently-used list in each shard.
#include "nn/evaluators/caching_evaluator.h"

#include <bit>

#include "engine/random.h"

namespace ponnuki::nn {
namespace {

/// The memory of an entry beyond the packed evaluation: list node, hash node and bucket.
constexpr std::size_t kOverhead = 2 * sizeof(void*) + 2 * sizeof(std::uint64_t) + 5 * sizeof(void*);

/// Ownership is not part of the key: an entry with ownership also answers requests without it.
std::uint64_t key_of(const EvalRequest& request) {
  std::uint64_t options =
      static_cast<std::uint64_t>(std::bit_cast<std::uint32_t>(request.policy_optimism)) << 32 |
      std::bit_cast<std::uint32_t>(request.policy_temperature);
  options = splitmix64(options) ^
            static_cast<std::uint64_t>(request.symmetry.number() + 8 * request.conservative_pass +
                                       16 * request.passing_hacks + 32 * request.alone);
  if (request.playout_doublings != 0)
    options = splitmix64(options ^ std::bit_cast<std::uint32_t>(request.playout_doublings));
  return splitmix64(request.position->evaluation_key() ^ splitmix64(options));
}

}  // namespace

CachingEvaluator::CachingEvaluator(std::unique_ptr<Evaluator> target, std::size_t max_bytes)
    : ForwardingEvaluator(std::move(target)),
      max_shard_bytes_(max_bytes / kShards),
      shards_(kShards) {}

// No lock is held during the call of the target. Two threads may evaluate the same position at the
// same time; they get the same answer.
void CachingEvaluator::evaluate(std::span<const EvalRequest> requests) {
  std::vector<EvalRequest> unknown;
  std::vector<std::uint64_t> keys;
  for (const EvalRequest& request : requests) {
    const std::uint64_t key = key_of(request);
    if (find(key, request)) continue;
    unknown.push_back(request);
    keys.push_back(key);
  }
  if (unknown.empty()) return;
  target().evaluate(unknown);
  for (std::size_t i = 0; i < unknown.size(); ++i) insert(keys[i], unknown[i]);
}

/// Fills the request's result if it is in the cache. Counts a hit or a miss.
bool CachingEvaluator::find(std::uint64_t key, const EvalRequest& request) {
  Shard& shard = shard_of(key);
  const MutexLock lock(shard.mutex);
  const auto found = shard.index.find(key);
  if (found == shard.index.end() || (request.with_ownership && !found->second->with_ownership)) {
    ++shard.misses;
    return false;
  }
  ++shard.hits;
  shard.entries.splice(shard.entries.begin(), shard.entries, found->second);
  found->second->evaluation.unpack(request.with_ownership, *request.result);
  return true;
}

/// Packs the request's result and stores it. Rounds the result to the values that the cache will
/// return later.
void CachingEvaluator::insert(std::uint64_t key, const EvalRequest& request) {
  Entry entry{key, request.with_ownership, PackedEvaluation(*request.result)};
  entry.evaluation.unpack(request.with_ownership, *request.result);
  const auto size = [](const Entry& e) { return e.evaluation.bytes() + kOverhead; };
  Shard& shard = shard_of(key);
  const MutexLock lock(shard.mutex);
  if (const auto old = shard.index.find(key); old != shard.index.end()) {
    shard.bytes -= size(*old->second);
    shard.entries.erase(old->second);
    shard.index.erase(old);
  }
  shard.bytes += size(entry);
  shard.entries.push_front(std::move(entry));
  shard.index.emplace(key, shard.entries.begin());
  while (shard.bytes > max_shard_bytes_) {
    shard.bytes -= size(shard.entries.back());
    shard.index.erase(shard.entries.back().key);
    shard.entries.pop_back();
  }
}

void CachingEvaluator::clear_cache() {
  for (Shard& shard : shards_) {
    const MutexLock lock(shard.mutex);
    shard.index.clear();
    shard.entries.clear();
    shard.bytes = 0;
  }
  ForwardingEvaluator::clear_cache();
}

CachingEvaluator::Stats CachingEvaluator::stats() const {
  Stats sum;
  for (const Shard& shard : shards_) {
    const MutexLock lock(shard.mutex);
    sum.hits += shard.hits;
    sum.misses += shard.misses;
    sum.entries += shard.entries.size();
    sum.bytes += shard.bytes;
  }
  return sum;
}

}  // namespace ponnuki::nn
