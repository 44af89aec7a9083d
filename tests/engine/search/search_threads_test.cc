// Searches by several threads, with analysis from outside. Meant for TSan.
#include <catch2/catch.hpp>
#include <thread>

#include "engine/playout_evaluator.h"
#include "tests/support/fake_evaluator.h"
#include "tests/support/search_fakes.h"

using namespace ponnuki;
using test::UniformEvaluator;
using test::visits;

TEST_CASE("Four threads count every visit and agree on the tree") {
  UniformEvaluator evaluator;
  for (const bool graph : {true, false}) {
    search::SearchParams params;
    params.threads = 4;
    params.graph_search = graph;
    search::Search search(evaluator, params);
    search.set_position(Position({5, 5}));
    const search::SearchStats stats = search.run(visits(4000));
    CHECK(stats.root_visits == 4000);
    std::int64_t edges = 0;
    for (const search::MoveInfo& m : search.analysis().moves) {
      if (m.symmetry_of.is_none()) edges += m.edge_visits;
    }
    CHECK(edges + 1 == stats.root_visits);
  }
}

TEST_CASE("A search can be watched and stopped while it runs, move after move") {
  PlayoutEvaluator evaluator({2, 1});
  search::SearchParams params;
  params.threads = 3;
  search::Search search(evaluator, params);
  Position p({5, 5});
  for (int move = 0; move < 6 && !p.is_over(); ++move) {
    search.set_position(p);
    search.run(visits(1));  // a kept tree loses here the moves that no root plays, and their visits
    std::jthread runner([&](std::stop_token stop) { search.run({}, std::move(stop)); });
    std::int64_t seen = 0;
    while (seen < 60) {
      const search::Analysis analysis = search.analysis();
      CHECK(analysis.root.visits >= seen);
      seen = analysis.root.visits;
      std::this_thread::yield();
    }
    runner.request_stop();
    runner.join();
    p.play(search.choose_move().move);
  }
}

TEST_CASE("Threads on a board with next to no moves do not block each other") {
  UniformEvaluator evaluator;
  search::SearchParams params;
  params.threads = 8;
  search::Search search(evaluator, params);
  search.set_position(Position({2, 2}));
  CHECK(search.run(visits(500)).root_visits >= 500);
}

TEST_CASE("Threads with several leaves in flight each count every visit") {
  test::HashEvaluator evaluator;
  search::SearchParams params;
  params.threads = 3;
  params.leaves_per_thread = 4;
  search::Search search(evaluator, params);
  search.set_position(Position({7, 7}));
  CHECK(search.run(visits(3000)).root_visits == 3000);
  std::int64_t edges = 0;
  for (const search::MoveInfo& m : search.analysis().moves) {
    if (m.symmetry_of.is_none()) edges += m.edge_visits;
  }
  CHECK(edges == 2999);
}
