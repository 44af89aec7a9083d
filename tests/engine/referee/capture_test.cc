// Local reading of captures, in all symmetries and colours.
#include "engine/referee/capture.h"

#include <catch2/catch.hpp>

#include "engine/coord.h"
#include "tests/support/symmetric.h"

using namespace ponnuki;
using referee::Capture;
using referee::LifeRule;

namespace {

/// Checks the chain at `vertex` with its opponent and with its owner to move first.
void check(const char* diagram, const char* vertex, Capture opponent_first, Capture owner_first,
           LifeRule rule = LifeRule::kPlay) {
  const Board board = Board::parse(diagram).value();
  test::for_each_symmetric(board, [&](const Board& turned, const auto& map, bool) {
    INFO(turned.to_diagram() << vertex);
    const Point stone = map(*parse_gtp_vertex(vertex, board.size()));
    const Color owner = turned.at(stone);
    CHECK(referee::read_capture(turned, stone, opponent(owner), rule) == opponent_first);
    CHECK(referee::read_capture(turned, stone, owner, rule) == owner_first);
  });
}

}  // namespace

TEST_CASE("Capture: a chain with one eye inside living stones is lost") {
  check(R"(
    . X O . O .
    X X O O O O
    O O O . O .
    . O . O O O)",
        "A3", Capture::kYes, Capture::kYes);
}

TEST_CASE("Capture: two eyes live") {
  check(R"(
    . X . X O . O
    X X X X O O .
    O O O O O . O)",
        "A2", Capture::kNo, Capture::kNo);
}

TEST_CASE("Capture: whoever moves first decides about three points in a row") {
  check(R"(
    . . . X O . O
    X X X X O O .
    O O O O O . O)",
        "A2", Capture::kYes, Capture::kNo);
}

TEST_CASE("Capture: neither side may fill the two shared liberties of a seki") {
  const char* diagram = R"(
    . X O . X O . O
    X X O . X O O .
    . X O X X O . O
    X X X O O O O O
    . X X O . O . O
    X . X O O . O O)";
  check(diagram, "C4", Capture::kNo, Capture::kNo);
  check(diagram, "E4", Capture::kNo, Capture::kNo);
}

TEST_CASE("Capture: three stones in a row inside an eye of five points are in seki") {
  const char* diagram = R"(
    . X X X . O X .
    O O O O O O X .
    X X X X X X X .
    . . . . . . . .)";
  check(diagram, "B4", Capture::kNo, Capture::kNo);  // who moves, loses: all may pass
  check(diagram, "A3", Capture::kNo, Capture::kNo);
}

TEST_CASE("Capture: open spaces and kos are left to others") {
  check(R"(
    . . . . .
    . X . . .
    . . . . .
    . . . . .)",
        "B3", Capture::kUnclear, Capture::kUnclear);
}

TEST_CASE("Capture: a ko depends on ko threats in play, and on who takes it by article 7") {
  // Black captures the stone at A6, and White cannot recapture before Black takes everything.
  const char* bent_four = R"(
    X X . O X .
    X O O O X X
    . O X X X .
    O O X . X X
    X X X X X .)";
  check(bent_four, "D5", Capture::kUnclear, Capture::kUnclear);
  check(bent_four, "D5", Capture::kYes, Capture::kYes, LifeRule::kArticle7);
  check(bent_four, "A5", Capture::kNo, Capture::kNo, LifeRule::kArticle7);
}

TEST_CASE("Capture: a double ko saves both chains from endless ko threats") {
  const char* double_ko = R"(
    . O X . X O X .
    O O X X O O X X
    . O X X . O X .
    O O X X O O X X
    . O X O . O X .)";
  for (const LifeRule rule : {LifeRule::kPlay, LifeRule::kArticle7}) {
    check(double_ko, "C5", Capture::kNo, Capture::kNo, rule);
    check(double_ko, "F5", Capture::kNo, Capture::kNo, rule);
    check(double_ko, "E5", Capture::kUnclear, Capture::kUnclear, rule);  // the ko stone itself
  }
}

TEST_CASE("Capture: a ko for the second eye is lost by article 7") {
  const char* ko_for_life = R"(
    . X O . O
    X X O O O
    . X O O O
    X X X X O
    . X X O .)";
  check(ko_for_life, "C5", Capture::kUnclear, Capture::kUnclear);
  check(ko_for_life, "C5", Capture::kYes, Capture::kYes, LifeRule::kArticle7);
}

TEST_CASE("Capture: captors that are captured in turn do not kill by article 7") {
  const char* three_points = R"(
    . X X O . O .
    O X X O O O O
    X O O O X X X
    X X X X X . X
    . X . X X X X)";
  for (const char* vertex : {"B5", "A4"}) {
    check(three_points, vertex, Capture::kYes, Capture::kYes);
    check(three_points, vertex, Capture::kNo, Capture::kNo, LifeRule::kArticle7);
  }
}

TEST_CASE("Capture: vital points that are no liberties of the chain are tried") {
  // White at A8 kills: Black's two stones touch A7, B8 and C8 only.
  const Board board = Board::parse(R"(
    . X . . O O O O .
    . . . O O X X O O
    . X X O X . X X X
    X O O O X X . . X
    . X X O X X . . .
    . . . O O O X . X
    O . X . O O X . .
    . O O O . O X . .
    . . . . O X X . .)")
                          .value();
  test::for_each_symmetric(board, [&](const Board& turned, const auto& map, bool swapped) {
    INFO(turned.to_diagram());
    const Color attacker = swapped ? Color::kBlack : Color::kWhite;
    CHECK(referee::read_capture(turned, map(*parse_gtp_vertex("B7", board.size())), attacker) !=
          Capture::kNo);
  });
}

TEST_CASE("Capture: a move beside another chain of the owner can save both") {
  // White at D1 captures D2. A move that only connects A2 loses all.
  const Board board = Board::parse(R"(
    . . . . . .
    . . . . . .
    X X X X X X
    X O O O X O
    O . O X O O
    . X . . . .)")
                          .value();
  test::for_each_symmetric(board, [&](const Board& turned, const auto& map, bool swapped) {
    INFO(turned.to_diagram());
    const Color owner = swapped ? Color::kBlack : Color::kWhite;
    const Point stone = map(*parse_gtp_vertex("A2", board.size()));
    CHECK(referee::read_capture(turned, stone, owner, LifeRule::kArticle7) == Capture::kNo);
  });
}
