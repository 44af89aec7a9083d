// What nets in Leela Zero's format say, against Leela Zero: tests/e2e/leela_zero.py has recorded
// its priors and winrates for the two nets that random_leela_zero() makes.
#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "engine/coord.h"
#include "nn/evaluators/tower_evaluator.h"
#include "nn/files/leela_zero_file.h"
#include "nn/kernels/fast_network.h"
#include "tests/support/random_tower.h"

namespace ponnuki::nn {
namespace {

using nlohmann::json;

std::shared_ptr<TowerNetwork> network_of(int version) {
  const std::string text = test::random_leela_zero({.version = version});
  ByteStream stream(
      bytes_of_memory({reinterpret_cast<const unsigned char*>(text.data()), text.size()}), {});
  auto model = read_leela_zero(stream, "net.txt");
  REQUIRE(model);
  auto network = kernels::make_fast_tower(std::make_shared<TowerModel>(std::move(*model)));
  REQUIRE(network);
  return std::move(*network);
}

/// Leela Zero's are over all moves, legal or not, in thousandths rounded down.
double prior_difference(const std::vector<int>& theirs, const std::vector<float>& ours) {
  REQUIRE(theirs.size() == ours.size());
  const auto at = [&](std::size_t i) {
    return std::pair(theirs[i] > 0 ? (theirs[i] + 0.5) / 1000 : 0,
                     std::max(static_cast<double>(ours[i]), 0.0));
  };
  double products = 0, squares = 0, worst = 0;
  for (std::size_t i = 0; i < ours.size(); ++i) {
    const auto [t, o] = at(i);
    products += t * o;
    squares += o * o;
  }
  const double share_of_legal = products / squares;
  CHECK(share_of_legal < 1.001);
  for (std::size_t i = 0; i < ours.size(); ++i) {
    const auto [t, o] = at(i);
    if (ours[i] >= 0) worst = std::max(worst, std::abs(t - share_of_legal * o));
  }
  return worst;
}

TEST_CASE("nets in Leela Zero's format say what Leela Zero says") {
  TowerEvaluator evaluators[] = {TowerEvaluator(network_of(1)), TowerEvaluator(network_of(2))};
  std::ifstream in(PONNUKI_SOURCE_DIR "/tests/golden/leela_zero.jsonl");
  int count = 0;
  for (std::string text; std::getline(in, text); ++count) {
    const json line = json::parse(text);
    Position position({19, 19});
    for (const auto& vertex : line["moves"])
      position.play(*parse_gtp_vertex(vertex.get<std::string>(), position.size()));
    Evaluation result;
    EvalRequest request;
    request.position = &position;
    request.result = &result;
    evaluate_one(evaluators[line["version"].get<int>() - 1], request);
    CAPTURE(count, line["version"].get<int>());
    CHECK(prior_difference(line["priors"].get<std::vector<int>>(), result.policy) < 1e-3);
    CHECK(static_cast<double>(result.win) == Approx(line["winrate"].get<double>()).margin(1e-3));
  }
  CHECK(count == 20);
}

}  // namespace
}  // namespace ponnuki::nn
