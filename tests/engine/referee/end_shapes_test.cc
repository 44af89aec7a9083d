// The shapes on which the ends of games were disputed (docs/end_of_game.md), in all symmetries and
// colours. The views are often wrong on purpose: reading has to correct them.
#include <algorithm>
#include <catch2/catch.hpp>

#include "engine/chains.h"
#include "engine/coord.h"
#include "engine/referee/judgement.h"
#include "tests/support/finished_position.h"
#include "tests/support/symmetric.h"

using namespace ponnuki;

namespace {

using Vertices = std::vector<const char*>;

/// One chain is named by any of its stones.
struct Case {
  const char* rules;
  Vertices said_dead;  // what the search believes, whoever moves first
  Vertices dead;
  double black_points;  // without komi
};

/// The view of somebody who is sure that these stones, and no others, are dead.
referee::View view_of(const Position& position, const PointSet& dead) {
  const Board& board = position.board();
  referee::View view;
  for (int cell = 0; cell < board.size().area(); ++cell) {
    const Point p = Point::from_cell(cell, board.size());
    const float own = dead.contains(p) ? -1.0F : 1.0F;
    view.black_ownership.push_back(board.at(p) == Color::kEmpty   ? 0.0F
                                   : board.at(p) == Color::kBlack ? own
                                                                  : -own);
  }
  view.white_lead = static_cast<double>(score_settled(position, dead, {}).white_minus_black);
  return view;
}

/// Calls visit(position, stones, swapped); stones(vertices) are the stones of those chains.
template <typename Visit>
void for_each_end(const char* diagram, const char* rules, Visit visit) {
  const Board board = Board::parse(diagram).value();
  test::for_each_symmetric(board, [&](const Board& turned, const auto& map, bool swapped) {
    INFO(rules << '\n' << turned.to_diagram());
    const auto stones = [&](const Vertices& vertices) {
      std::vector<Point> heads;
      for (const char* vertex : vertices)
        heads.push_back(map(*parse_gtp_vertex(vertex, board.size())));
      return stones_of(turned, heads);
    };
    visit(test::finished_position(turned, rules, swapped ? Color::kWhite : Color::kBlack), stones,
          swapped);
  });
}

PointSet set_of(const std::vector<Point>& points) {
  PointSet set;
  for (const Point p : points) set.add(p);
  return set;
}

void check(const char* diagram, const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    for_each_end(diagram, c.rules, [&](const Position& end, const auto& stones, bool swapped) {
      const referee::View view = view_of(end, stones(c.said_dead));
      const referee::Judgement judged = referee::judge_finished(end, {view, view});
      CHECK(set_of(judged.dead) == stones(c.dead));
      const double white = static_cast<double>(judged.score.white_minus_black);
      CHECK((swapped ? white : -white) == c.black_points);
    });
  }
}

/// Checks the chains in seki, where nobody is dead.
void check_seki(const char* diagram, const Vertices& seki) {
  for_each_end(diagram, "japanese", [&](const Position& end, const auto& stones, bool) {
    const referee::View view = view_of(end, {});
    CHECK(set_of(referee::judge_finished(end, {view, view}).seki) == stones(seki));
  });
}

// Who takes a ko gives the opponent the other one. D3 is a liberty of both.
constexpr const char* kDoubleKo = R"(
    . O X . X O X .
    O O X X O O X X
    . O X X . O X .
    O O X X O O X X
    . O X O . O X .)";

}  // namespace

TEST_CASE("Double-ko seki: nobody can be captured, whatever ko threats there are") {
  check(kDoubleKo, {{"japanese", {}, {}, 0},
                    {"japanese", {"C5", "E5"}, {}, 0},
                    {"korean", {"F5", "D1"}, {}, 0},
                    {"ancient-territory", {"C5"}, {}, 0},
                    {"chinese", {"C5", "E5"}, {}, 1},
                    {"aga", {"F5", "D1"}, {}, 1},
                    {"stone-scoring", {"C5"}, {}, 1}});
  check_seki(kDoubleKo, {"C5", "F5"});
}

TEST_CASE("Moonshine life: endless ko threats from a double ko save nobody under article 7") {
  // White's group at the right has the eye at L5 and a ko at M1. In confirmation, Black takes L1,
  // White has to pass for this ko, and Black captures at L5. Black has 3 points at H, 12 at the
  // right and 10 prisoners; White has 3 points.
  const char* diagram = R"(
    . O X . X O X . X O . O
    O O X X O O X X X O O O
    . O X X . O X . X O O O
    O O X X O O X X X X X O
    . O X O . O X . X X O .)";
  check(diagram, {{"japanese", {}, {"K5", "L1"}, 22},
                  {"ancient-territory", {"C5"}, {"K5", "L1"}, 22},
                  // Under area rules a search has to see it.
                  {"chinese", {"K5", "L1"}, {"K5", "L1"}, 21},
                  {"aga", {"K5"}, {"K5", "L1"}, 21}});
}

