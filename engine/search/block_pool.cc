#include "engine/search/block_pool.h"

#include "engine/check.h"

namespace ponnuki::search {

// Size classes 0, 1, 2, 3, 4, … have 16, 32, 48, 64, 96, 128, 192, … bytes.
std::size_t BlockPool::class_bytes(std::size_t size_class) {
  if (size_class == 0) return 16;
  const std::size_t power = std::size_t{16} << ((size_class + 1) / 2);
  return size_class % 2 == 1 ? power : power + power / 2;
}

std::size_t BlockPool::class_of(std::size_t bytes) {
  std::size_t size_class = 0;
  while (class_bytes(size_class) < bytes) ++size_class;
  PONNUKI_CHECK(size_class < kClasses);
  return size_class;
}

void* BlockPool::allocate(std::size_t bytes) {
  const std::size_t size_class = class_of(bytes);
  const std::size_t size = class_bytes(size_class);
  const SpinLockGuard lock(lock_);
  if (Free* block = free_[size_class]) {
    free_[size_class] = block->next;
    return block;
  }
  if (used_ + size > kChunk) {
    chunks_.push_back(std::unique_ptr<std::byte[]>(new std::byte[kChunk]));
    used_ = 0;
  }
  void* block = chunks_.back().get() + used_;
  used_ += size;
  return block;
}

void BlockPool::release(void* block, std::size_t bytes) {
  if (block == nullptr) return;
  const std::size_t size_class = class_of(bytes);
  const SpinLockGuard lock(lock_);
  free_[size_class] = new (block) Free{free_[size_class]};
}

void BlockPool::clear() {
  const SpinLockGuard lock(lock_);
  free_.fill(nullptr);
  chunks_.clear();
  used_ = kChunk;
}

std::size_t BlockPool::bytes() const {
  const SpinLockGuard lock(lock_);
  return chunks_.size() * kChunk;
}

}  // namespace ponnuki::search
