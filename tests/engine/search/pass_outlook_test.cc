// When a board is open, settled, or neither.
#include "engine/search/pass_outlook.h"

#include <catch2/catch.hpp>

#include "tests/support/search_fakes.h"

using namespace ponnuki;

namespace {

/// White's pass on 9×9 after `stones` black stones, from the left.
Position after_pass(int stones) {
  Position p({9, 9}, *parse_rules("japanese", Rules{}));
  for (int cell = 0; cell < stones; ++cell)
    p.play({Color::kBlack, Point::from_cell(2 * cell, p.size())});
  p.play({Color::kWhite, Point::pass()});
  return p;
}

/// Black owns all but `undecided` points at the end of the board.
search::PassOutlook outlook(const Position& position, int undecided) {
  std::array<Evaluation, 2> first;
  for (const bool white : {false, true}) {
    auto& owners = first[white].ownership;
    owners.assign(81, white ? -1.0F : 1.0F);
    std::fill(owners.end() - undecided, owners.end(), 0.3F);
  }
  return search::pass_outlook(position, first);
}

}  // namespace

TEST_CASE("A board is settled up to eight undecided points, and open from more than a third") {
  const Position p = after_pass(20);
  CHECK(outlook(p, 0).settled);
  CHECK(outlook(p, 8).settled);
  CHECK_FALSE(outlook(p, 9).settled);
  CHECK_FALSE(outlook(p, 9).open);
  CHECK_FALSE(outlook(p, 27).open);
  CHECK(outlook(p, 28).open);
  CHECK_FALSE(outlook(p, 28).settled);
}

TEST_CASE("With few stones a game has only begun, even if all of it is somebody's") {
  CHECK(outlook(after_pass(16), 0).open);
  CHECK_FALSE(outlook(after_pass(17), 0).open);
}
