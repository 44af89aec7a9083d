// AlignedFloats: a vector of floats aligned to 64 bytes, as the kernels' loads require. Large ones
// lie on huge pages where the system has them: a large net reads all its weights, some hundred
// megabytes, for each evaluation, and each page of 4 KB costs an address translation.
#pragma once

#include <cstddef>
#include <vector>

#include "nn/kernels/simd/kernel_table.h"

namespace ponnuki::nn::kernels {

/// Memory aligned to 64 bytes at least. Throws std::bad_alloc.
void* allocate_aligned(std::size_t bytes);
/// Takes what allocate_aligned() gave, and the same number of bytes.
void free_aligned(void* p, std::size_t bytes);

template <typename T>
struct AlignedAllocator {
  using value_type = T;

  AlignedAllocator() = default;
  template <typename U>
  AlignedAllocator(const AlignedAllocator<U>&) {}

  T* allocate(std::size_t count) { return static_cast<T*>(allocate_aligned(count * sizeof(T))); }
  void deallocate(T* p, std::size_t count) { free_aligned(p, count * sizeof(T)); }
  friend bool operator==(AlignedAllocator, AlignedAllocator) { return true; }
};

using AlignedFloats = std::vector<float, AlignedAllocator<float>>;

/// Rounds up to a multiple of kChannelPad.
constexpr int padded_channels(int channels) {
  return (channels + kChannelPad - 1) / kChannelPad * kChannelPad;
}

}  // namespace ponnuki::nn::kernels
