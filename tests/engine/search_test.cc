// Whole searches on fake evaluators and random playouts.
#include "engine/search.h"

#include <catch2/catch.hpp>

#include "engine/playout_evaluator.h"
#include "engine/score.h"
#include "engine/search_bench.h"
#include "tests/support/search_fakes.h"

using namespace ponnuki;
using test::at;
using test::UniformEvaluator;
using test::visits;

namespace {

SearchParams cold() {
  SearchParams params;
  params.temperature = params.temperature_early = 0;
  return params;
}

Rules with_komi(float komi) {
  Rules rules = tromp_taylor_rules();
  rules.komi = komi;
  return rules;
}

Point best_move(const Position& position, std::int64_t count) {
  PlayoutEvaluator evaluator;
  Search search(evaluator, cold());
  search.set_position(position);
  search.run(visits(count));
  return search.choose_move().move;
}

}  // namespace

TEST_CASE("Visits are counted exactly, by the root and by its edges") {
  UniformEvaluator evaluator;
  Search search(evaluator, SearchParams{});
  search.set_position(Position({9, 9}));
  const SearchStats stats = search.run(visits(500));
  CHECK(stats.root_visits == 500);
  CHECK(stats.playouts == 500);
  const Analysis analysis = search.analysis();
  std::int64_t edges = 0;
  for (const MoveInfo& m : analysis.moves) {
    if (m.symmetry_of.is_none()) edges += m.edge_visits;
  }
  CHECK(analysis.root.visits == 500);
  CHECK(edges == 499);
}

TEST_CASE("One visit gives the evaluator's own word") {
  UniformEvaluator evaluator([](const Position&, Evaluation& e) {
    e.win = 0.7F, e.loss = 0.3F, e.lead = e.score_mean = 4;
  });
  Search search(evaluator, SearchParams{});
  search.set_position(Position({9, 9}));
  search.run(visits(1));
  const RootInfo root = search.analysis().root;
  CHECK(root.visits == 1);
  CHECK(root.winrate == Approx(0.7));
  CHECK(root.score_lead == Approx(4));
  CHECK(root.raw_winrate == Approx(0.7));
}

TEST_CASE("Limits: visits, playouts, time, memory, and a request to stop") {
  UniformEvaluator evaluator;
  SearchParams params;
  Search search(evaluator, params);
  search.set_position(Position({9, 9}));
  SearchLimits limits;
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
    const SearchStats stats = search.run(limits);
    CHECK(stats.root_visits > 1000);
    CHECK(stats.bytes < (8 << 20));
  }
}

TEST_CASE("Finished games count as the referee counts them") {
  // Black has passed; a pass of White ends the game.
  const auto search_after_pass = [](float komi) {
    Position p = test::position(". X . O .\nX X O O O\n. X . O .\nX X O O O\n. X . O .",
                                Color::kBlack, with_komi(komi));
    p.play(Point::pass());
    SearchParams params = cold();
    params.conservative_pass = false;
    UniformEvaluator evaluator;
    Search search(evaluator, params);
    search.set_position(p);
    search.run(visits(300));
    return search.choose_move();
  };
  const auto winning = search_after_pass(0.5F);
  CHECK(winning.move.is_pass());
  CHECK(winning.winrate == Approx(1));
  CHECK_FALSE(search_after_pass(-20.5F).move.is_pass());
}

TEST_CASE("Playouts: a chain in atari is captured or saved") {
  const std::string diagram = R"(
    . . . . . . .
    . . . . . . .
    . X O O O . .
    . X X X O . .
    . O O O X . .
    . . . . . . .
    . . . . . . .)";
  const Position p = test::position(diagram, Color::kBlack, with_komi(0.5F));
  const Point move = best_move(p, 800);
  Position after = p;
  after.play(move);
  INFO(to_gtp(move, p.size()));
  CHECK(after.is_legal(Point::at(0, 0)));
}

