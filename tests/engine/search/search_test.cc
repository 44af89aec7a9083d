// How a search runs: counts and limits, what it keeps of its tree, filters, repetition.
#include "engine/search/search.h"

#include <catch2/catch.hpp>

#include "engine/playout_evaluator.h"
#include "engine/search/bench.h"
#include "tests/support/search_fakes.h"

using namespace ponnuki;
using test::at;
using test::cold_search;
using test::UniformEvaluator;
using test::visits;
using test::with_komi;

TEST_CASE("Visits are counted exactly, by the root and by its edges") {
  UniformEvaluator evaluator;
  search::Search search(evaluator, search::SearchParams{});
  search.set_position(Position({9, 9}));
  const search::SearchStats stats = search.run(visits(500));
  CHECK(stats.root_visits == 500);
  CHECK(stats.playouts == 500);
  const search::Analysis analysis = search.analysis();
  std::int64_t edges = 0;
  for (const search::MoveInfo& m : analysis.moves) {
    if (m.symmetry_of.is_none()) edges += m.edge_visits;
  }
  CHECK(analysis.root.visits == 500);
  CHECK(edges == 499);
}

TEST_CASE("Limits: visits, playouts, time, memory, and a request to stop") {
  UniformEvaluator evaluator;
  search::SearchParams params;
  search::Search search(evaluator, params);
  search.set_position(Position({9, 9}));
  search::SearchLimits limits;
  SECTION("playouts count from the start of the run, visits from the tree") {
    limits.playouts = 60;
    CHECK(search.run(limits).root_visits == 60);
    CHECK(search.run(limits).root_visits == 120);
    CHECK(search.run(visits(100)).playouts == 0);
  }
  SECTION("time") {
    limits.seconds = 0.05;
    CHECK(search.run(limits).root_visits >= 1);
  }
  SECTION("stop") {
    std::stop_source source;
    source.request_stop();
    CHECK(search.run(limits, source.get_token()).root_visits == 1);
  }
  SECTION("memory") {
    params.max_memory_bytes = 6 << 20;
    search.set_params(params);
    const search::SearchStats stats = search.run(limits);
    CHECK(stats.root_visits > 1000);
    CHECK(stats.bytes < (8 << 20));
  }
}

TEST_CASE("The tree is kept when the game goes on, dropped when it does not") {
  UniformEvaluator evaluator;
  search::Search search(evaluator, cold_search());
  Position p({5, 5});
  search.set_position(p);
  search.run(visits(600));
  const search::MoveInfo best = search.analysis().moves.front();
  SECTION("one move on") {
    p.play(best.move);
    search.set_position(p);
    const search::SearchStats stats = search.run(visits(1));
    CHECK(stats.playouts == 0);
    CHECK(stats.root_visits == best.visits);
  }
  SECTION("two moves on") {
    REQUIRE(best.pv.size() > 1);
    p.play(best.pv[0]);
    p.play(best.pv[1]);
    search.set_position(p);
    CHECK(search.run(visits(1)).root_visits == best.pv_visits[1]);
  }
  SECTION("the same position") {
    search.set_position(p);
    CHECK(search.run(visits(1)).root_visits == 600);
  }
  SECTION("another game") {
    search.set_position(Position({5, 5}, with_komi(3.5F)));
    CHECK(search.run(visits(1)).root_visits == 1);
  }
  SECTION("cleared") {
    search.clear();
    CHECK(search.run(visits(1)).root_visits == 1);
  }
}

TEST_CASE("Moves can be avoided, or only some allowed") {
  UniformEvaluator evaluator;
  search::Search search(evaluator, cold_search());
  const Position p({5, 5});
  search.set_position(p);
  const std::vector<Point> two{at(p, "A1"), at(p, "C3")};
  SECTION("only these") {
    search.set_filters({{Color::kBlack, two, 1, true}});
    search.run(visits(100));
    CHECK(search.analysis().moves.size() == 2);
  }
  SECTION("not these") {
    search.set_filters({{Color::kBlack, two, 1, false}});
    search.run(visits(200));
    for (const search::MoveInfo& m : search.analysis().moves) {
      CHECK(m.move != two[0]);
      CHECK(m.move != two[1]);
    }
  }
  SECTION("nothing is allowed") {
    search.set_filters({{Color::kBlack, {}, 1, true}});
    CHECK(search.run(visits(20)).root_visits == 20);
    CHECK(search.choose_move().move.is_pass());
  }
}

TEST_CASE("One thread with a fixed seed repeats to the bit, with noise and temperature too") {
  const auto run = [](std::uint64_t seed) {
    PlayoutEvaluator evaluator({4, 9});
    search::SearchParams params;
    params.seed = seed;
    params.root_noise = true;
    params.root_symmetries = 3;
    params.temperature = 1;
    search::Search search(evaluator, params);
    Position p({7, 7});
    std::vector<double> seen;
    for (int i = 0; i < 6; ++i) {
      search.set_position(p);
      search.run(visits(80));
      for (const search::MoveInfo& m : search.analysis().moves) {
        seen.push_back(m.winrate);
        seen.push_back(static_cast<double>(m.visits));
      }
      const Point move = search.choose_move().move;
      seen.push_back(move.index());
      p.play(move);
    }
    return seen;
  };
  const auto first = run(5);
  CHECK(first == run(5));
  CHECK(first != run(6));
}

TEST_CASE("The search signature") {
  // Changes with any change of behaviour: then say so in the commit, and set the new number here.
  CHECK(search::search_signature() == 0xdf6cd7dd47b2d577);
}
