// Scratch: memory that is used within one step. take() returns a piece, reset() releases all
// pieces. After the first calls it allocates nothing.
#pragma once

#include <algorithm>
#include <cstddef>
#include <type_traits>
#include <vector>

#include "nn/kernels/step/aligned.h"

namespace ponnuki::nn::kernels {

class Scratch {
 public:
  /// `count` uninitialised values, aligned to 64 bytes, valid until reset().
  template <typename T>
  T* take(std::size_t count) {
    static_assert(std::is_trivially_copyable_v<T>);
    return reinterpret_cast<T*>(take_bytes(count * sizeof(T)));
  }

  /// `count` floats, all zero.
  float* take_zeros(std::size_t count) {
    auto* zeros = take<float>(count);
    std::fill_n(zeros, count, 0.0F);
    return zeros;
  }

  void reset() {
    if (chunks_.size() > 1) {  // replaces them by one chunk of their total size
      std::size_t total = 0;
      for (const Chunk& chunk : chunks_) total += chunk.size();
      chunks_.clear();
      chunks_.emplace_back(total);
    }
    used_ = 0;
  }

 private:
  using Chunk = std::vector<std::byte, AlignedAllocator<std::byte>>;

  std::byte* take_bytes(std::size_t bytes) {
    bytes = (bytes + 63) / 64 * 64;
    if (chunks_.empty() || used_ + bytes > chunks_.back().size()) {
      chunks_.emplace_back(bytes);
      used_ = 0;
    }
    std::byte* piece = chunks_.back().data() + used_;
    used_ += bytes;
    return piece;
  }

  std::vector<Chunk> chunks_;
  std::size_t used_ = 0;  // used part of the last chunk
};

}  // namespace ponnuki::nn::kernels
