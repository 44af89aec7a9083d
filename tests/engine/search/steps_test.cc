// Runs in steps, and threads with several leaves in flight.
#include <algorithm>
#include <catch2/catch.hpp>
#include <memory>

#include "engine/search/search.h"
#include "tests/support/fake_evaluator.h"
#include "tests/support/search_fakes.h"

using namespace ponnuki;
using test::HashEvaluator;
using test::UniformEvaluator;
using test::visits;

namespace {

search::SearchStats run_in_steps(search::Search& search, Evaluator& evaluator,
                                 const search::SearchLimits& limits) {
  std::vector<EvalRequest> requests;
  search.start(limits);
  while (search.gather(requests)) {
    if (!requests.empty()) evaluator.evaluate(requests);
    search.absorb();
    requests.clear();
  }
  return search.finish();
}

bool same(const search::Analysis& a, const search::Analysis& b) {
  return std::ranges::equal(
      a.moves, b.moves, [](const search::MoveInfo& x, const search::MoveInfo& y) {
        return x.move == y.move && x.visits == y.visits && x.utility == y.utility && x.pv == y.pv;
      });
}

std::int64_t edge_visits(const search::Search& search) {
  std::int64_t sum = 0;
  for (const search::MoveInfo& m : search.analysis().moves) {
    if (m.symmetry_of.is_none()) sum += m.edge_visits;
  }
  return sum;
}

search::SearchParams with_leaves(int leaves) {
  search::SearchParams params;
  params.leaves_per_thread = leaves;
  return params;
}

}  // namespace

TEST_CASE("A run in steps finds what a run of one thread finds, move after move") {
  for (const int leaves : {1, 5}) {
    search::SearchParams params = with_leaves(leaves);
    params.root_symmetries = 3;
    HashEvaluator evaluator;
    search::Search whole(evaluator, params), steps(evaluator, params);
    Position position({5, 5});
    for (int move = 0; move < 4; ++move) {
      whole.set_position(position), steps.set_position(position);
      const search::SearchStats a = whole.run(visits(400));
      const search::SearchStats b = run_in_steps(steps, evaluator, visits(400));
      CHECK(a.playouts == b.playouts);
      CHECK(a.root_visits == b.root_visits);
      CHECK(same(whole.analysis(), steps.analysis()));
      const Point best = whole.choose_move().move;
      CHECK(best == steps.choose_move().move);
      position.play(best);
    }
  }
}

TEST_CASE("Leaves in flight reach the evaluator in one call, and every visit counts once") {
  HashEvaluator evaluator;
  search::Search search(evaluator, with_leaves(8));
  search.set_position(Position({9, 9}));
  const search::SearchStats stats = search.run(visits(2000));
  CHECK(stats.root_visits == 2000);
  CHECK(edge_visits(search) == 1999);
  const std::vector<std::size_t> calls = evaluator.calls();
  CHECK(calls.front() == 1);
  CHECK(*std::ranges::max_element(calls) == 8);
  CHECK(std::ranges::count(calls, std::size_t{8}) > 150);
}

TEST_CASE("A small tree has few leaves in flight") {
  HashEvaluator evaluator;
  search::Search search(evaluator, with_leaves(8));
  search.set_position(Position({9, 9}));
  search.run(visits(60));
  CHECK(std::ranges::max(evaluator.calls()) == 1);
}

TEST_CASE("Leaves in flight where most playouts need no evaluator: small boards to their end") {
  for (const ScoringRule scoring : {ScoringRule::kArea, ScoringRule::kTerritory}) {
    UniformEvaluator evaluator;
    Rules rules = tromp_taylor_rules();
    rules.scoring = scoring;
    search::Search search(evaluator, with_leaves(6));
    search.set_position(Position({2, 2}, rules));
    CHECK(search.run(visits(3000)).root_visits == 3000);
    CHECK(edge_visits(search) == 2999);
    // What virtual losses were lent has come back: a single leaf at a time goes on undisturbed.
    search.set_params(with_leaves(1));
    CHECK(search.run(visits(3500)).root_visits == 3500);
  }
}

TEST_CASE("Many searches share their evaluator's calls") {
  HashEvaluator evaluator;
  std::vector<std::unique_ptr<search::Search>> searches;
  for (int i = 0; i < 10; ++i) {
    search::SearchParams params = with_leaves(1);
    params.seed = static_cast<std::uint64_t>(i);
    searches.push_back(std::make_unique<search::Search>(evaluator, params));
    searches.back()->set_position(Position({7, 7}));
    searches.back()->start(visits(50));
  }
  std::vector<EvalRequest> requests;
  bool any = true;
  while (any) {
    std::vector<search::Search*> waiting;
    for (const auto& search : searches) {
      if (search->gather(requests)) waiting.push_back(search.get());
    }
    if (!requests.empty()) evaluator.evaluate(requests);
    for (search::Search* search : waiting) search->absorb();
    requests.clear();
    any = !waiting.empty();
  }
  for (const auto& search : searches) {
    CHECK(search->finish().root_visits == 50);
    CHECK(edge_visits(*search) == 49);
  }
  CHECK(evaluator.calls().front() == 10);
}
