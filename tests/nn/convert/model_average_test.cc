// Nets averaged: every number is the mean, all else the first one's.
#include "nn/convert/model_average.h"

#include <catch2/catch.hpp>

#include "nn/files/tensors/architecture.h"
#include "tests/support/random_model.h"

namespace ponnuki::nn {
namespace {

AnyModel random_net(std::uint64_t seed, const std::string& blocks = "ogn") {
  Model model = test::random_model({.version = 17, .blocks = blocks, .seed = seed});
  model.name = "net-" + std::to_string(seed);
  return model;
}

Architecture architecture(const AnyModel& model) { return architecture_of(std::get<Model>(model)); }

TEST_CASE("An average: every number is the mean by the weights") {
  const std::string blocks = GENERATE("ogn", "tfogrfam");
  CAPTURE(blocks);
  const std::vector<AnyModel> nets = {random_net(1, blocks), random_net(2, blocks)};
  const auto mean = average_models(nets, std::vector{6.0, 2.0});
  if (!mean) FAIL(mean.error().message);
  const Architecture all = architecture(*mean);
  const Architecture first = architecture(nets[0]), second = architecture(nets[1]);
  CHECK(all.text == first.text);  // its name, too
  for (std::size_t t = 0; t < all.tensors.size(); ++t) {
    const auto &a = *first.tensors[t].values, &b = *second.tensors[t].values;
    const auto& m = *all.tensors[t].values;
    REQUIRE(m.size() == a.size());
    for (std::size_t i = 0; i < m.size(); ++i)
      REQUIRE(m[i] == Approx(0.75 * a[i] + 0.25 * b[i]).margin(1e-6));
  }
}

TEST_CASE("An average: a net without weight is as good as absent, to the bit") {
  const std::vector<AnyModel> nets = {random_net(1), random_net(2), random_net(1)};
  const auto mean = average_models(nets, std::vector{1.0, 0.0, 3.0});
  if (!mean) FAIL(mean.error().message);
  const Architecture all = architecture(*mean), first = architecture(nets[0]);
  for (std::size_t t = 0; t < all.tensors.size(); ++t)
    REQUIRE(*all.tensors[t].values == *first.tensors[t].values);
}

TEST_CASE("An average: nets of other layers are refused") {
  const std::vector<AnyModel> nets = {random_net(1), random_net(2), random_net(3, "oogn")};
  CHECK(average_models(nets, std::vector{1.0, 1.0, 1.0}).error().message ==
        "net 3 has other layers than the first: `ponnuki net info` shows them");
}

}  // namespace
}  // namespace ponnuki::nn
