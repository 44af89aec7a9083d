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

/// Every point belongs to the player whose area it is now.
void judge_by_area(const Position& position, Evaluation& e) {
  AreaMap owner;
  compute_area(position.board(), {}, owner);
  const Color player = position.to_move();
  for (int cell = 0; cell < position.size().area(); ++cell) {
    const Color c =
        owner[static_cast<std::size_t>(Point::from_cell(cell, position.size()).index())];
    e.ownership[static_cast<std::size_t>(cell)] = c == Color::kEmpty ? 0.0F
                                                  : c == player      ? 1.0F
                                                                     : -1.0F;
  }
}

Evaluation evaluation(const Position& position, Color first, Evaluator& evaluator) {
  return evaluate_one(evaluator, search::with_first(position, first), {.with_ownership = true});
}

Point decide(const Position& p, Point chosen, const std::vector<search::ChoiceMove>& moves,
             Point likeliest = Point::pass()) {
  test::UniformEvaluator evaluator(judge_by_area);
  search::LatePassOutlook pass(
      p, {evaluation(p, Color::kBlack, evaluator), evaluation(p, Color::kWhite, evaluator)});
  return search::adjust_for_game_end(p,
                                     {chosen, likeliest, moves, pass_alive(p), &pass, evaluator});
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

TEST_CASE("A friendly pass must cost nothing: neutral points count under area scoring") {
  // C1 to C4 are neutral. Black's E3 would only lose a stone.
  const auto answer_to_pass = [](const char* rules, const char* chosen) {
    Position p = test::position(". X . O .\nX X . O .\n. X . O O\nX X . O .", Color::kWhite,
                                *parse_rules(rules, Rules{}));
    p.play(Point::pass());
    const std::vector<search::ChoiceMove> moves{
        move(Point::pass(), 0.5, 2, 5), move(at(p, "E3"), 0.5, 2, 8), move(at(p, "C2"), 0.5, 2, 3)};
    return to_gtp(decide(p, at(p, chosen), moves), p.size());
  };
  CHECK(answer_to_pass("chinese", "C2") == "C2");
  CHECK(answer_to_pass("chinese", "E3") == "C2");
  CHECK(answer_to_pass("japanese", "C2") == "pass");
  CHECK(answer_to_pass("japanese", "E3") == "pass");
}

TEST_CASE("A pass that ends the game leaves no border open that the search too sees") {
  // C1 to C4 are worth a point each under area scoring, and nothing under territory scoring.
  const auto answer_to_pass = [](const char* rules, double lead_of_c2) {
    Position p = test::position(". X . O .\nX X . O .\n. X . O O\nX X . O .", Color::kWhite,
                                *parse_rules(rules, Rules{}));
    p.play(Point::pass());
    return to_gtp(decide(p, Point::pass(),
                         {move(Point::pass(), 0.5, 2, 8), move(at(p, "E3"), 0.5, 3, 6),
                          move(at(p, "C2"), 0.5, lead_of_c2, 3)}),
                  p.size());
  };
  CHECK(answer_to_pass("chinese", 3) == "C2");
  CHECK(answer_to_pass("aga", 3) == "C2");
  CHECK(answer_to_pass("chinese", 1.9) == "pass");
  CHECK(answer_to_pass("japanese", 3) == "pass");
}

TEST_CASE("White, hopeless or not, passes on no open board, and not first either") {
  for (const char* rules : {"chinese", "japanese", "tromp-taylor", "aga-button"}) {
    INFO(rules);
    const Position p = test::position(R"(
      . . . . . . .
      . . . . . . .
      . . X . X . .
      . . . . . . .
      . . X . X . .
      . . . . . . .
      . . . . . . .)",
                                      Color::kWhite, *parse_rules(rules, Rules{}));
    const search::ChoiceMove pass = move(Point::pass(), 0.99, 40, 9);
    CHECK(decide(p, Point::pass(), {pass}, at(p, "D4")) == at(p, "D4"));
    CHECK(decide(p, Point::pass(), {pass, move(at(p, "B2"), 0.99, 40, 1)}, at(p, "D4")) ==
          at(p, "B2"));
  }
}

TEST_CASE("Under territory scoring nobody fills own territory, passes or not") {
  const Position p = test::position(". . X . O . .\n. . X . O . .\nX X X . O O O\n. . X . O . .",
                                    Color::kBlack, *parse_rules("japanese", Rules{}));
  const std::vector<search::ChoiceMove> moves{move(at(p, "A4"), 0.5, 2, 8),
                                              move(at(p, "D2"), 0.5, 2, 3)};
  CHECK(to_gtp(decide(p, at(p, "A4"), moves), p.size()) == "D2");
  CHECK(decide(p, at(p, "A4"), {moves[0]}).is_pass());
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
