#include "nn/kernels/step/aligned.h"

#include <sys/mman.h>

#include <new>

namespace ponnuki::nn::kernels {
namespace {

constexpr std::align_val_t kLine{64};
constexpr std::size_t kHugePage = std::size_t{2} << 20;  // of x86-64, and of arm64 as a rule

bool is_large(std::size_t bytes) { return bytes >= kHugePage; }

/// The bytes to allocate for `bytes` on huge pages. The last page is a whole one, unless that would
/// waste more than a fifth.
std::size_t with_last_page(std::size_t bytes) {
  const std::size_t whole = (bytes + kHugePage - 1) / kHugePage * kHugePage;
  return whole - bytes <= bytes / 5 ? whole : bytes;
}

}  // namespace

void* allocate_aligned(std::size_t bytes) {
  if (!is_large(bytes)) return ::operator new(bytes, kLine);
  const std::size_t padded = with_last_page(bytes);
  void* p = ::operator new (padded, std::align_val_t{kHugePage});
#if defined(MADV_HUGEPAGE)
  madvise(p, padded / kHugePage * kHugePage, MADV_HUGEPAGE);  // advice: without it, only slower
#endif
  return p;
}

void free_aligned(void* p, std::size_t bytes) {
  ::operator delete(p, is_large(bytes) ? std::align_val_t{kHugePage} : kLine);
}

}  // namespace ponnuki::nn::kernels
