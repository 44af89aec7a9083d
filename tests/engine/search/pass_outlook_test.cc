// When a board is open, settled, or neither.
#include "engine/search/pass_outlook.h"

#include <catch2/catch.hpp>

#include "tests/support/search_fakes.h"

using namespace ponnuki;

namespace {

/// White's pass on 9×9 after `stones` stones, at most 18: two walls from the bottom up, in columns E
/// and F.
Position walls(int stones) {
  Position p({9, 9}, *parse_rules("japanese", Rules{}));
  for (int n = 0; n < stones; ++n)
    p.play({n % 2 ? Color::kWhite : Color::kBlack, Point::at(4 + n % 2, n / 2)});
  p.play({Color::kWhite, Point::pass()});
  return p;
}

bool is_black(const Position& p, int cell) { return Point::from_cell(cell, p.size()).x() <= 4; }

/// Black owns the columns A to E, and White the others, except for some empty points: Black's
/// ownership of these is `black_first` or `white_first`.
search::PassOutlook outlook(const Position& position, int points, float black_first,
                            float white_first) {
  std::array<Evaluation, 2> first;
  for (const bool white : {false, true}) {
    int left = points;
    for (int cell = 0; cell < 81; ++cell) {
      float black = is_black(position, cell) ? 1.0F : -1.0F;
      const bool empty =
          position.board().at(Point::from_cell(cell, position.size())) == Color::kEmpty;
      if (empty && left-- > 0) black = white ? white_first : black_first;
      first[white].ownership.push_back(white ? -black : black);
    }
  }
  return search::pass_outlook(position, first);
}

search::PassOutlook undecided(int points) { return outlook(walls(18), points, 0.3F, -0.3F); }

/// Only Black has stones. `sure` is its ownership of all points.
search::PassOutlook alone(float sure) {
  Position p({9, 9}, *parse_rules("japanese", Rules{}));
  for (int cell = 0; cell < 20; ++cell)
    p.play({Color::kBlack, Point::from_cell(2 * cell, p.size())});
  p.play({Color::kWhite, Point::pass()});
  std::array<Evaluation, 2> first;
  first[0].ownership.assign(81, sure);
  first[1].ownership.assign(81, -sure);
  return search::pass_outlook(p, first);
}

}  // namespace

TEST_CASE("A board is settled up to eight undecided points, and open from more than a third") {
  CHECK(undecided(0).settled);
  CHECK(undecided(8).settled);
  CHECK_FALSE(undecided(9).settled);
  CHECK_FALSE(undecided(9).open);
  CHECK_FALSE(undecided(27).open);
  CHECK(undecided(28).open);
  CHECK_FALSE(undecided(28).settled);
}

TEST_CASE("A board is open if more than two fifths of it depend on who moves first") {
  CHECK_FALSE(outlook(walls(18), 32, 1, -1).open);
  CHECK(outlook(walls(18), 33, 1, -1).open);
  CHECK_FALSE(outlook(walls(18), 33, 1, -1).settled);
}

TEST_CASE("With few stones a game has only begun, even if all of it is somebody's") {
  CHECK(outlook(walls(16), 0, 0, 0).open);
  CHECK_FALSE(outlook(walls(18), 0, 0, 0).open);
}

TEST_CASE("A board is open while living stones of both players touch much of it") {
  const Position gap = test::position(R"(
    . . . . X O . . .
    . . . . X O . . .
    . . . . X O . . .
    . . . . X O . . .
    . . . . X O . . .
    . . . . X O . . .
    . . . . X O . . .
    . . . . X . . . .
    . . . . X . . . .)",
                                      Color::kBlack, *parse_rules("japanese", Rules{}));
  CHECK(outlook(gap, 0, 0, 0).open);
}

TEST_CASE("Who has no living stone has lost only if the net is sure of it") {
  CHECK_FALSE(alone(0.95F).open);
  CHECK(alone(0.75F).open);
}

TEST_CASE("A pass answers a pass, and the pass that took the button") {
  Position p({5, 5}, *parse_rules("aga-button", Rules{}));
  p.play(Point::at(2, 2));
  CHECK_FALSE(search::answers_pass(p));
  p.play(Point::pass());  // takes the button
  CHECK(search::answers_pass(p));
  CHECK(search::asks_about_pass(p));
  p.play(Point::at(1, 1));
  CHECK_FALSE(search::answers_pass(p));
  p.play(Point::pass());
  CHECK(search::answers_pass(p));
}

TEST_CASE("Only a point that both evaluations give to the player to move may be its own") {
  struct Case {
    float black_first, white_first;  // Black's ownership of the point
    Color player;
    bool own;
  };
  const Case cases[] = {
      {0.9F, 0.8F, Color::kBlack, true},   {0.9F, -0.1F, Color::kBlack, false},
      {-0.9F, 0.8F, Color::kBlack, false}, {0.9F, 0.8F, Color::kWhite, false},
      {-0.9F, -0.8F, Color::kWhite, true}, {0.1F, -0.8F, Color::kWhite, false},
  };
  for (const Case& c : cases) {
    CAPTURE(c.black_first, c.white_first, c.player);
    Position p = walls(18);
    p.set_to_move(c.player);
    std::array<Evaluation, 2> first;
    first[0].ownership.assign(81, c.black_first);
    first[1].ownership.assign(81, -c.white_first);
    CHECK(search::LatePassOutlook(p, first).may_be_own(Point::at(0, 0)) == c.own);
    for (Evaluation& without : first) without.ownership.clear();
    CHECK(search::LatePassOutlook(p, first).may_be_own(Point::at(0, 0)));
  }
}
