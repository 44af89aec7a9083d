// BlockPool: an allocator of small blocks, up to 24 kilobytes, with one free list for each size
// class (16 bytes times 1, 2, 3, 4, 6, 8, 12, …). clear() returns all memory to the system at once.
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
  /// The size of the block that allocate(bytes) returns.
  static std::size_t rounded_up(std::size_t bytes) { return class_bytes(class_of(bytes)); }
  /// Returns uninitialised memory aligned to 16 bytes. Requires 0 < bytes <= 24,576. Thread-safe.
  void* allocate(std::size_t bytes);
  /// `bytes` must be the argument of allocate(). Thread-safe.
  void release(void* block, std::size_t bytes);
  /// Frees all blocks at once; none may be in use. Thread-safe.
  void clear();
  /// The bytes taken from the system.
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
  std::size_t used_ PONNUKI_GUARDED_BY(lock_) = kChunk;  // bytes used in the newest chunk
};

}  // namespace ponnuki::search
