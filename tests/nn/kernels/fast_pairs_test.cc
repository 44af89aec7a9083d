// The 16-bit kernels of every level against their definitions in double.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "engine/random.h"
#include "nn/kernels/conv/conv_weights.h"
#include "nn/kernels/conv/winograd_weights.h"
#include "nn/kernels/simd/simd_level.h"

namespace ponnuki::nn::kernels {
namespace {

using AlignedPairs = std::vector<std::int16_t, AlignedAllocator<std::int16_t>>;

constexpr int kInputLimit = 16383;
constexpr float kInfinity = std::numeric_limits<float>::infinity();

AlignedPairs random_integers(int count, int limit, Random& random) {
  AlignedPairs values(static_cast<std::size_t>(count));
  for (std::int16_t& v : values)
    v = static_cast<std::int16_t>(
        static_cast<int>(random.below(static_cast<std::uint32_t>(2 * limit + 1))) - limit);
  return values;
}
AlignedFloats random_floats(int count, double low, double high, Random& random) {
  AlignedFloats values(static_cast<std::size_t>(count));
  for (float& v : values) v = static_cast<float>(low + random.uniform() * (high - low));
  return values;
}

struct PairGemmCase {
  int rows, pairs, chunk, out;
};

/// Integers [in][out] in the layout of a level. The largest of each column of a chunk must be
/// `limit`, so that its step is 1.
AlignedPairs packed_integers(const KernelTable& kernels, const std::vector<Panel>& panels,
                             const AlignedPairs& integers, const PairGemmCase& c, int limit) {
  const AlignedFloats matrix(integers.begin(), integers.end());
  AlignedPairs packed(integers.size());
  AlignedFloats scales(static_cast<std::size_t>(c.out));
  for (const Panel& panel : panels) {
    for (int i = 0; i < 2 * c.pairs; i += 2 * c.chunk) {
      PairWeightsArgs args;
      args.matrix = matrix.data() + i * c.out + panel.first;
      args.stride = c.out;
      args.inputs = std::min(2 * c.pairs - i, 2 * c.chunk);
      args.columns = args.width = panel.width;
      args.sum_limit = 1e12;
      args.limit = limit;
      args.weights = packed.data() + panel.offset + static_cast<std::ptrdiff_t>(i) * panel.width;
      args.scales = scales.data();
      kernels.pair_weights(args);
    }
  }
  return packed;
}

/// The largest error, relative to the sum of all products' sizes.
double pair_gemm_error(const KernelTable& kernels, const PairGemmCase& c, Random& random) {
  const int in = 2 * c.pairs, stride = padded_channels(in), chunks = (c.pairs - 1) / c.chunk + 1;
  const int weight_limit = std::min(32767, 131072 / (2 * c.chunk));
  const AlignedPairs left = random_integers(c.rows * stride, kInputLimit, random);
  AlignedPairs right = random_integers(in * c.out, weight_limit, random);
  for (int i = 0; i < in; i += 2 * c.chunk)
    std::fill_n(right.begin() + i * c.out, c.out,
                static_cast<std::int16_t>(i % 4 == 0 ? weight_limit : -weight_limit));
  const AlignedFloats scales = random_floats(chunks * c.out, 0.5, 2, random);
  const std::vector<Panel> panels = make_panels(kernels, c.out, in);
  const AlignedPairs packed = packed_integers(kernels, panels, right, c, weight_limit);
  std::vector<const std::int16_t*> rows;
  for (int r = 0; r < c.rows; ++r) rows.push_back(left.data() + r * stride);
  AlignedFloats out(static_cast<std::size_t>(c.rows * c.out), -7.0F);
  kernels.pair_gemm({packed.data(), packed.data(), panels.data(), static_cast<int>(panels.size()),
                     rows.data(), c.rows, c.pairs, c.chunk, scales.data(), out.data(), c.out});
  double worst = 0;
  for (int r = 0; r < c.rows; ++r) {
    for (int o = 0; o < c.out; ++o) {
      double sum = 0, sizes = 0;
      for (int i = 0; i < in; ++i) {
        const double product = static_cast<double>(left[r * stride + i]) * right[i * c.out + o] *
                               static_cast<double>(scales[i / 2 / c.chunk * c.out + o]);
        sum += product;
        sizes += std::abs(product);
      }
      const double error = std::abs(sum - static_cast<double>(out[r * c.out + o])) / sizes;
      worst = error <= worst ? worst : error;
    }
  }
  return worst;
}

TEST_CASE("16-bit kernels: gemm for every number of rows and of output channels") {
  for (const SimdLevel level : supported_simd_levels()) {
    Random random(1);
    for (int out = 16; out <= 208; out += 16) {
      for (const int rows : {1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 17, 40}) {
        CAPTURE(simd_level_name(level), out, rows);
        CHECK(pair_gemm_error(kernel_table(level), {rows, 12, 12, out}, random) < 3e-7);
      }
    }
    for (const PairGemmCase& c :
         {PairGemmCase{7, 12, 4, 48}, PairGemmCase{9, 128, 64, 32}, PairGemmCase{5, 4, 4, 16},
          PairGemmCase{3, 64, 36, 96}, PairGemmCase{33, 64, 36, 96}, PairGemmCase{65, 20, 8, 208},
          PairGemmCase{100, 128, 44, 112}})
      CHECK(pair_gemm_error(kernel_table(level), c, random) < 3e-7);
  }
}

/// The integers of column `o` of a packed panel, read by products with rows of one 1 each.
std::vector<int> column_of(const KernelTable& kernels, const AlignedPairs& packed, int inputs,
                           int width, int o) {
  AlignedFloats scales(static_cast<std::size_t>(width), 1.0F);
  const Panel panel{0, width, 0};
  std::vector<int> column;
  for (int i = 0; i < inputs; ++i) {
    AlignedPairs row(static_cast<std::size_t>(padded_channels(inputs)));
    row[static_cast<std::size_t>(i)] = 1;
    const std::int16_t* rows = row.data();
    AlignedFloats out(static_cast<std::size_t>(width));
    kernels.pair_gemm({packed.data(), packed.data(), &panel, 1, &rows, 1, inputs / 2, inputs / 2,
                       scales.data(), out.data(), width});
    column.push_back(static_cast<int>(out[static_cast<std::size_t>(o)]));
  }
  return column;
}

TEST_CASE("16-bit kernels: rounded weights and their scales, for even and odd numbers of inputs") {
  constexpr double kSumLimit = 5000, kLimit = 2000, kReach = 3;
  for (const SimdLevel level : supported_simd_levels()) {
    const KernelTable& kernels = kernel_table(level);
    for (const int inputs : {1, 2, 7, 64}) {
      Random random(4);
      const int width = kernels.vector_floats * kernels.panel_vectors;
      const int columns = width / 2, stride = width + 16, padded = (inputs + 7) / 8 * 8;
      AlignedFloats matrix = random_floats(inputs * stride, -1, 1, random);
      for (int i = 0; i < inputs; ++i) matrix[static_cast<std::size_t>(i * stride + 3)] = 0;
      AlignedPairs weights(static_cast<std::size_t>(padded * width));
      AlignedFloats scales(static_cast<std::size_t>(width), 7.0F);
      for (const int first : {columns, 0})  // the later half first: the second call must keep it
        kernels.pair_weights({matrix.data() + first, stride, inputs, columns, width, first,
                              kSumLimit, kLimit, kReach, weights.data(), scales.data() + first});
      CAPTURE(simd_level_name(level), inputs);
      for (int o = 0; o < width; ++o) {
        const auto weight = [&](int i) {
          return static_cast<double>(matrix[static_cast<std::size_t>(i * stride + o)]);
        };
        double sum = 0, largest = 0;
        for (int i = 0; i < inputs; ++i) {
          sum += std::abs(weight(i));
          largest = std::max(largest, std::abs(weight(i)));
        }
        const double step = std::max(sum / kSumLimit, largest / kLimit);
        CHECK(scales[static_cast<std::size_t>(o)] == static_cast<float>(step / kReach));
        std::vector<int> expected(static_cast<std::size_t>(padded));
        for (int i = 0; i < inputs; ++i)
          expected[static_cast<std::size_t>(i)] =
              step == 0 ? 0 : static_cast<int>(std::lround(weight(i) / step));
        CHECK(column_of(kernels, weights, padded, width, o) == expected);
      }
    }
  }
}

TEST_CASE("16-bit kernels: rounded rows and their ranges") {
  constexpr float kLimit = 16383;
  for (const SimdLevel level : supported_simd_levels()) {
    for (const int channels : {16, 32, 80}) {
      CAPTURE(simd_level_name(level), channels);
      Random random(9);
      AlignedFloats in = random_floats(4 * channels, -3, 2, random);
      for (int c = 0; c < channels; ++c) in[static_cast<std::size_t>(channels + c)] = 0;
      in[static_cast<std::size_t>(2 * channels + 5)] = -kInfinity;
      in[static_cast<std::size_t>(3 * channels + 7)] = std::nanf("");
      std::vector<const float*> rows;
      for (int r = 0; r < 4; ++r) rows.push_back(in.data() + r * channels);
      AlignedPairs out(in.size(), 77);
      AlignedFloats ranges(4, 7.0F);
      kernel_table(level).pair_rows({rows.data(), 4, channels, kLimit, out.data(), ranges.data()});
      float most = 0;
      for (int c = 0; c < channels; ++c) most = std::max(most, std::abs(in[std::size_t(c)]));
      CHECK(ranges[0] == most);
      for (std::size_t c = 0; c < static_cast<std::size_t>(channels); ++c) {
        const double exact = static_cast<double>(in[c]) * static_cast<double>(kLimit / most);
        CHECK(std::abs(out[c] - exact) <= 0.501);
        CHECK(out[static_cast<std::size_t>(channels) + c] == 0);
      }
      CHECK(ranges[1] == 0);
      CHECK(ranges[2] == kInfinity);
      CHECK(std::isnan(ranges[3]));
    }
  }
}

TEST_CASE("16-bit kernels: the largest sums that the limits allow") {
  for (const SimdLevel level : supported_simd_levels()) {
    for (const int sign : {1, -1}) {
      const AlignedPairs left(128, static_cast<std::int16_t>(sign * kInputLimit));
      const KernelTable& kernels = kernel_table(level);
      const std::vector<Panel> panels = make_panels(kernels, 16, 128);
      const AlignedPairs weights =  // of 131072 / 128 = 1024
          packed_integers(kernels, panels, AlignedPairs(128 * 16, 1023), {1, 64, 64, 16}, 1023);
      const AlignedFloats scales(16, 1.0F);
      const std::int16_t* row = left.data();
      AlignedFloats out(16);
      kernels.pair_gemm({weights.data(), weights.data(), panels.data(),
                         static_cast<int>(panels.size()), &row, 1, 64, 64, scales.data(),
                         out.data(), 16});
      CHECK(out[0] == Approx(sign * 128.0 * kInputLimit * 1023).epsilon(1e-6));
    }
  }
}

struct Shape {
  int rows, cols;  // inputs of a tile
};
constexpr Shape kShapes[kTileKinds] = {{7, 6}, {7, 7}, {6, 7}, {6, 6}, {5, 5}};
constexpr int kLine = 8, kElements = kWinogradElements;

/// One tile of 16 channels through both input kernels.
struct BothInputs {
  BothInputs(const KernelTable& kernels, std::size_t kind, const AlignedFloats& map)
      : exact(kElements * 16, 0.0F), integers(kElements * 16, 0), reach(kElements) {
    for (int e = 0; e < kElements; ++e)
      reach[static_cast<std::size_t>(e)] = static_cast<float>(kInputLimit / winograd_reach(e));
    const TileRef tile{0, 3, 3};
    const WinogradArgs shape{&tile, 1, 16, kLine, 16};
    kernels.winograd[kind].input({shape, map.data(), 16, exact.data()});
    kernels.winograd[kind].pair_input(
        {shape, map.data(), 16, reach.data(), integers.data(), &range});
  }
  AlignedFloats exact;
  AlignedPairs integers;
  std::vector<float> reach;
  float range = -1;
};

AlignedFloats zero_map() { return AlignedFloats(kLine * kLine * 16, 0.0F); }

TEST_CASE("16-bit kernels: transformed inputs are the fp32 ones within half a unit") {
  for (const SimdLevel level : supported_simd_levels()) {
    for (std::size_t kind = 0; kind < kTileKinds; ++kind) {
      for (const double low : {0.0, -0.3, -2.0}) {
        Random random(3);
        AlignedFloats map = random_floats(kLine * kLine * 16, low, 2, random);
        const BothInputs both(kernel_table(level), kind, map);
        CAPTURE(simd_level_name(level), kind, low);
        CHECK(both.range == Approx(2 - low).epsilon(0.02));
        for (std::size_t i = 0; i < both.exact.size(); ++i) {
          const double unit =
              static_cast<double>(both.range) / static_cast<double>(both.reach[i / 16]);
          CHECK(std::abs(both.integers[i] * unit - static_cast<double>(both.exact[i])) <=
                0.502 * unit);
        }
      }
    }
  }
}

/// B's coefficients of an element, seen through the fp32 kernel: [y][x] in lines of kLine.
std::vector<float> coefficients(const KernelTable& kernels, std::size_t kind, int element) {
  std::vector<float> found(kLine * kLine);
  for (int y = 0; y < kShapes[kind].rows; ++y) {
    for (int x = 0; x < kShapes[kind].cols; ++x) {
      AlignedFloats map = zero_map();
      map[static_cast<std::size_t>((y * kLine + x) * 16)] = 1;
      found[static_cast<std::size_t>(y * kLine + x)] =
          BothInputs(kernels, kind, map).exact[static_cast<std::size_t>(element * 16)];
    }
  }
  return found;
}

TEST_CASE("16-bit kernels: no inputs overflow, and the worst ones come close in a large tile") {
  const KernelTable& best = kernel_table(supported_simd_levels().back());
  for (std::size_t kind = 0; kind < kTileKinds; ++kind) {
    for (const int e : {0, 1, 8, 16, 32, 40, 46, 48}) {
      const std::vector<float> b = coefficients(best, kind, e);
      for (const bool low : {false, true}) {  // all inputs that count with one sign are 3, others 0
        AlignedFloats map = zero_map();
        for (std::size_t p = 0; p < b.size(); ++p)
          if (low ? b[p] < 0 : b[p] > 0) map[p * 16] = 3;
        const BothInputs both(best, kind, map);
        const int extreme = std::abs(both.integers[static_cast<std::size_t>(e * 16)]);
        CAPTURE(kind, e, low);
        CHECK(extreme <= kInputLimit);
        if (kind == kLargeLarge && e == 40) CHECK(extreme == kInputLimit);
      }
    }
  }
}

TEST_CASE("16-bit kernels: zeros, tiny, infinite and undefined inputs") {
  for (const SimdLevel level : supported_simd_levels()) {
    const auto with = [&](float value) {
      AlignedFloats map = zero_map();
      map[(kLine + 2) * 16 + 3] = value;  // a point of every kind of tile
      return BothInputs(kernel_table(level), kSmallSmall, map);
    };
    const auto is_zero = [](const BothInputs& both) {
      return std::all_of(both.integers.begin(), both.integers.end(), [](int v) { return v == 0; });
    };
    CAPTURE(simd_level_name(level));
    CHECK(with(0).range == 0);
    CHECK(is_zero(with(0)));
    CHECK(with(-0.0F).range == 0);
    CHECK(is_zero(with(1e-38F)));
    CHECK(with(-3).range == 3);
    CHECK(!is_zero(with(-3)));
    CHECK(with(kInfinity).range == kInfinity);
    CHECK(with(-kInfinity).range == kInfinity);
    CHECK(std::isnan(with(std::nanf("")).range));
    CHECK(std::isnan(with(-std::nanf("")).range));
  }
}

}  // namespace
}  // namespace ponnuki::nn::kernels
