// AlignedFloats: a vector of floats aligned to 64 bytes, as the kernels' loads require.
#pragma once

#include <cstddef>
#include <new>
#include <vector>

#include "nn/kernels/simd/kernel_table.h"

namespace ponnuki::nn::kernels {

template <typename T>
struct AlignedAllocator {
  using value_type = T;
  static constexpr std::align_val_t kAlignment{64};

  AlignedAllocator() = default;
  template <typename U>
  AlignedAllocator(const AlignedAllocator<U>&) {}

  T* allocate(std::size_t count) {
    return static_cast<T*>(::operator new(count * sizeof(T), kAlignment));
  }
  void deallocate(T* p, std::size_t) { ::operator delete(p, kAlignment); }
  friend bool operator==(AlignedAllocator, AlignedAllocator) { return true; }
};

using AlignedFloats = std::vector<float, AlignedAllocator<float>>;

/// Rounds up to a multiple of kChannelPad.
constexpr int padded_channels(int channels) {
  return (channels + kChannelPad - 1) / kChannelPad * kChannelPad;
}

}  // namespace ponnuki::nn::kernels
