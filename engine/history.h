// History: the hashes of past positions, with lookup and counts in O(1) expected time. Assigning it
// to an existing History reuses the memory and copies two arrays.
#pragma once

#include <cstdint>
#include <vector>

namespace ponnuki {

class History {
 public:
  std::size_t size() const { return entries_.size(); }
  std::uint64_t back() const { return entries_.back().hash; }

  void push(std::uint64_t hash) {
    if (2 * entries_.size() >= newest_.size()) grow();
    std::uint32_t& newest = newest_[hash & (newest_.size() - 1)];
    entries_.push_back({hash, newest});
    newest = static_cast<std::uint32_t>(entries_.size());
  }
  bool contains(std::uint64_t hash) const { return find(hash, bucket(hash)) != 0; }
  int count(std::uint64_t hash) const {
    int found = 0;
    for (auto i = find(hash, bucket(hash)); i != 0; i = find(hash, entries_[i - 1].older)) ++found;
    return found;
  }
  void clear() {
    if (entries_.empty()) return;
    entries_.clear();
    newest_.assign(newest_.size(), 0);
  }

 private:
  // newest_[low bits of a hash] is 1 + the index of the newest entry with these bits, or 0.
  // entries_[i].older is the same for the next older entry with these bits.
  struct Entry {
    std::uint64_t hash;
    std::uint32_t older;
  };
  std::uint32_t bucket(std::uint64_t hash) const {
    return newest_.empty() ? 0 : newest_[hash & (newest_.size() - 1)];
  }
  /// The first entry at or before `from` with this hash, as 1 + index, or 0.
  std::uint32_t find(std::uint64_t hash, std::uint32_t from) const {
    while (from != 0 && entries_[from - 1].hash != hash) from = entries_[from - 1].older;
    return from;
  }
  void grow() {
    newest_.assign(newest_.empty() ? 64 : 2 * newest_.size(), 0);
    for (std::uint32_t i = 0; i < entries_.size(); ++i) {
      std::uint32_t& newest = newest_[entries_[i].hash & (newest_.size() - 1)];
      entries_[i].older = newest;
      newest = i + 1;
    }
  }
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> newest_;
};

}  // namespace ponnuki
