// Turns of self-play by the main search.
#include "engine/search/puct_turn.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "engine/board.h"
#include "tests/support/search_fakes.h"

namespace ponnuki::search {
namespace {

TurnResult run(const Position& position, const TurnEffort& effort, std::uint64_t seed,
               Evaluator& evaluator, const SearchParams& params = self_play_params()) {
  PuctTurn turn(evaluator, params);
  Random random(seed);
  turn.start(position, effort, random);
  std::vector<EvalRequest> requests;
  while (turn.gather(requests)) {
    evaluator.evaluate(requests);
    requests.clear();
    turn.absorb();
  }
  return turn.result();
}

double sum_of(const std::vector<float>& policy) {
  return std::accumulate(policy.begin(), policy.end(), 0.0);
}

/// White to move; whoever sees the middle taken thinks that White has lost.
Position with_a_blunder() {
  Position position(BoardSize{5, 5});
  position.play(Point::at(1, 3));
  return position;
}
constexpr std::size_t kBlunder = 12;  // the middle
void dread_the_middle(const Position& position, Evaluation& e) {
  if (position.board().at(Point::at(2, 2)) != Color::kWhite) return;
  e.win = position.to_move() == Color::kBlack ? 0.99F : 0.01F;
  e.loss = 1 - e.win;
}

}  // namespace

TEST_CASE("PUCT turn: policies are of legal moves, one evaluation a visit, chances add up to 1") {
  int calls = 0;
  test::UniformEvaluator ignorant([&](const Position&, Evaluation&) { ++calls; });
  const Position position = with_a_blunder();
  for (const int simulations : {0, 1, 2, 7, 16, 50}) {
    CAPTURE(simulations);
    calls = 0;
    const TurnResult result = run(position, {.simulations = simulations}, 3, ignorant);
    CHECK(position.is_legal(result.move));
    CHECK(sum_of(result.policy) > 0);
    CHECK(result.policy[static_cast<std::size_t>(Point::at(1, 3).cell({5, 5}))] == 0);
    CHECK(calls >= simulations + 1);
    CHECK(calls <= simulations + 4);  // more candidates of nodes that have many children
    CHECK(result.win + result.loss + result.no_result == Approx(1));
  }
}

TEST_CASE("PUCT turn: the same seed gives the same answer, another one other noise") {
  test::UniformEvaluator ignorant;
  const auto policy = [&](std::uint64_t seed, bool explore) {
    return run(with_a_blunder(), {.simulations = 30, .explore = explore}, seed, ignorant).policy;
  };
  CHECK(policy(1, true) == policy(1, true));
  CHECK(policy(1, true) != policy(2, true));
  CHECK(policy(1, false) == policy(2, false));
}

TEST_CASE("PUCT turn: forced visits look again at a blunder, and are not learned from") {
  test::UniformEvaluator evaluator(dread_the_middle);
  const auto visits_of_blunder = [&](double forced) {
    SearchParams params = self_play_params();
    params.root_noise = false;
    params.root_forced_visits = forced;
    Search search(evaluator, params);
    search.set_position(with_a_blunder());
    search.run(test::visits(300));
    for (const MoveInfo& info : search.analysis().moves)
      if (info.move == Point::at(2, 2)) return info.edge_visits;
    return std::int64_t{0};
  };
  const double floor = std::sqrt(2 * 300 / 25.0);
  CHECK(static_cast<double>(visits_of_blunder(0)) < floor - 1);
  CHECK(static_cast<double>(visits_of_blunder(2)) >= floor - 1);
  const TurnResult result = run(with_a_blunder(), {.simulations = 300}, 1, evaluator);
  const float typical = static_cast<float>(sum_of(result.policy) / 25);
  CHECK(result.policy[kBlunder] < 0.3F * typical);
}

TEST_CASE("PUCT turn: without simulations moves are drawn from the policy") {
  test::UniformEvaluator ignorant;
  const Position position(BoardSize{2, 2});
  std::vector<int> counts(5);
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    const Point move = run(position, {.simulations = 0}, seed, ignorant).move;
    ++counts[static_cast<std::size_t>(move.cell({2, 2}))];
  }
  for (const int count : counts) CHECK(std::abs(count - 400) < 90);
}

}  // namespace ponnuki::search
