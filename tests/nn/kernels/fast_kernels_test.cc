// The inner loops of every level against their definitions in double.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/random.h"
#include "nn/kernels/conv/conv_weights.h"
#include "nn/kernels/conv/winograd_weights.h"
#include "nn/kernels/simd/simd_level.h"
#include "nn/kernels/step/scratch.h"
#include "tests/support/naive_layers.h"

namespace ponnuki::nn::kernels {
namespace {

AlignedFloats random_floats(std::size_t count, Random& random, double scale = 1) {
  AlignedFloats values(count);
  for (float& v : values) v = static_cast<float>((random.uniform() * 2 - 1) * scale);
  return values;
}

/// A matrix [rows][out] packed into panels.
struct Packed {
  Packed(const KernelTable& kernels, const AlignedFloats& matrix, int rows, int out)
      : panels(make_panels(kernels, out, rows)), data(matrix.size()) {
    for (int r = 0; r < rows; ++r) pack_row(panels, r, matrix.data() + r * out, data.data());
  }
  std::vector<Panel> panels;
  AlignedFloats data;
};

struct GemmCase {
  int rows, taps, k, out;
};

double gemm_error(const KernelTable& kernels, const GemmCase& c, Random& random) {
  const int stride = padded_channels(c.k), inputs = c.taps * c.k;
  const AlignedFloats in =
      random_floats(static_cast<std::size_t>(c.rows * c.taps * stride), random);
  const AlignedFloats matrix = random_floats(static_cast<std::size_t>(inputs * c.out), random);
  const Packed packed(kernels, matrix, inputs, c.out);
  std::vector<const float*> rows;  // [tap][row]; the data are [row][tap]
  for (int tap = 0; tap < c.taps; ++tap)
    for (int r = 0; r < c.rows; ++r) rows.push_back(in.data() + (r * c.taps + tap) * stride);
  AlignedFloats out(static_cast<std::size_t>(c.rows * c.out));
  kernels.gemm({packed.data.data(), packed.data.data(), packed.panels.data(),
                static_cast<int>(packed.panels.size()), rows.data(), c.rows, c.taps, c.k,
                out.data(), c.out});
  double worst = 0;
  for (int r = 0; r < c.rows; ++r) {
    for (int o = 0; o < c.out; ++o) {
      double sum = 0;
      for (int i = 0; i < inputs; ++i)
        sum += static_cast<double>(in[(r * c.taps + i / c.k) * stride + i % c.k]) *
               static_cast<double>(matrix[i * c.out + o]);
      worst = std::max(worst, std::abs(sum - static_cast<double>(out[r * c.out + o])));
    }
  }
  return worst;
}

TEST_CASE("kernels: gemm for every number of rows and of output channels") {
  for (const SimdLevel level : supported_simd_levels()) {
    Random random(1);
    for (int out = 16; out <= 208; out += 16) {
      for (const int rows : {1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 17, 40}) {
        CAPTURE(simd_level_name(level), out, rows);
        CHECK(gemm_error(kernel_table(level), {rows, 1, 20, out}, random) < 1e-5);
      }
    }
    CHECK(gemm_error(kernel_table(level), {7, 9, 5, 48}, random) < 1e-5);
    CHECK(gemm_error(kernel_table(level), {4, 2, 1, 16}, random) < 1e-5);
  }
}

TEST_CASE("kernels: sparse sums the weights of the inputs given, onto the bias") {
  for (const SimdLevel level : supported_simd_levels()) {
    const KernelTable& kernels = kernel_table(level);
    for (int out = 16; out <= 128; out += 16) {
      Random random(2);
      const AlignedFloats matrix = random_floats(static_cast<std::size_t>(50 * out), random);
      const AlignedFloats bias = random_floats(static_cast<std::size_t>(out), random);
      const Packed packed(kernels, matrix, 50, out);
      const std::vector<SparseInput> inputs{{3, 0.5F}, {59, -2}, {10, 1}};
      const std::vector<SparseRun> runs{{inputs.data(), 1, 0}, {inputs.data() + 1, 2, -10}};
      AlignedFloats found(static_cast<std::size_t>(out));
      kernels.sparse({packed.data.data(), packed.panels.data(),
                      static_cast<int>(packed.panels.size()), runs.data(), 2, bias.data(),
                      found.data()});
      for (int o = 0; o < out; ++o) {
        const float expected =
            bias[o] + 0.5F * matrix[3 * out + o] - 2 * matrix[49 * out + o] + matrix[o];
        CHECK(found[o] == Approx(expected).margin(1e-6));
      }
    }
  }
}

/// One row of values through epilogue_rows with scale 1 and bias 0.
AlignedFloats activated(const KernelTable& kernels, Activation activation, const AlignedFloats& x) {
  const AlignedFloats ones(x.size(), 1.0F), zeros(x.size());
  AlignedFloats out(x.size());
  const std::int32_t point = 0;
  EpilogueArgs epilogue_args;
  epilogue_args.activated = out.data();
  epilogue_args.scale = ones.data();
  epilogue_args.bias = zeros.data();
  epilogue_args.activation = activation;
  kernels.epilogue_rows({x.data(), 0, &point, 1, static_cast<int>(x.size()), epilogue_args});
  return out;
}

TEST_CASE("kernels: softmax of any number of scores, however large") {
  for (const SimdLevel level : supported_simd_levels()) {
    Random random(3);
    for (const double size : {1.0, 1e4, 1e30}) {
      for (int count = 1; count <= 50; ++count) {
        const int stride = padded_channels(count);
        AlignedFloats rows = random_floats(static_cast<std::size_t>(2 * stride), random, size);
        const AlignedFloats scores = rows;
        float sums[2];
        kernel_table(level).transformer.softmax({rows.data(), stride, 2, count, 0.5F, sums});
        for (int r = 0; r < 2; ++r) {
          const float* row = scores.data() + r * stride;
          const double most = *std::max_element(row, row + count);
          double sum = 0;
          for (int i = 0; i < count; ++i) {
            const double expected = std::exp(0.5 * (static_cast<double>(row[i]) - most));
            sum += expected;
            CAPTURE(simd_level_name(level), size, count, r, i);
            CHECK(rows[r * stride + i] == Approx(expected).margin(1e-6));
          }
          CHECK(sums[r] == Approx(sum).epsilon(1e-5));
        }
      }
    }
  }
}

TEST_CASE("kernels: rotation by the sum of a row's and a column's angle") {
  constexpr int kHeight = 3, kWidth = 5, kChannels = 32, kStride = 96, kGap = 48;
  for (const SimdLevel level : supported_simd_levels()) {
    Random random(4);
    AlignedFloats maps = random_floats(kHeight * kWidth * kStride, random);
    const AlignedFloats before = maps;
    const AlignedFloats angles = random_floats(2 * kChannels, random, 2);  // a point: x, then y
    const auto table = [&](double (*function)(double), int first) {
      AlignedFloats values;
      for (int at = 0; at < kWidth; ++at)
        for (int c = 0; c < kChannels; ++c)
          values.push_back(
              static_cast<float>(function(at * static_cast<double>(angles[first + c]))));
      return values;
    };
    const AlignedFloats cos_x = table(std::cos, 0), sin_x = table(std::sin, 0);
    const AlignedFloats cos_y = table(std::cos, kChannels), sin_y = table(std::sin, kChannels);
    kernel_table(level).transformer.rotate({maps.data(), maps.data() + kGap, kStride, kHeight,
                                            kWidth, kChannels, cos_x.data(), sin_x.data(),
                                            cos_y.data(), sin_y.data()});
    for (int i = 0; i < kHeight * kWidth * kStride; ++i) {
      const int point = i / kStride, c = i % kStride % kGap;
      const int x = point % kWidth, y = point / kWidth;
      CAPTURE(simd_level_name(level), point, c);
      if (c >= kChannels) {
        CHECK(maps[i] == before[i]);
        continue;
      }
      const double angle =
          x * static_cast<double>(angles[c]) + y * static_cast<double>(angles[kChannels + c]);
      const double first = before[point * kStride + c], second = before[point * kStride + kGap + c];
      const double expected = i % kStride < kGap
                                  ? first * std::cos(angle) - second * std::sin(angle)
                                  : first * std::sin(angle) + second * std::cos(angle);
      CHECK(maps[i] == Approx(expected).margin(1e-5));
    }
  }
}

TEST_CASE("kernels: sums of squares, scaled rows and gates") {
  constexpr int kStride = 80, kChannels = 32;
  const std::int32_t points[] = {4, 0, 7};
  for (const SimdLevel level : supported_simd_levels()) {
    const TransformerKernels& kernels = kernel_table(level).transformer;
    Random random(5);
    AlignedFloats map = random_floats(8 * kStride, random);
    float sums[3];
    kernels.square_sums({map.data(), kStride, points, 3, kChannels, sums});
    const float factors[] = {2, -0.5F, 3};
    AlignedFloats rows(3 * kChannels);
    kernels.scaled_rows({map.data(), kStride, points, 3, kChannels, factors, rows.data()});
    for (int r = 0; r < 3; ++r) {
      double sum = 0;
      for (int c = 0; c < kChannels; ++c) {
        const float value = map[points[r] * kStride + c];
        sum += static_cast<double>(value) * static_cast<double>(value);
        CHECK(rows[r * kChannels + c] == factors[r] * value);
      }
      CHECK(sums[r] == Approx(sum).epsilon(1e-5));
    }
    const AlignedFloats before = map;
    kernels.gate({map.data(), kStride, 3, kChannels});
    for (int i = 0; i < 8 * kStride; ++i) {
      const bool gated = i / kStride < 3 && i % kStride < kChannels;
      const double silu = test::naive_activation(Activation::kSilu, before[i]);
      const double expected = gated ? silu * static_cast<double>(before[i + kChannels]) : before[i];
      CHECK(map[i] == Approx(expected).margin(1e-6));
    }
  }
}

TEST_CASE("kernels: activations from -100 to 100, and far out") {
  AlignedFloats x;
  for (int i = -1000; i < 1000; ++i) x.push_back(static_cast<float>(i) * 0.1F);
  for (const float far : {-1e6F, -3000.0F, -1e-30F, 1e-30F, 88.5F, 3000.0F, 1e30F, 0.0F})
    x.push_back(far);
  x.resize((x.size() + 15) / 16 * 16);
  for (const SimdLevel level : supported_simd_levels()) {
    for (const Activation a :
         {Activation::kIdentity, Activation::kRelu, Activation::kMish, Activation::kSilu}) {
      const AlignedFloats found = activated(kernel_table(level), a, x);
      for (std::size_t i = 0; i < x.size(); ++i) {
        CAPTURE(simd_level_name(level), static_cast<int>(a), x[i]);
        const double big = static_cast<double>(x[i]);
        const double expected = big > 500 ? big : test::naive_activation(a, big);
        CHECK(static_cast<double>(found[i]) == Approx(expected).epsilon(1e-6).margin(1e-30));
      }
    }
  }
}

TEST_CASE(
    "kernels: epilogue_args adds the residual, keeps the raw value and activates, point by point") {
  for (const SimdLevel level : supported_simd_levels()) {
    const AlignedFloats in(32, 2.0F), scale(16, -3.0F), bias(16, 1.0F);
    AlignedFloats residual(64, 0.5F), raw(64), active(128);
    const std::int32_t points[] = {3, 1};
    EpilogueArgs epilogue_args;
    epilogue_args.residual = residual.data();
    epilogue_args.raw = raw.data();
    epilogue_args.activated = active.data();
    epilogue_args.residual_stride = epilogue_args.raw_stride = 16;
    epilogue_args.activated_stride = 32;
    epilogue_args.scale = scale.data();
    epilogue_args.bias = bias.data();
    kernel_table(level).epilogue_rows({in.data(), 16, points, 2, 16, epilogue_args});
    for (int p = 0; p < 4; ++p) {
      CHECK(raw[p * 16 + 5] == (p % 2 ? 2.5F : 0.0F));
      CHECK(active[p * 32 + 5] == (p % 2 ? -6.5F : 0.0F));
      CHECK(active[p * 32 + 16] == 0);
    }
  }
}

TEST_CASE("kernels: pooling sees the given points only, and maxima below zero") {
  for (const SimdLevel level : supported_simd_levels()) {
    AlignedFloats map(5 * 16, 100.0F), sum(16), max(16);
    const std::int32_t points[] = {1, 4};
    for (int c = 0; c < 16; ++c) {
      map[16 + c] = -1.0F - static_cast<float>(c);
      map[64 + c] = -3.0F;
    }
    kernel_table(level).pool({map.data(), 16, points, 2, 16, sum.data(), max.data()});
    CHECK(sum[7] == -11);
    CHECK(max[7] == -3);
    CHECK(max[0] == -1);
  }
}

TEST_CASE("kernels: panels divide the channels evenly and in order") {
  for (const SimdLevel level : supported_simd_levels()) {
    const KernelTable& kernels = kernel_table(level);
    for (int out = 16; out <= 512; out += 16) {
      int next = 0;
      for (const Panel& panel : make_panels(kernels, out, 7)) {
        CHECK(panel.first == next);
        CHECK(panel.offset == static_cast<std::size_t>(next) * 7);
        CHECK(panel.width % kernels.vector_floats == 0);
        CHECK(panel.width <= kernels.panel_vectors * kernels.vector_floats);
        next += panel.width;
      }
      CHECK(next == out);
    }
  }
}

TEST_CASE("kernels: G evaluates a filter at the points, over the denominators") {
  const double points[] = {1, -1, 2, -2, 0.5, -0.5};
  for (int i = 0; i < 6; ++i) {
    double denominator = 1;
    for (int j = 0; j < 6; ++j) denominator *= i == j ? 1 : points[i] - points[j];
    for (int t = 0; t < 3; ++t)
      CHECK(kWinogradG[i][t] * denominator == Approx(std::pow(points[i], t)));
  }
}

TEST_CASE("kernels: the level can be forced by the environment") {
  REQUIRE(setenv("PONNUKI_SIMD", "baseline", 1) == 0);
  CHECK(default_simd_level().value() == SimdLevel::kBaseline);
  REQUIRE(setenv("PONNUKI_SIMD", "z80", 1) == 0);
  CHECK(default_simd_level().error().message.find("'z80'") != std::string::npos);
  REQUIRE(unsetenv("PONNUKI_SIMD") == 0);
  CHECK(default_simd_level().value() == supported_simd_levels().back());
}

TEST_CASE("scratch: pieces are aligned and apart, and settle into one chunk") {
  Scratch scratch;
  const float* settled = nullptr;
  for (int round = 0; round < 4; ++round) {
    scratch.reset();
    auto* a = scratch.take<float>(100);
    auto* b = scratch.take<char>(1);
    auto* c = scratch.take<float>(5000);
    CHECK(reinterpret_cast<std::uintptr_t>(a) % 64 == 0);
    CHECK(reinterpret_cast<std::uintptr_t>(c) % 64 == 0);
    std::fill_n(a, 100, 1.0F);
    *b = 2;
    std::fill_n(c, 5000, 3.0F);
    CHECK(a[99] == 1);
    CHECK(*b == 2);
    if (round >= 2) CHECK(a == settled);
    settled = a;
  }
}

}  // namespace
}  // namespace ponnuki::nn::kernels
