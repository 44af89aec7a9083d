// The facts of layers that `ponnuki bench --only layers` shows.
#include <catch2/catch.hpp>

#include "nn/kernels/fast_network.h"
#include "tests/support/random_input.h"
#include "tests/support/random_model.h"

namespace ponnuki::nn::kernels {
namespace {

std::vector<LayerTime> times(const std::string& blocks, BoardSize size, std::size_t batch,
                             Precision precision) {
  const Model model = test::RandomModel({.channels = 32, .blocks = blocks}).build();
  const test::RandomInput input(model, size, 2);
  const std::vector<NetworkInput> inputs(batch, input.input);
  return time_layers(model, SimdLevel::kBaseline, precision, inputs, 3);
}

const LayerTime& find(const std::vector<LayerTime>& times, const std::string& kind, bool in_pairs) {
  for (const LayerTime& time : times)
    if (time.kind == kind && time.products.in_pairs() == in_pairs) return time;
  FAIL("no " << kind);
  return times.front();
}

TEST_CASE("Layer times: products are as many as the table of tiles in docs/kernels.md says") {
  struct Case {
    std::uint8_t side;
    std::size_t batch;
    int products;  // for a pair of an input and an output channel
  };
  double channels = 0;  // pairs of an input and an output channel, in all layers; padded
  for (const auto& [side, batch, products] :
       {Case{9, 1, 225}, Case{9, 8, 169}, Case{13, 8, 361}, Case{19, 1, 729}}) {
    CAPTURE(int{side}, batch);
    const auto kinds = times("ooo", {side, side}, batch, Precision::kInt16);
    const LayerTime& convolutions = find(kinds, "3x3 convolution", true);
    CHECK(convolutions.layers == 6);
    if (channels == 0) channels = convolutions.products.pairs / products;
    CHECK(convolutions.products.pairs == Approx(channels * products));
    CHECK(channels >= 6 * 32 * 32);
    CHECK(convolutions.seconds > 0);
  }
}

TEST_CASE("Layer times: 1x1 convolutions, each kind in its precision and in order") {
  const auto kinds = times("n", {9, 9}, 1, Precision::kInt16);
  CHECK(kinds.front().kind == "first layer");
  CHECK(kinds.back().kind == "value head");
  const LayerTime& trunk = find(kinds, "1x1 convolution", true);
  CHECK(trunk.layers == 2);                                  // into the bottleneck and out of it
  CHECK(find(kinds, "1x1 convolution", false).layers == 1);  // the heads' three, side by side
  CHECK(find(times("n", {9, 9}, 1, Precision::kFp32), "1x1 convolution", false).layers == 3);
}

TEST_CASE("Layer times: the products of an attention and a feed-forward block") {
  constexpr double kLeast = 25.0 * 32 * 32 * 2;
  const auto exact = times("af", {5, 5}, 2, Precision::kFp32);
  CHECK(find(exact, "attention", false).products.fp32 > kLeast);
  CHECK(find(exact, "feed-forward", false).products.fp32 > kLeast);
  // The products of queries and keys, and of scores and values, stay in fp32.
  const auto rounded = times("af", {5, 5}, 2, Precision::kInt16);
  const Products& attention = find(rounded, "attention", true).products;
  CHECK(attention.fp32 > 0);
  CHECK(attention.all() == find(exact, "attention", false).products.fp32);
  CHECK(find(rounded, "feed-forward", true).products.pairs ==
        find(exact, "feed-forward", false).products.fp32);
}

}  // namespace
}  // namespace ponnuki::nn::kernels
