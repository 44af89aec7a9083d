// What searches play: tactics, ko, seki, passes and ends of games.
#include <catch2/catch.hpp>

#include "engine/playout_evaluator.h"
#include "engine/score.h"
#include "engine/search/search.h"
#include "tests/support/search_fakes.h"

using namespace ponnuki;
using test::at;
using test::cold_search;
using test::UniformEvaluator;
using test::visits;
using test::with_komi;

namespace {

Point best_move(const Position& position, std::int64_t count) {
  PlayoutEvaluator evaluator;
  search::Search search(evaluator, cold_search());
  search.set_position(position);
  search.run(visits(count));
  return search.choose_move().move;
}

}  // namespace

TEST_CASE("Finished games count as the referee counts them") {
  // Black has passed; a pass of White ends the game.
  const auto search_after_pass = [](float komi) {
    Position p = test::position(". X . O .\nX X O O O\n. X . O .\nX X O O O\n. X . O .",
                                Color::kBlack, with_komi(komi));
    p.play(Point::pass());
    search::SearchParams params = cold_search();
    params.conservative_pass = false;
    UniformEvaluator evaluator;
    search::Search search(evaluator, params);
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
  search::Search search(evaluator, search::SearchParams{});
  search.set_position(p);
  search.run(visits(400));
  for (const search::MoveInfo& m : search.analysis().moves) {
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
  search::Search search(evaluator, cold_search());
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

TEST_CASE("Whole games among all rule sets end without an illegal move") {
  PlayoutEvaluator evaluator({2, 1});
  for (const char* name : {"tromp-taylor", "japanese", "chinese", "aga-button", "stone-scoring"}) {
    for (const bool graph : {true, false}) {
      search::SearchParams params;
      params.graph_search = graph;
      search::Search search(evaluator, params);
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