TEST_CASE("Playouts: a snapback is seen") {
  // D1 leaves four white stones in atari; capturing at A1 only makes it five. White at D1 would
  // connect.
  const Position p = test::position(R"(
    . . . . . . .
    X X X X X O .
    O O O X O O .
    . X O . O . .)",
                                    Color::kBlack, with_komi(0.5F));
  CHECK(best_move(p, 3000) == at(p, "D1"));
}

TEST_CASE("Seki: neither side starts what loses the race") {
  // Two shared liberties (A1 and B1's neighbours): whoever fills one is captured.
  const Position p = test::position(R"(
    O O O O O .
    X X X X O O
    . . O X X X
    O O O X . X
    X X X X X .)",
                                    Color::kBlack, with_komi(0.5F));
  const Point move = best_move(p, 1500);
  INFO(to_gtp(move, p.size()));
  CHECK(move != at(p, "A3"));
  CHECK(move != at(p, "B3"));
}

TEST_CASE("A forbidden ko recapture is never proposed") {
  Position p = test::position(R"(
    . X O .
    X . X O
    . X O .
    . . . .)",
                              Color::kWhite, with_komi(0.5F));
  p.play(at(p, "B3"));  // takes a stone
  REQUIRE_FALSE(p.is_legal(at(p, "C3")));
  PlayoutEvaluator evaluator;
  Search search(evaluator, SearchParams{});
  search.set_position(p);
  search.run(visits(400));
  for (const MoveInfo& m : search.analysis().moves) {
    CHECK(m.move != at(p, "C3"));
    Position line = p;
    for (const Point q : m.pv) {
      REQUIRE(line.is_legal(q));
      line.play(q);
    }
  }
}

TEST_CASE("Positions with nothing but a pass, and games that are over, can be searched") {
  UniformEvaluator evaluator;
  Search search(evaluator, cold());
  SECTION("no legal stone") {
    Rules rules = with_komi(0.5F);
    rules.multi_stone_suicide = false;
    const Position p = test::position("O.O.\nOOOO", Color::kBlack, rules);
    search.set_position(p);
    search.run(visits(50));
    CHECK(search.choose_move().move.is_pass());
  }
  SECTION("after two passes") {
    Position p({5, 5});
    p.play(Point::pass());
    p.play(Point::pass());
    search.set_position(p);
    CHECK(search.run(visits(50)).root_visits == 50);
    CHECK(search.analysis().moves.size() > 1);
  }
  SECTION("two points") {
    search.set_position(Position({2, 2}));
    CHECK(search.run(visits(300)).root_visits == 300);
  }
}

TEST_CASE("No pass that loses a game which can still be won") {
  // White has passed. Black is behind as the board stands, but the white stone is dead.
  Position p = test::position(R"(
    . X . X . O .
    X X X X X O .
    . . . . X O O
    O O . . X O .
    . O . . X O O
    . O . . X O .
    . . . . X O .)",
                              Color::kWhite, with_komi(9.5F));
  p.play(Point::pass());
  Position ended = p;
  ended.play(Point::pass());
  REQUIRE(score_area(ended).winner() == Color::kWhite);
  CHECK_FALSE(best_move(p, 400).is_pass());
}

TEST_CASE("Settled games are ended, not prolonged: own eyes are not filled") {
  Position p = test::position(R"(
    . X . X O . O
    X X X X O O .
    . X . X O . O
    X X X X O O O
    . X . X O . O
    X X X X O O .
    . X . X O . O)",
                              Color::kWhite, with_komi(0.5F));
  p.play(Point::pass());
  CHECK(best_move(p, 200).is_pass());
}

