// Memory for kernels: aligned, and on huge pages where it is large.
#include "nn/kernels/step/aligned.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdint>

namespace ponnuki::nn::kernels {
namespace {

TEST_CASE("aligned memory: of every size, whole and zero") {
  constexpr std::size_t kHugePage = 2 << 20;
  for (const std::size_t bytes : {std::size_t{4}, std::size_t{4096}, kHugePage - 4, kHugePage,
                                  kHugePage + 4, 2 * kHugePage - 4, 3 * kHugePage + 64}) {
    CAPTURE(bytes);
    AlignedFloats values(bytes / sizeof(float));
    const auto address = reinterpret_cast<std::uintptr_t>(values.data());
    CHECK(address % 64 == 0);
    if (bytes >= kHugePage) CHECK(address % kHugePage == 0);
    CHECK(std::ranges::all_of(values, [](float v) { return v == 0; }));
    std::ranges::fill(values, 1.0F);
    values.resize(2 * values.size(), 2.0F);
    CHECK(values.front() == 1);
    CHECK(values.back() == 2);
  }
}

}  // namespace
}  // namespace ponnuki::nn::kernels
