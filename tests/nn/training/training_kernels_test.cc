// The kernels of backward passes and their naive twins, on every level of this processor.
#include <bit>
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/random.h"
#include "nn/kernels/conv/winograd_weights.h"
#include "nn/kernels/simd/simd_level.h"
#include "nn/kernels/step/aligned.h"

namespace ponnuki::nn::training {
namespace {

kernels::AlignedFloats random_floats(int count, Random& random) {
  kernels::AlignedFloats values(static_cast<std::size_t>(count));
  for (float& value : values) value = static_cast<float>(random.normal());
  return values;
}

bool close(float value, double expected) {
  return std::abs(static_cast<double>(value) - expected) <= 1e-4 * (1 + std::abs(expected));
}

double g(int element, int tap) { return kernels::kWinogradG[element][tap]; }

}  // namespace

TEST_CASE("Training kernels: sums of outer products, for all shapes of register tiles") {
  for (const kernels::SimdLevel level : kernels::supported_simd_levels()) {
    Random random(1);
    for (int cols = 16; cols <= 112; cols += 16) {
      for (const int rows : {1, 2, 3, 5, 8, 9, 17, 24}) {
        const int count = 1 + rows % 7, left_stride = 32, right_stride = cols + 16;
        const kernels::AlignedFloats left = random_floats(count * left_stride, random);
        const kernels::AlignedFloats right = random_floats(count * right_stride, random);
        kernels::AlignedFloats out = random_floats(rows * cols, random);
        const kernels::AlignedFloats before = out;
        kernels::kernel_table(level).training.outer({left.data(), left_stride, right.data(),
                                                     right_stride, count, rows, cols, out.data(),
                                                     cols});
        bool all = true;
        for (int i = 0; i < rows; ++i) {
          for (int o = 0; o < cols; ++o) {
            double sum = static_cast<double>(before[static_cast<std::size_t>(i * cols + o)]);
            for (int t = 0; t < count; ++t)
              sum += static_cast<double>(left[static_cast<std::size_t>(t * left_stride + i)]) *
                     static_cast<double>(right[static_cast<std::size_t>(t * right_stride + o)]);
            all = all && close(out[static_cast<std::size_t>(i * cols + o)], sum);
          }
        }
        CAPTURE(kernels::simd_level_name(level), rows, cols);
        CHECK(all);
      }
    }
  }
}

namespace {

/// The two numbers of a pair.
double first_of(kernels::Bf16Pair pair) { return std::bit_cast<float>(pair << 16); }
double second_of(kernels::Bf16Pair pair) { return std::bit_cast<float>(pair & 0xFFFF0000U); }

using AlignedPairs = std::vector<kernels::Bf16Pair, kernels::AlignedAllocator<kernels::Bf16Pair>>;
AlignedPairs random_pairs(int count, Random& random) {
  const kernels::AlignedFloats values = random_floats(2 * count, random);
  AlignedPairs pairs;
  for (std::size_t i = 0; i < values.size(); i += 2)
    pairs.push_back(std::bit_cast<std::uint32_t>(values[i]) >> 16 |
                    (std::bit_cast<std::uint32_t>(values[i + 1]) & 0xFFFF0000U));
  return pairs;
}

std::vector<kernels::SimdLevel> levels_with_bf16() {
  std::vector<kernels::SimdLevel> levels = kernels::supported_simd_levels();
  std::erase_if(levels, [](kernels::SimdLevel level) {
    return kernels::kernel_table(level).training.outer_bf16 == nullptr;
  });
  return levels;
}

}  // namespace

TEST_CASE("Training kernels: sums of outer products of pairs in bf16") {
  for (const kernels::SimdLevel level : levels_with_bf16()) {
    Random random(5);
    for (const int cols : {16, 32, 96, 112}) {
      for (const int rows : {1, 3, 4, 9, 24}) {
        const int count = 1 + rows % 7, left_stride = 32, right_stride = cols + 16;
        const AlignedPairs left = random_pairs(count * left_stride, random);
        const AlignedPairs right = random_pairs(count * right_stride, random);
        kernels::AlignedFloats out = random_floats(rows * cols, random);
        const kernels::AlignedFloats before = out;
        kernels::kernel_table(level).training.outer_bf16({left.data(), left_stride, right.data(),
                                                          right_stride, count, rows, cols,
                                                          out.data(), cols});
        bool all = true;
        for (int i = 0; i < rows; ++i) {
          for (int o = 0; o < cols; ++o) {
            double sum = static_cast<double>(before[static_cast<std::size_t>(i * cols + o)]);
            for (int t = 0; t < count; ++t) {
              const kernels::Bf16Pair a = left[static_cast<std::size_t>(t * left_stride + i)];
              const kernels::Bf16Pair b = right[static_cast<std::size_t>(t * right_stride + o)];
              sum += first_of(a) * first_of(b) + second_of(a) * second_of(b);
            }
            all = all && close(out[static_cast<std::size_t>(i * cols + o)], sum);
          }
        }
        CAPTURE(kernels::simd_level_name(level), rows, cols);
        CHECK(all);
      }
    }
  }
}

TEST_CASE("Training kernels: transforms to bf16 are those in fp32, rounded to nearest") {
  constexpr int kLine = 9, kChannels = 32, kStride = 2 * kChannels;
  constexpr int kElements = kernels::kWinogradElements;
  const kernels::TileRef tiles[] = {{0, 3, 3}, {1, 3, 3}, {kLine + 2, 3, 3}};  // an odd number
  for (const kernels::SimdLevel level : levels_with_bf16()) {
    const kernels::KernelTable& table = kernels::kernel_table(level);
    Random random(6);
    const kernels::AlignedFloats map = random_floats(kLine * kLine * kChannels, random);
    for (std::size_t kind = 0; kind < kernels::kTileKinds; ++kind) {
      for (const bool is_input : {true, false}) {
        kernels::AlignedFloats exact(kElements * kStride * 2, 0.0F);
        AlignedPairs pairs(kElements * kStride, 0xFFFFFFFFU);
        const auto fp32 =
            is_input ? table.winograd[kind].input : table.training.winograd_gradient[kind];
        const auto bf16 =
            is_input ? table.training.bf16_input[kind] : table.training.bf16_gradient[kind];
        fp32({{tiles, 3, kChannels, kLine, 2 * kStride}, map.data(), kChannels, exact.data()});
        bf16({{tiles, 3, kChannels, kLine, kStride}, map.data(), kChannels, pairs.data()});
        bool all = true;
        for (std::size_t i = 0; i < pairs.size(); ++i) {
          const std::size_t e = i / kStride, pair = i % kStride / kChannels, c = i % kChannels;
          if (pairs[i] == 0xFFFFFFFFU) continue;  // an element that this kind of tile lacks
          const float* tile = exact.data() + e * 2 * kStride + pair * 2 * kChannels + c;
          const auto near = [](double rounded, double value) {
            return std::abs(rounded - value) <= std::abs(value) / 256;
          };
          all = all && near(first_of(pairs[i]), static_cast<double>(tile[0])) &&
                near(second_of(pairs[i]), static_cast<double>(tile[kChannels]));
        }
        CAPTURE(kernels::simd_level_name(level), kind, is_input);
        CHECK(pairs[0] != 0xFFFFFFFFU);
        CHECK(all);
      }
    }
  }
}

TEST_CASE("Training kernels: the way back through norm and ReLU, set or added") {
  for (const kernels::SimdLevel level : kernels::supported_simd_levels()) {
    for (const bool add : {false, true}) {
      Random random(2);
      constexpr int kChannels = 32, kPoints = 5;
      const std::int32_t points[] = {1, 4, 0};
      const kernels::AlignedFloats in = random_floats(3 * kChannels, random);
      const kernels::AlignedFloats activated = random_floats(kPoints * kChannels, random);
      const kernels::AlignedFloats scale = random_floats(kChannels, random);
      kernels::AlignedFloats gradient = random_floats(kPoints * kChannels, random),
                             bias(kChannels, 2.0F);
      kernels::AlignedFloats expected = gradient, expected_bias = bias;
      for (std::size_t r = 0; r < 3; ++r) {
        for (std::size_t c = 0; c < kChannels; ++c) {
          const std::size_t at = static_cast<std::size_t>(points[r]) * kChannels + c;
          const float v = activated[at] > 0 ? in[r * kChannels + c] : 0;
          expected_bias[c] += v;
          expected[at] = (add ? expected[at] : 0) + scale[c] * v;
        }
      }
      kernels::kernel_table(level).training.masked_rows(
          {in.data(),
           kChannels,
           points,
           3,
           kChannels,
           {activated.data(), gradient.data(), kChannels, kChannels, scale.data(), bias.data(),
            add}});
      for (std::size_t i = 0; i < gradient.size(); ++i)
        CHECK(close(gradient[i], static_cast<double>(expected[i])));
      for (std::size_t c = 0; c < kChannels; ++c)
        CHECK(close(bias[c], static_cast<double>(expected_bias[c])));
    }
  }
}

TEST_CASE("Training kernels: sparse inputs add to their rows") {
  for (const kernels::SimdLevel level : kernels::supported_simd_levels()) {
    Random random(3);
    const kernels::AlignedFloats in = random_floats(16, random);
    kernels::AlignedFloats weights(8 * 16, 1.0F);
    const kernels::SparseInput first[] = {{0, 1}, {2, 0.5F}}, second[] = {{1, -2}, {0, 3}};
    const kernels::SparseRun runs[] = {{first, 2, 1}, {second, 2, 5}};
    kernels::kernel_table(level).training.sparse_gradient(
        {weights.data(), 16, runs, 2, in.data(), 16});
    const double factors[] = {0, 1, 0, 0.5, 0, 3, -2, 0};
    for (std::size_t row = 0; row < 8; ++row)
      for (std::size_t c = 0; c < 16; ++c)
        CHECK(close(weights[row * 16 + c], 1 + factors[row] * static_cast<double>(in[c])));
  }
}

TEST_CASE("Training kernels: filters and their gradients, to and from Winograd's elements") {
  for (const kernels::SimdLevel level : kernels::supported_simd_levels()) {
    Random random(4);
    constexpr int kChannels = 32;
    const kernels::AlignedFloats taps = random_floats(9 * kChannels, random);
    kernels::AlignedFloats elements(kernels::kWinogradElements * kChannels), back(9 * kChannels);
    kernels::kernel_table(level).winograd_filter(
        {taps.data(), kChannels, elements.data(), kChannels});
    const kernels::AlignedFloats some =
        random_floats(kernels::kWinogradElements * kChannels, random);
    kernels::kernel_table(level).training.winograd_filter_gradient(
        {some.data(), kChannels, kChannels, back.data()});
    for (std::size_t c = 0; c < kChannels; ++c) {
      for (int e = 0; e < kernels::kWinogradElements; ++e) {
        double sum = 0;
        for (int t = 0; t < 9; ++t)
          sum += g(e / 7, t / 3) * g(e % 7, t % 3) *
                 static_cast<double>(taps[static_cast<std::size_t>(t) * kChannels + c]);
        CHECK(close(elements[static_cast<std::size_t>(e) * kChannels + c], sum));
      }
      for (int t = 0; t < 9; ++t) {
        double sum = 0;
        for (int e = 0; e < kernels::kWinogradElements; ++e)
          sum += g(e / 7, t / 3) * g(e % 7, t % 3) *
                 static_cast<double>(some[static_cast<std::size_t>(e) * kChannels + c]);
        CHECK(close(back[static_cast<std::size_t>(t) * kChannels + c], sum));
      }
    }
  }
}

}  // namespace ponnuki::nn::training
