// Which stones of a finished game are dead.
#include "engine/referee/dead_by_playouts.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "engine/coord.h"

using namespace ponnuki;

namespace {

/// A stone of each dead chain, in alphabetical order.
std::string dead_of(const char* diagram, const Rules& rules = Rules{}) {
  const Position end(Board::parse(diagram).value(), Color::kBlack, rules);
  std::vector<std::string> dead;
  for (const Point p : referee::dead_by_playouts(end)) dead.push_back(to_gtp(p, end.size()));
  std::ranges::sort(dead);
  std::string text;
  for (const std::string& stone : dead) text += (text.empty() ? "" : " ") + stone;
  return text;
}

}  // namespace

TEST_CASE("Dead stones: a group with two eyes lives, one with an eye is dead") {
  CHECK(dead_of(R"(
    . X . X O . O
    X X X X O O .
    O O O O . O O
    . O . O O O .
    O O O O O . O)") == "");
  CHECK(dead_of(R"(
    . X X X O . O
    X X X X O O .
    O O O O . O O
    . O . O O O .
    O O O O O . O)") == "B5");
}

TEST_CASE("Dead stones: the shape of a big eye tells") {
  SECTION("three in a row, the middle taken: dead") {
    CHECK(dead_of(R"(
      . O . X O . O
      X X X X O O .
      O O O O . O O
      . O . O O O .
      O O O O O . O)") == "D5");
  }
  SECTION("four in a row, one taken: alive") {
    CHECK(dead_of(R"(
      . O . . X O . O
      X X X X X O O .
      O O O O O . O O
      . O . O O . O .
      O O O O O O . O)") == "");
  }
}

TEST_CASE("Dead stones: invaders are dead where their surrounders live") {
  CHECK(dead_of(R"(
    . . . X . O . O .
    . O . X O O O O O
    . . . X O . . . .
    X X X X O . . X .
    . X . X O . . . .
    X X X O O . . . .)") == "B5 H3");
}

TEST_CASE("Dead stones: nobody is dead in a seki") {
  CHECK(dead_of(R"(
    . X O . X O . O
    X X O . X O O O
    O O O X X O . O
    X X X X O O O O
    O O O O O . O .)",
                japanese_rules()) == "");
}
