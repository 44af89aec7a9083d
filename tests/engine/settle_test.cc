// Dame and protective moves before territory is counted.
#include "engine/settle.h"

#include <catch2/catch.hpp>

#include "engine/coord.h"
#include "engine/score.h"
#include "tests/support/symmetric.h"

using namespace ponnuki;

namespace {

Rules territory_rules() {
  Rules rules = japanese_rules();
  rules.komi = 0;
  return rules;
}

/// The score in all symmetries, with colours as in the diagram and swapped; Black's perspective.
void check_score(const char* diagram, Color first, const std::vector<const char*>& dead,
                 double black_points) {
  const Board board = Board::parse(diagram).value();
  test::for_each_symmetric(board, [&](const Board& turned, const auto& map, bool swapped) {
    INFO(turned.to_diagram());
    std::vector<Point> stones;
    for (const char* vertex : dead) stones.push_back(map(*parse_gtp_vertex(vertex, board.size())));
    const Color to_move = swapped ? opponent(first) : first;
    const Position position(turned, to_move, territory_rules());
    const double white = score_with_dead(position, stones).white_minus_black;
    CHECK((swapped ? white : -white) == Approx(black_points));
  });
}

}  // namespace

TEST_CASE("A protective move that the last dame forces costs a point") {
  // White at J7 would put the black stones at H9 J9 J8 in atari: Black has to connect at G9. Black
  // cannot fill J7 himself. 31 points less one, against 20.
  const char* diagram = R"(
    . . . . . . . X X
    . . . . . . X O X
    . . . . . . X O .
    . . . . . . X O O
    . . . . . . X O .
    X X X X X X X O .
    O O O O O O O O O
    . . . . . . . . .
    . . . . . . . . .)";
  for (const Color first : {Color::kBlack, Color::kWhite}) check_score(diagram, first, {}, 10);
}

TEST_CASE("A ko that is won at the end has to be connected") {
  // The black stone at D2 is in atari; C2 connects it. Black has 5 points less one, White 6.
  const char* diagram = R"(
    . X . X O . .
    X X X X O . .
    . X X O O O O
    X X . X O O .
    . X X O O . O)";
  const Board board = Board::parse(diagram).value();
  REQUIRE(board.liberties(Point::at(3, 3)) == 1);
  check_score(diagram, Color::kBlack, {}, -2);
}

TEST_CASE("Ordinary dame cost nobody anything, and are no seki") {
  check_score(". X . O .\n. X . O .\n. X . O .\n. X . O O", Color::kBlack, {}, 1);
}

TEST_CASE("Shared liberties of a seki stay open, and its eyes are no territory") {
  check_score(R"(
    . X . X O . O . X . X O . . O .
    X X X X O O O . X X X O O O O O)",
              Color::kBlack, {}, -1);
}