TEST_CASE("The tree is kept when the game goes on, dropped when it does not") {
  UniformEvaluator evaluator;
  Search search(evaluator, cold());
  Position p({5, 5});
  search.set_position(p);
  search.run(visits(600));
  const MoveInfo best = search.analysis().moves.front();
  SECTION("one move on") {
    p.play(best.move);
    search.set_position(p);
    const SearchStats stats = search.run(visits(1));
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
  Search search(evaluator, cold());
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
    for (const MoveInfo& m : search.analysis().moves) {
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

TEST_CASE("Mirror images are searched once and reported for all") {
  UniformEvaluator evaluator;
  Search search(evaluator, cold());
  const Position p({5, 5});
  search.set_position(p);
  search.run(visits(300));
  const Analysis analysis = search.analysis();
  CHECK(analysis.moves.size() == 26);
  int originals = 0;
  for (const MoveInfo& m : analysis.moves) originals += m.symmetry_of.is_none();
  CHECK(originals == 6 + 1);
}

TEST_CASE("Analysis reports moves in order, with legal variations, and fills up with priors") {
  PlayoutEvaluator evaluator;
  Search search(evaluator, cold());
  const Position p = test::position(". . . . .\n. X . . .\n. . O . .\n. . . . .\n. . . . .",
                                    Color::kBlack, with_komi(2.5F));
  search.set_position(p);
  search.run(visits(60));
  AnalysisOptions options;
  options.min_moves = 20;
  options.pv_length = 4;
  const Analysis analysis = search.analysis(options);
  REQUIRE(analysis.moves.size() >= 20);
  for (std::size_t i = 0; i < analysis.moves.size(); ++i) {
    const MoveInfo& m = analysis.moves[i];
    CHECK(m.order == static_cast<int>(i));
    CHECK(m.pv.size() <= 4);
    CHECK(m.pv.size() == m.pv_visits.size());
    CHECK(m.winrate >= 0);
    CHECK(m.winrate <= 1);
    CHECK(m.lcb <= m.winrate);
    REQUIRE_FALSE(m.pv.empty());
    CHECK(m.pv.front() == m.move);
    Position line = p;
    for (const Point q : m.pv) {
      REQUIRE(line.is_legal(q));
      line.play(q);
    }
  }
  CHECK(analysis.policy.size() == 26);
}

TEST_CASE("One thread with a fixed seed repeats to the bit, with noise and temperature too") {
  const auto run = [](std::uint64_t seed) {
    PlayoutEvaluator evaluator({4, 9});
    SearchParams params;
    params.seed = seed;
    params.root_noise = true;
    params.root_symmetries = 3;
    params.temperature = 1;
    Search search(evaluator, params);
    Position p({7, 7});
    std::vector<double> seen;
    for (int i = 0; i < 6; ++i) {
      search.set_position(p);
      search.run(visits(80));
      for (const MoveInfo& m : search.analysis().moves) {
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

TEST_CASE("Whole games among all rule sets end without an illegal move") {
  PlayoutEvaluator evaluator({2, 1});
  for (const char* name : {"tromp-taylor", "japanese", "chinese", "aga-button", "stone-scoring"}) {
    for (const bool graph : {true, false}) {
      SearchParams params;
      params.graph_search = graph;
      Search search(evaluator, params);
      Position p({4, 4}, *parse_rules(name, Rules{}));
      while (!p.is_over() && p.move_count() < 60) {
        search.set_position(p);
        search.run(visits(40));
        const Point move = search.choose_move().move;
        REQUIRE(p.is_legal(move));
        p.play(move);
      }
    }
  }
}

TEST_CASE("An evaluator without scores leaves winning alone") {
  struct Scoreless final : Evaluator {
    void evaluate(std::span<const EvalRequest> requests) override {
      UniformEvaluator uniform([](const Position&, Evaluation& e) {
        e.score_mean = e.lead = 1e6F;
        e.ownership.clear();
      });
      uniform.evaluate(requests);
    }
    std::string name() const override { return "scoreless"; }
    bool knows_score() const override { return false; }
  };
  Scoreless evaluator;
  Search search(evaluator, cold());
  search.set_position(Position({5, 5}));
  search.run(visits(100));
  const RootInfo root = search.analysis().root;
  CHECK(root.utility == Approx(2 * root.winrate - 1).margin(0.02));
}

TEST_CASE("The search signature") {
  // Changes with any change of behaviour: then say so in the commit, and set the new number here.
  CHECK(search_signature(100) == 0x9780dbd9e542dd51);
}
