// BlockPool: an allocator of small blocks, up to 24 kilobytes, with one free list per size class
// (16 bytes times 1, 2, 3, 4, 6, 8, 12, …). Memory goes back to the system all at once, in clear().
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <vector>

#include "engine/mutex.h"
#include "engine/search/spin_lock.h"

namespace ponnuki::search {

class BlockPool {
 public:
  /// The size of the block that allocate(bytes) gives.
  static std::size_t rounded_up(std::size_t bytes) { return class_bytes(class_of(bytes)); }
  /// Uninitialised, aligned to 16. Requires 0 < bytes <= 24,576. Thread-safe.
  void* allocate(std::size_t bytes);
  /// `bytes` as it was allocated with. Thread-safe.
  void release(void* block, std::size_t bytes);
  /// Frees all blocks at once; nobody may use one any more. Thread-safe.
  void clear();
  /// Taken from the system.
  std::size_t bytes() const;

 private:
  static constexpr std::size_t kChunk = std::size_t{1} << 18;
  static constexpr std::size_t kClasses = 22;
  struct Free {
    Free* next;
  };
  static std::size_t class_of(std::size_t bytes);
  static std::size_t class_bytes(std::size_t size_class);

  mutable SpinLock lock_;
  std::array<Free*, kClasses> free_ PONNUKI_GUARDED_BY(lock_){};
  std::vector<std::unique_ptr<std::byte[]>> chunks_ PONNUKI_GUARDED_BY(lock_);
  std::size_t used_ PONNUKI_GUARDED_BY(lock_) = kChunk;  // of the newest chunk
};

}  // namespace ponnuki::search