TEST_CASE("Ten-thousand-year ko: who starts the ko risks everything, so it is a seki") {
  // Black can take A6 at B6. Then one of D6 and D5 makes it a direct ko, which White takes first.
  const char* diagram = R"(
    O . O . X O .
    X O O . X O O
    X X X X X O .
    O O O O O O O
    X X X X X X X
    . X . X . X .)";
  check(diagram, {{"japanese", {}, {}, 2},
                  {"japanese", {"A6"}, {}, 2},
                  {"korean", {"A5"}, {}, 2},
                  {"japanese", {"C6", "A6"}, {}, 2},
                  {"ancient-territory", {"A6"}, {}, 2},
                  // As the players left it: a stone in a ko stands.
                  {"chinese", {"A6"}, {}, 4},
                  {"aga-button", {}, {}, 4 + 0.5},
                  {"new-zealand", {}, {}, 4}});
  check_seki(diagram, {"C6", "A5"});
}

TEST_CASE("Three points without capturing: a seki since 1989, since captors are captured in turn") {
  // White captures four at A5, Black plays back at B4. Black captures A4, White recaptures there.
  const char* diagram = R"(
    . X X O . O .
    O X X O O O O
    X O O O X X X
    X X X X X . X
    . X . X X X X)";
  check(diagram, {{"japanese", {}, {}, 1},
                  {"japanese", {"B5"}, {}, 1},
                  {"korean", {"A4"}, {}, 1},
                  {"ancient-territory", {"B5", "A4"}, {}, 1},
                  // If they play on, all six points come out even, whoever moves first.
                  {"chinese", {"B5", "A4"}, {"B5", "A4"}, 7}});
  check_seki(diagram, {"B5", "A4"});
}

TEST_CASE("Bent four in the corner is dead, even where ko threats cannot be removed") {
  // White cannot approach. Black adds C, White captures four, and Black plays a ko for the corner.
  check(R"(
    X X . O X . .
    X O O O X . .
    . O X X X X X
    O O X . X O O
    X X X X X O .
    O O O O O O O
    . O . O . O .)",
        {{"japanese", {}, {"D7"}, 16},
         {"korean", {"A7", "A6"}, {"D7"}, 16},
         {"chinese", {"D7"}, {"D7"}, 13}});
  // The seki at the right has a threat for White. If Black uses up the corner under area rules,
  // White wins the ko and Black the seki: 8 points each. So nobody plays.
  const char* with_threat = R"(
    X X . O X . X O . O
    X O O O X X X O O O
    . O X X X X X O . O
    O O X . X O O O O O
    X X X X X O . O X X
    O O O O O O O O X .
    . O . . . O . O X O
    O O O O O O O O X O
    . . . . . . . O X O
    . . . . . . . O X .)";
  check(with_threat, {{"japanese", {}, {"D10"}, -4},
                      {"japanese", {"J6"}, {"D10"}, -4},
                      {"ancient-territory", {}, {"D10"}, -4},
                      {"chinese", {}, {}, -38},
                      {"aga", {}, {}, -38}});
}

TEST_CASE("Sending two, returning one: who sends does not gain, and the eye costs a move") {
  // A4 is neutral. Black's stone there makes White connect at C4.
  check(R"(
    . O . O O .
    X X O O . O
    X . X O O O
    . X X X X X)",
        {{"japanese", {}, {}, 0},
         {"japanese", {"B4"}, {}, 0},
         {"ancient-territory", {}, {}, 0},
         {"chinese", {}, {}, -1},
         {"stone-scoring", {}, {}, -1}});
}

TEST_CASE("A stone in a ko at the end: its player connects, or it stands as it is") {
  // White could take D2 at C2. Territory: 5 points less the move at C2, against 6.
  check(R"(
    . X . X O . .
    X X X X O . .
    . X X O O O O
    X X . X O O .
    . X X O O . O)",
        {{"japanese", {"D2"}, {}, -2},
         {"ancient-territory", {"D2"}, {}, -2},
         {"chinese", {"D2"}, {}, 1},
         {"chinese-kgs", {}, {}, 1},
         {"stone-scoring", {"D2"}, {}, 1}});
}

TEST_CASE("A one-sided neutral point beside a seki is nobody's") {
  const char* diagram = R"(
    . X O . X O . O
    X X O . X O O .
    X X O . X O . O
    X . O X X O O O
    X X X O O O . O
    . X X O . O O O
    X . X O O . O O)";
  check(diagram, {{"japanese", {}, {}, -3},
                  {"japanese", {"E7"}, {}, -3},
                  {"ancient-territory", {}, {}, -3},
                  {"chinese", {}, {}, -10},
                  {"stone-scoring", {}, {}, -10}});
  check_seki(diagram, {"C7", "E7"});
}

TEST_CASE("Eyes in a seki count where neither stones alone nor living groups count") {
  // F2 and K2 are the eyes in the seki. Area rules count them, one for each player.
  check(R"(
    . X . X O . O . X . X O . . O .
    X X X X O O O . X X X O O O O O)",
        {{"japanese", {}, {}, -1},
         {"ancient-territory", {}, {}, -1},
         {"chinese", {}, {}, -2},
         {"stone-scoring", {}, {}, -2}});
}
