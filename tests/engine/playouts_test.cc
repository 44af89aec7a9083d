// Random playouts and the evaluator made of them.
#include "engine/playouts.h"

#include <catch2/catch.hpp>
#include <numeric>

#include "engine/playout_evaluator.h"

using namespace ponnuki;

namespace {

Position position_of(const char* diagram, Color to_move, const Rules& rules = Rules{}) {
  return Position(Board::parse(diagram).value(), to_move, rules);
}

Evaluation evaluate(const Position& position, PlayoutOptions options = {}) {
  PlayoutEvaluator evaluator(options);
  return evaluate_one(evaluator, position, {.with_ownership = true});
}

float prior(const Evaluation& evaluation, const Position& position, int x, int y) {
  return evaluation.policy[static_cast<std::size_t>(Point::at(x, y).cell(position.size()))];
}

}  // namespace

TEST_CASE("Random games end and repeat under the same seed") {
  for (const KoRule ko : {KoRule::kSimple, KoRule::kPositional, KoRule::kSituational}) {
    Rules rules;
    rules.ko = ko;
    const RandomGames games = run_random_games({9, 9}, rules, 20000, Random(7));
    CHECK(games.moves >= 20000);
    CHECK(games.games > 100);
    CHECK(games.games < 400);
    CHECK(games.passes >= 2 * games.games - 4);
    CHECK(run_random_games({9, 9}, rules, 20000, Random(7)).hash == games.hash);
    CHECK(run_random_games({9, 9}, rules, 20000, Random(8)).hash != games.hash);
  }
}

TEST_CASE("Playouts end with nothing to play but own eyes") {
  Random random(3);
  Playouts playouts;
  for (int game = 0; game < 50; ++game) {
    playouts.run(Position({5, 5}), random);
    const Position& end = playouts.final_position();
    REQUIRE(end.is_over());
    for (int cell = 0; cell < 25; ++cell) {
      const Point p = Point::from_cell(cell, end.size());
      if (end.board().at(p) != Color::kEmpty) REQUIRE(playouts.owner(p) == end.board().at(p));
    }
  }
}

TEST_CASE("Playouts leave two-eyed groups alone") {
  const Position position = position_of(R"(
    . X . X O .
    X X X X O .
    O O O O O .
    . . . . . .)",
                                        Color::kWhite);
  Random random(5);
  Playouts playouts;
  for (int game = 0; game < 30; ++game) {
    playouts.run(position, random);
    REQUIRE(playouts.owner(Point::at(0, 0)) == Color::kBlack);
    REQUIRE(playouts.owner(Point::at(3, 1)) == Color::kBlack);
    REQUIRE(playouts.area_score() == 24 - 2 * 8);
  }
}

TEST_CASE("The playout evaluator repeats and its numbers add up") {
  const Position position = position_of(R"(
    . . . . .
    . X . O .
    . X . O .
    . X . O .
    . . . . .)",
                                        Color::kBlack, chinese_rules());
  const Evaluation first = evaluate(position);
  const Evaluation again = evaluate(position);
  CHECK(first.policy == again.policy);
  CHECK(first.win == again.win);
  CHECK(first.ownership == again.ownership);
  CHECK(evaluate(position, {16, 1}).ownership != first.ownership);
  CHECK(first.win + first.loss + first.no_result == Approx(1));
  REQUIRE(first.policy.size() == 26);
  float sum = 0;
  for (const float p : first.policy) sum += std::max(p, 0.0F);
  CHECK(sum == Approx(1));
  for (int cell = 0; cell < 25; ++cell) {
    const Point p = Point::from_cell(cell, position.size());
    CHECK((first.policy[static_cast<std::size_t>(cell)] < 0) == !position.is_legal(p));
  }
}

TEST_CASE("The playout evaluator knows who wins and by how much") {
  const char* diagram = R"(
    . X . X O .
    X X X X O .
    O O O O O .
    . . . . . .)";
  Rules rules;
  rules.komi = 0.5F;
  const Evaluation white = evaluate(position_of(diagram, Color::kWhite, rules));
  CHECK(white.win > 0.9F);
  CHECK(white.score_mean == Approx(8.5));
  CHECK(white.ownership[0] == -1);
  CHECK(white.ownership[23] == 1);
  const Evaluation black = evaluate(position_of(diagram, Color::kBlack, rules));
  CHECK(black.win < 0.2F);
  CHECK(black.score_mean < -4);
  CHECK(black.ownership[0] == 1);
}

TEST_CASE(
    "The playout evaluator likes captures and rescues, and dislikes own eyes and self-atari") {
  const Position capture = position_of(R"(
    . . . . . .
    . X O X . .
    . . X . . .
    . . . . . .
    . . . . . O
    . . . O . .)",
                                       Color::kBlack);
  const Evaluation a = evaluate(capture);
  CHECK(prior(a, capture, 2, 0) > 2 * prior(a, capture, 1, 4));
  CHECK(prior(a, capture, 5, 5) < 0.5F * prior(a, capture, 1, 4));
  const Position eyes = position_of(R"(
    . X . X O .
    X X X X O .
    O O O O O .
    . . . . . .)",
                                    Color::kBlack);
  const Evaluation b = evaluate(eyes);
  CHECK(prior(b, eyes, 0, 0) < 0.05F * b.policy.back() + 0.05F);
}
