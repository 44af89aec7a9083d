// Chains without territory that share liberties.
#include "engine/referee/seki.h"

#include <catch2/catch.hpp>

#include "tests/support/symmetric.h"

using namespace ponnuki;

namespace {

/// The number of stones in seki, in all symmetries and colours. The stones at A3's corner, `dead`
/// or not, decide whether Black has territory.
void check(const char* diagram, bool corner_is_dead, std::size_t stones_in_seki) {
  const Board board = Board::parse(diagram).value();
  test::for_each_symmetric(board, [&](const Board& turned, const auto& map, bool swapped) {
    INFO(turned.to_diagram());
    const Color black = swapped ? Color::kWhite : Color::kBlack;
    AreaMap owner{};
    for (int cell = 0; cell < board.size().area(); ++cell) {
      const Point p = Point::from_cell(cell, board.size());
      owner[static_cast<std::size_t>(p.index())] = turned.at(p);
    }
    std::vector<Point> dead;
    if (corner_is_dead) {
      dead = {map(Point::at(1, 0)), map(Point::at(0, 1))};
      for (const Point p : {map(Point::at(0, 0)), dead[0], dead[1]})
        owner[static_cast<std::size_t>(p.index())] = black;
    }
    CHECK(referee::has_territory(turned, owner, map(Point::at(2, 0))) == corner_is_dead);
    CHECK_FALSE(referee::has_territory(turned, owner, map(Point::at(3, 2))));
    CHECK_FALSE(referee::has_territory(turned, owner, map(Point::at(2, 2))));  // no stone
    PointSet dead_set;
    for (const Point p : dead) dead_set.add(p);
    CHECK(referee::find_seki(turned, owner, dead_set).size() == stones_in_seki);
  });
}

// Black touches the two stones in the corner, but not the empty point behind them. C1 is a liberty
// of both players.
constexpr const char* kCorner = R"(
    . O X .
    O X X .
    X X . O)";

}  // namespace

TEST_CASE("Seki: the points of dead stones are territory") { check(kCorner, true, 0); }

TEST_CASE("Seki: chains without territory share it by a liberty of both") {
  check(kCorner, false, 6);  // not the two in the corner: they share no liberty with Black
}

TEST_CASE("Seki: the region of shared liberties is small") {
  const auto stones_in_seki = [](const char* diagram) {
    const Board board = Board::parse(diagram).value();
    AreaMap owner{};
    for (int cell = 0; cell < board.size().area(); ++cell) {
      const Point p = Point::from_cell(cell, board.size());
      owner[static_cast<std::size_t>(p.index())] = board.at(p);
    }
    return referee::find_seki(board, owner, {}).size();
  };
  CHECK(stones_in_seki(R"(
      X . O
      X . O
      X . O)") == 6);
  CHECK(stones_in_seki(R"(
      . . . . .
      . X . O .
      . X . O .
      . X . O .
      . . . . .)") == 0);
}
