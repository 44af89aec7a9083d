#include "nn/network_bench.h"

#include <catch2/catch.hpp>

#include "nn/kernels/fast_network.h"
#include "tests/support/random_model.h"

namespace ponnuki {
namespace {

TEST_CASE("network bench: counts evaluations, clock and CPU time of all threads") {
  const auto model = std::make_shared<Model>(test::random_model());
  const std::unique_ptr<Network> network = std::move(*make_fast_network(model));
  const NetworkBenchResult result =
      bench_network(*network, {.size = {5, 5}, .threads = 2, .batch = 3, .seconds = 0.02});
  CHECK(result.evaluations > 0);
  CHECK(result.evaluations % 3 == 0);
  CHECK(result.seconds >= 0.02);
  CHECK(result.cpu_seconds > 0);
  CHECK(result.evaluations_per_second() > 0);
  CHECK(result.evaluations_per_cpu_second(2) > result.evaluations_per_cpu_second(1));
}

TEST_CASE("network bench: the cost of a net by hand") {
  Model model = test::random_model({.channels = 4, .blocks = "", .first_kernel = 3});
  // 2 * 9 * 22 * 4 for the first layer; heads of random_model(): 4 -> 4, 3 and 5 channels, 4 -> 1
  // policy channel (version 11), 5 -> 1 ownership.
  const double per_point = 2.0 * (9 * 22 * 4 + 4 * 4 + 4 * 3 + 4 * 5 + 4 * 1 + 5 * 1);
  CHECK(network_gflop(model, {9, 9}) == Approx(81 * per_point * 1e-9));
}

}  // namespace
}  // namespace ponnuki
