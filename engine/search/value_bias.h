// Subtree value bias: the average difference between the evaluator's value and the searched value,
// over nodes with similar local situations. A share of it corrects the evaluator's values there
// (KataGo's docs/KataGoMethods.md). Situations are similar if the last two moves are the same, and
// in the 5x5 square around the second move the stones and the chains in atari are the same.
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

/// The key of the local situation of `player`'s move on `board` after the move `previous`; 0 for no
/// bias (a pass).
std::uint64_t value_bias_key(const Board& board, Point previous, Point move, Color player);

class ValueBiasTable {
 public:
  struct Sums {
    float delta = 0;  // of (children - own value), weighted
    float weight = 0;
    /// The observed bias of White's utility, or 0 if none is known.
    double bias() const { return weight > 0.001F ? static_cast<double>(delta) / weight : 0; }
  };

  /// The sums under this key; 0 if there are none. Thread-safe, like add().
  Sums get(std::uint64_t key) const;
  /// Adds to the sums and returns them.
  Sums add(std::uint64_t key, Sums change);

  /// Keeps only the entries whose keys are in `used`, which may repeat keys. Not thread-safe.
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
  /// The entry with this key, const if the slots are; null if there is none.
  template <typename Slots>
  static auto find(Slots& slots, std::uint64_t key) -> decltype(slots.data());
  void insert(Shard& shard, const Entry& entry) PONNUKI_REQUIRES(shard.lock);

  std::array<Shard, kShards> shards_;
  std::atomic<std::size_t> slots_{0};  // in all shards
};

}  // namespace ponnuki::search
