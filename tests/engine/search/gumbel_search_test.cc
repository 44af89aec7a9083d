// Gumbel search on boards where the answer is known.
#include "engine/search/gumbel_search.h"

#include <catch2/catch.hpp>
#include <numeric>
#include <set>

#include "engine/board.h"
#include "tests/support/search_fakes.h"

namespace ponnuki::search {
namespace {

TurnResult run(GumbelSearch& search, const Position& position, const TurnEffort& effort,
               Random& random, Evaluator& evaluator) {
  search.start(position, effort, random);
  std::vector<EvalRequest> requests;
  while (search.gather(requests)) {
    evaluator.evaluate(requests);
    requests.clear();
    search.absorb();
  }
  return search.result();
}

TurnResult search(const Position& position, const GumbelParams& params, int simulations,
                  std::uint64_t seed, Evaluator& evaluator) {
  GumbelSearch search(params);
  Random random(seed);
  return run(search, position, {.simulations = simulations}, random, evaluator);
}

Position after_pass(const char* diagram, Color to_move, const Rules& rules) {
  const Result<Board> board = Board::parse(diagram);
  REQUIRE(board);
  Position position(*board, opponent(to_move), rules);
  position.play(Point::pass());
  return position;
}

constexpr const char* kBlackAhead = R"(
  . X . O .
  X X X O O
  . X . O .
  X X X O O
  . X . O .
)";

}  // namespace

TEST_CASE("Gumbel search: a pass that wins the game is found, one that loses it avoided") {
  test::UniformEvaluator ignorant;
  GumbelParams params;
  params.considered = 32;
  params.noise = 0;
  const TurnResult wins =
      search(after_pass(kBlackAhead, Color::kBlack, {.komi = 0.5F}), params, 64, 1, ignorant);
  CHECK(wins.move.is_pass());
  CHECK(wins.win > 0.6F);
  const TurnResult loses =
      search(after_pass(kBlackAhead, Color::kWhite, {.komi = 0.5F}), params, 64, 1, ignorant);
  CHECK(loses.policy.back() < 0.01F);
}

TEST_CASE("Gumbel search: under territory rules the evaluator judges the end, once") {
  constexpr float kWhites = 0.9F;
  int ends = 0;
  test::UniformEvaluator evaluator([&](const Position& position, Evaluation& e) {
    if (!position.is_over()) return;
    ++ends;
    e.win = position.to_move() == Color::kWhite ? kWhites : 1 - kWhites;
    e.loss = 1 - e.win;
  });
  GumbelParams params;
  params.noise = 0;
  const Rules rules{.scoring = ScoringRule::kTerritory, .komi = 0.5F};
  const TurnResult white =
      search(after_pass(kBlackAhead, Color::kWhite, rules), params, 64, 1, evaluator);
  CHECK(white.move.is_pass());  // though by area Black would be ahead
  CHECK(ends == 1);
  const TurnResult black =
      search(after_pass(kBlackAhead, Color::kBlack, rules), params, 64, 1, evaluator);
  CHECK(black.policy.back() < 0.01F);
}

TEST_CASE("Gumbel search: policies add up to 1 over legal moves, one evaluation a simulation") {
  int calls = 0;
  test::UniformEvaluator ignorant([&](const Position&, Evaluation&) { ++calls; });
  Position position(BoardSize{5, 5});
  position.play(Point::at(2, 2));
  for (const int simulations : {0, 1, 2, 7, 16, 50}) {
    GumbelParams params;
    calls = 0;
    const TurnResult result = search(position, params, simulations, 3, ignorant);
    CHECK(position.is_legal(result.move));
    CHECK(std::accumulate(result.policy.begin(), result.policy.end(), 0.0) == Approx(1));
    CHECK(result.policy[12] == 0);
    CHECK(calls <= simulations + 1);
    CHECK(result.win + result.loss + result.no_result == Approx(1));
  }
}

TEST_CASE("Gumbel search: the same seed gives the same answer, noise other moves") {
  test::UniformEvaluator ignorant;
  const Position position(BoardSize{7, 7});
  const GumbelParams params;
  const auto move = [&](std::uint64_t seed) {
    return search(position, params, 16, seed, ignorant).move;
  };
  CHECK(move(1) == move(1));
  std::set<Point> moves;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) moves.insert(move(seed));
  CHECK(moves.size() > 8);
}

TEST_CASE("Gumbel search: without exploring there is no noise") {
  test::UniformEvaluator ignorant;
  GumbelSearch search{GumbelParams{}};
  std::set<Point> moves;
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    Random random(seed);
    const TurnEffort effort{.simulations = 16, .explore = false};
    moves.insert(run(search, Position(BoardSize{7, 7}), effort, random, ignorant).move);
  }
  CHECK(moves.size() == 1);
}

TEST_CASE("Gumbel search: what the last search evaluated it does not ask for again") {
  int calls = 0;
  test::UniformEvaluator evaluator([&](const Position& position, Evaluation& e) {
    ++calls;
    e.win = static_cast<float>(position.board().hash() % 100) / 100;
    e.loss = 1 - e.win;
  });
  GumbelParams params;
  params.noise = 0;
  GumbelSearch search(params);
  Random random(1);
  Position position(BoardSize{5, 5});
  for (int move = 0; move < 5; ++move) {
    calls = 0;
    const TurnResult result = run(search, position, {.simulations = 16}, random, evaluator);
    CHECK(calls == (move == 0 ? 17 : 16));
    GumbelSearch fresh(params);
    const TurnResult same = run(fresh, position, {.simulations = 16}, random, evaluator);
    CHECK(result.move == same.move);
    CHECK(result.policy == same.policy);
    CHECK(result.win == same.win);
    position.play(result.move);
  }
}

TEST_CASE("Gumbel search: without simulations moves are drawn from the policy") {
  test::UniformEvaluator ignorant;
  GumbelParams params;
  const Position position(BoardSize{2, 2});
  std::vector<int> counts(5);
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    const Point move = search(position, params, 0, seed, ignorant).move;
    ++counts[static_cast<std::size_t>(move.cell({2, 2}))];
  }
  for (const int count : counts) CHECK(std::abs(count - 400) < 90);
}

}  // namespace ponnuki::search
