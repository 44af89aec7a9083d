// Subtree value bias: where searches below similar local situations keep finding that the evaluator
// was too kind or too harsh, its word is corrected by a share of the difference (KataGo's
// docs/KataGoMethods.md). Similar: the same two last moves and the same 5x5 stones around the
// second.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <vector>

#include "engine/board.h"
#include "engine/mutex.h"
#include "engine/search/spin_lock.h"
#include "engine/types.h"

namespace ponnuki::search {

/// Key of what `player`'s move on `board` looks like after `previous`; 0 if it should have no bias
/// (a pass).
std::uint64_t value_bias_key(const Board& board, Point previous, Point move, Color player);

class ValueBiasTable {
 public:
  struct Sums {
    float delta = 0;  // of (children - own value), weighted
    float weight = 0;
    /// The observed bias of White's utility, or 0 where nothing is known.
    double bias() const { return weight > 0.001F ? static_cast<double>(delta) / weight : 0; }
  };

  /// What is known under this key. Thread-safe, as is add().
  Sums get(std::uint64_t key) const;
  /// Adds to the sums and returns them.
  Sums add(std::uint64_t key, Sums change);

  /// Keeps only entries whose key `used` lists (they may repeat). Not thread-safe.
  void keep_only(const std::vector<std::uint64_t>& used);
  void clear();
  std::size_t bytes() const { return slots_ * sizeof(Entry); }

 private:
  static constexpr std::size_t kShards = 32;
  struct Entry {
    std::uint64_t key = 0;
    Sums sums;
  };
  struct Shard {  // an open-addressed hash table
    mutable SpinLock lock;
    std::vector<Entry> slots PONNUKI_GUARDED_BY(lock);
    std::size_t used PONNUKI_GUARDED_BY(lock) = 0;
  };
  /// The entry with this key, const where the slots are; null if there is none.
  template <typename Slots>
  static auto find(Slots& slots, std::uint64_t key) -> decltype(slots.data());
  void insert(Shard& shard, const Entry& entry) PONNUKI_REQUIRES(shard.lock);

  std::array<Shard, kShards> shards_;
  std::atomic<std::size_t> slots_{0};  // of all shards
};

}  // namespace ponnuki::search
