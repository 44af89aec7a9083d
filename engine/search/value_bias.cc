#include "engine/search/value_bias.h"

#include <algorithm>

#include "engine/random.h"

namespace ponnuki::search {

std::uint64_t value_bias_key(const Board& board, Point previous, Point move, Color player) {
  if (move.is_pass() || previous.is_none()) return 0;
  const auto key = [](std::uint64_t kind, int value) {
    return splitmix64((kind << 32) ^ static_cast<std::uint64_t>(value));
  };
  constexpr int kRadius = 2;
  std::uint64_t hash = key(1, previous.index()) ^ key(2, move.index()) ^
                       key(3, static_cast<int>(player)) ^ key(4, board.ko_point().index());
  int cell = 0;
  for (int dy = -kRadius; dy <= kRadius; ++dy) {
    for (int dx = -kRadius; dx <= kRadius; ++dx, ++cell) {
      const int x = move.x() + dx, y = move.y() + dy;
      if (x < 0 || y < 0 || x >= board.size().width || y >= board.size().height) continue;
      const Point p = Point::at(x, y);
      const Color c = board.at(p);
      if (c == Color::kEmpty) continue;
      const bool atari = board.liberties(p) == 1;
      hash ^= key(5, cell * 4 + static_cast<int>(c == Color::kWhite) * 2 + static_cast<int>(atari));
    }
  }
  return std::max<std::uint64_t>(hash, 1);
}

template <typename Slots>
auto ValueBiasTable::find(Slots& slots, std::uint64_t key) -> decltype(slots.data()) {
  if (slots.empty()) return nullptr;
  const std::size_t mask = slots.size() - 1;
  for (std::size_t i = key & mask; slots[i].key != 0; i = (i + 1) & mask) {
    if (slots[i].key == key) return &slots[i];
  }
  return nullptr;
}

void ValueBiasTable::insert(Shard& shard, const Entry& entry) {
  if (4 * (shard.used + 1) > 3 * shard.slots.size()) {
    const std::vector<Entry> old = std::move(shard.slots);
    shard.slots.assign(std::max<std::size_t>(16, 2 * old.size()), Entry{});
    slots_ += shard.slots.size() - old.size();
    shard.used = 0;
    for (const Entry& e : old) {
      if (e.key != 0) insert(shard, e);
    }
  }
  const std::size_t mask = shard.slots.size() - 1;
  std::size_t i = entry.key & mask;
  while (shard.slots[i].key != 0) i = (i + 1) & mask;
  shard.slots[i] = entry;
  ++shard.used;
}

ValueBiasTable::Sums ValueBiasTable::get(std::uint64_t key) const {
  const Shard& shard = shards_[key >> 59];
  const SpinLockGuard lock(shard.lock);
  const Entry* entry = find(shard.slots, key);
  return entry != nullptr ? entry->sums : Sums{};
}

ValueBiasTable::Sums ValueBiasTable::add(std::uint64_t key, Sums change) {
  Shard& shard = shards_[key >> 59];
  const SpinLockGuard lock(shard.lock);
  if (Entry* entry = find(shard.slots, key)) {
    entry->sums.delta += change.delta;
    entry->sums.weight += change.weight;
    return entry->sums;
  }
  insert(shard, {key, change});
  return change;
}

void ValueBiasTable::keep_only(const std::vector<std::uint64_t>& used) {
  std::array<std::vector<Entry>, kShards> kept;
  for (const std::uint64_t key : used) {
    Shard& shard = shards_[key >> 59];
    const SpinLockGuard lock(shard.lock);
    Entry* entry = find(shard.slots, key);
    if (entry == nullptr || entry->sums.weight == 0) continue;
    kept[key >> 59].push_back(*entry);
    entry->sums = {};  // kept once, even if its key is listed again
  }
  for (std::size_t i = 0; i < kShards; ++i) {
    Shard& shard = shards_[i];
    const SpinLockGuard lock(shard.lock);
    slots_ -= shard.slots.size();
    shard.slots.clear();
    shard.used = 0;
    for (const Entry& entry : kept[i]) insert(shard, entry);
  }
}

void ValueBiasTable::clear() {
  for (Shard& shard : shards_) {
    const SpinLockGuard lock(shard.lock);
    shard.slots = {};
    shard.used = 0;
  }
  slots_ = 0;
}

}  // namespace ponnuki::search
