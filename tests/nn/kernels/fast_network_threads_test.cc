// One fast network, several threads at once, each with sizes of its own.
#include <catch2/catch.hpp>
#include <thread>

#include "nn/kernels/fast_network.h"
#include "tests/support/random_input.h"
#include "tests/support/random_model.h"

namespace ponnuki::nn::kernels {
namespace {

TEST_CASE("fast network: threads do not disturb each other") {
  const auto model = std::make_shared<Model>(test::random_model({.channels = 20}));
  const auto fresh_network = [&] { return std::move(*make_fast_network(model)); };
  const test::RandomInput positions[] = {{*model, {9, 9}, 1}, {*model, {13, 5}, 2}};
  NetworkOutput expected[2];
  for (int i = 0; i < 2; ++i) fresh_network()->forward({&positions[i].input, 1}, {&expected[i], 1});

  const std::unique_ptr<Network> shared = fresh_network();
  int wrong[4] = {};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      NetworkOutput out;
      for (int round = 0; round < 20; ++round) {
        const int i = (t + round / 3) % 2;
        shared->forward({&positions[i].input, 1}, {&out, 1});
        wrong[t] += out.policy != expected[i].policy || out.value != expected[i].value;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const int count : wrong) CHECK(count == 0);
}

}  // namespace
}  // namespace ponnuki::nn::kernels
