#include "engine/search/game_end.h"

#include <catch2/catch.hpp>

#include "tests/support/search_fakes.h"

using namespace ponnuki;
using test::at;

namespace {

/// Black's upper side is pass-alive, with a dead white stone at F7; White has just passed.
Position settled(const char* rules, float komi) {
  Rules r = *parse_rules(rules, Rules{});
  r.komi = komi;
  Position p = test::position(R"(
    . X . X . O .
    X X X X . X X
    . . X . X X X
    . . X X X O O
    X X X O O O .
    X X O O . O O
    . X O . O O .)",
                              Color::kWhite, r);
  p.play(Point::pass());
  return p;
}

AreaMap pass_alive(const Position& position) {
  AreaMap map{};
  compute_area(position.board(), {false, false, false, true}, map);
  return map;
}

search::ChoiceMove move(Point p, double winrate_for_black, double black_lead, double value) {
  search::ChoiceMove m;
  m.move = p;
  m.edge_visits = m.stats.visits = 20;
  m.stats.weight = 20;
  m.stats.win_loss = static_cast<float>(1 - 2 * winrate_for_black);  // White's
  m.stats.utility = m.stats.win_loss;
  m.stats.lead = m.stats.score_mean = static_cast<float>(-black_lead);
  m.value = value;
  return m;
}

Point decide(const Position& p, Point chosen, const std::vector<search::ChoiceMove>& moves) {
  return search::adjust_for_game_end(p, {chosen, moves, pass_alive(p)});
}

}  // namespace

TEST_CASE(
    "Under Tromp-Taylor the dead are taken before a pass, under friendly rules they may stay") {
  const Position strict = settled("tromp-taylor", 0.5F);
  const std::vector<search::ChoiceMove> moves{move(Point::pass(), 0.9, 5, 15),
                                              move(at(strict, "E7"), 0.9, 5.1, 5)};
  const Point cleaning = decide(strict, Point::pass(), moves);
  CHECK(strict.is_legal(cleaning));
  CHECK((cleaning == at(strict, "E7") || cleaning == at(strict, "G7")));

  const Position friendly = settled("chinese", 0.5F);
  CHECK(decide(friendly, Point::pass(), moves).is_pass());
  CHECK(decide(friendly, at(friendly, "E7"), moves).is_pass());
}

TEST_CASE("A friendly pass must cost nothing") {
  const Position p = settled("chinese", 0.5F);
  const std::vector<search::ChoiceMove> moves{move(Point::pass(), 0.5, 2, 5),
                                              move(at(p, "E7"), 0.9, 5.1, 15)};
  CHECK(decide(p, at(p, "E7"), moves) == at(p, "E7"));
}

TEST_CASE("A pass that loses by counting gives way to a move with hope, not to a lost one") {
  const Position p = settled("tromp-taylor", 30.5F);
  const std::vector<search::ChoiceMove> hope{
      move(Point::pass(), 0.5, 0, 15), move(at(p, "E2"), 0.4, 1, 5), move(at(p, "A4"), 0.3, 1, 2)};
  CHECK(decide(p, Point::pass(), hope) == at(p, "E2"));
  const std::vector<search::ChoiceMove> lost{move(Point::pass(), 0.01, -20, 15),
                                             move(at(p, "E2"), 0.01, -20, 5)};
  CHECK(decide(p, Point::pass(), lost) != at(p, "E2"));
}

TEST_CASE("Useless moves: in pass-alive area, but not where dead stones wait in the player's own") {
  const Position p = settled("tromp-taylor", 0.5F);
  const AreaMap map = pass_alive(p);
  REQUIRE(map[static_cast<std::size_t>(at(p, "A7").index())] == Color::kBlack);
  CHECK_FALSE(search::is_useless(p, at(p, "G7"), map));  // Black may want to take F7
  Position white = p;
  white.set_to_move(Color::kWhite);
  CHECK(search::is_useless(white, at(p, "G7"), map));
  CHECK(search::is_useless(white, at(p, "A7"), map));
  CHECK_FALSE(search::is_useless(white, Point::pass(), map));
}
