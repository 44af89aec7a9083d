// Final scores. The area scores are KataGo 1.17.2's answers to final_score after set_position and
// two passes.
#include "engine/score.h"

#include <catch2/catch.hpp>

#include "engine/playouts.h"

using namespace ponnuki;

namespace {

Position position_of(const char* diagram, const Rules& rules) {
  return Position(Board::parse(diagram).value(), Color::kBlack, rules);
}

Rules area_rules(TaxRule tax, bool suicide) {
  Rules rules;
  rules.tax = tax;
  rules.multi_stone_suicide = suicide;
  rules.komi = 0.5F;
  return rules;
}

Rules territory_rules(TaxRule tax = TaxRule::kSeki) {
  Rules rules = japanese_rules();
  rules.tax = tax;
  rules.komi = 0;
  return rules;
}

struct AreaCase {
  const char* diagram;
  const char* no_tax;
  const char* seki_tax;
  const char* all_tax;
};

// Sekis, groups with one eye and with two, dead stones in living areas, neutral points.
const AreaCase kAreaCases[] = {
    {R"(
     . X O X O . O
     X X O X O O .
     . X O X X O O
     X X O . X O .
     O O O X X O O
     . . O . X X X
     . O O X X . X)",
     "W+3.5", "W+1.5", "W+1.5"},
    {R"(
     . X . X O . .
     X X X X O O O
     . . . . O . O
     . . . . O O .
     O O O O O . .
     . . . . . . .)",
     "W+18.5", "W+7.5", "W+7.5"},
    {R"(
     . X . . O . .
     . X X X O O .
     . X . X O . O
     O X X . X O .
     . . . X X O .
     . . X . X O O
     . . . . X O .)",
     "W+2.5", "B+2.5", "B+2.5"},
    {R"(
     . . . .
     . . . .
     . . . .)",
     "W+0.5", "W+0.5", "W+0.5"},
    {R"(
     . X . O .
     . X . O .
     . X . O .
     . X . O .)",
     "W+0.5", "W+0.5", "W+0.5"},
    {R"(
     . . . . .
     . X . . .
     . . . . .)",
     "B+14.5", "B+14.5", "B+12.5"},
    {R"(
     . O . O X X .
     O O O O X . X
     X X X X X X X
     . X . X O O O
     X X X O . O .)",
     "B+4.5", "B+6.5", "B+6.5"},
    {R"(
     . O X X . X
     O . O X X .
     O O O O X X
     X X X O X .
     . . X O O O
     . X X O . .)",
     "B+2.5", "B+4.5", "B+2.5"},
    {R"(
     . O . X . X
     O O X X X .
     . O O . O X
     O . O O O O)",
     "W+6.5", "W+5.5", "W+5.5"},
};

}  // namespace

TEST_CASE("Area scores with no tax, with seki tax and with group tax are KataGo's") {
  for (const AreaCase& example : kAreaCases) {
    INFO(example.diagram);
    for (const bool suicide : {false, true}) {
      CHECK(score_area(position_of(example.diagram, area_rules(TaxRule::kNone, suicide)))
                .to_string() == example.no_tax);
      CHECK(score_area(position_of(example.diagram, area_rules(TaxRule::kSeki, suicide)))
                .to_string() == example.seki_tax);
      CHECK(score_area(position_of(example.diagram, area_rules(TaxRule::kAll, suicide)))
                .to_string() == example.all_tax);
    }
  }
}

TEST_CASE("Scores are written as GTP wants them") {
  CHECK(Score{3.5F}.to_string() == "W+3.5");
  CHECK(Score{-2}.to_string() == "B+2");
  CHECK(Score{0}.to_string() == "0");
  CHECK(Score{0}.winner() == Color::kEmpty);
  CHECK(Score{-0.5F}.winner() == Color::kBlack);
}

TEST_CASE("Dead stones are taken off before counting") {
  const char* diagram = R"(
    . X O . .
    O X O . .
    . X O X .
    . X O . .)";
  Rules rules;
  rules.komi = 0;
  const Position position = position_of(diagram, rules);
  AreaMap owner;
  const std::vector<Point> dead{Point::at(0, 1), Point::at(3, 2)};
  CHECK(score_with_dead(position, dead, &owner).to_string() == "W+4");
  CHECK(owner[static_cast<std::size_t>(Point::at(0, 1).index())] == Color::kBlack);
  CHECK(owner[static_cast<std::size_t>(Point::at(3, 2).index())] == Color::kWhite);
  // Prisoners: one of each colour, so that territory alone decides: 4 against 8.
  CHECK(score_with_dead(position_of(diagram, territory_rules()), dead).to_string() == "W+4");
  CHECK(score_with_dead(position_of(diagram, territory_rules()), {dead[0]}).to_string() == "B+5");
}

TEST_CASE("Territory scoring counts prisoners") {
  Position position = position_of(R"(
    . X . O .
    . X O O .
    X X X O .
    . X O O .)",
                                  territory_rules());
  // Black 3, White 4; the neutral point counts for nobody.
  CHECK(score_with_dead(position, {}).to_string() == "W+1");
  position.play(Point::at(4, 0));  // a stone thrown into White's territory,
  position.play(Point::at(4, 1));  // answered there, which costs White a point of territory
  CHECK(score_with_dead(position, {Point::at(4, 0)}).to_string() == "W+1");
  position.play(Point::pass());
  position.play(Point::at(4, 0).down().down());  // not answered: another point of territory lost
  CHECK(score_with_dead(position, {Point::at(4, 0)}).to_string() == "0");
}

TEST_CASE("Territory scoring does not mind open neutral points") {
  const char* diagram = R"(
    . X . O .
    . X . O .
    . X . O .
    . X . O O)";
  CHECK(score_with_dead(position_of(diagram, territory_rules()), {}).to_string() == "B+1");
  CHECK(score_with_dead(position_of(diagram, territory_rules(TaxRule::kNone)), {}).to_string() ==
        "B+1");
}

TEST_CASE("Eyes in seki are no territory where the tax says so") {
  // From the left: a living black group, White and Black in seki with an eye each, a living white
  // group.
  const char* diagram = R"(
    . X . X O . O . X . X O . . O .
    X X X X O O O . X X X O O O O O)";
  const auto owner_of = [&](TaxRule tax, int x) {
    AreaMap owner;
    const Score score = score_with_dead(position_of(diagram, territory_rules(tax)), {}, &owner);
    CHECK(score.to_string() == "W+1");
    return owner[static_cast<std::size_t>(Point::at(x, 0).index())];
  };
  CHECK(owner_of(TaxRule::kNone, 5) == Color::kWhite);
  CHECK(owner_of(TaxRule::kNone, 9) == Color::kBlack);
  CHECK(owner_of(TaxRule::kSeki, 5) == Color::kEmpty);
  CHECK(owner_of(TaxRule::kSeki, 9) == Color::kEmpty);
  CHECK(owner_of(TaxRule::kSeki, 7) == Color::kEmpty);
  CHECK(owner_of(TaxRule::kSeki, 0) == Color::kBlack);
  CHECK(owner_of(TaxRule::kSeki, 12) == Color::kWhite);
}

TEST_CASE("The player to move would take a button that is left") {
  Rules rules = area_rules(TaxRule::kNone, false);
  rules.has_button = true;
  Position position({3, 3}, rules);
  CHECK(score_area(position).to_string() == "0");  // komi 0.5 and Black takes the button
  position.play(Point::at(1, 1));
  CHECK(score_area(position).to_string() == "B+8");
  position.play(Point::pass());
  CHECK(score_area(position).to_string() == "B+8");
}

TEST_CASE("Handicap bonus and komi are in the score") {
  const Board setup = Board::parse("X.X\n...\nX..").value();
  Rules rules = chinese_rules();
  rules.komi = 0.5F;
  CHECK(score_area(Position(setup, Color::kWhite, rules, 3)).to_string() == "B+5.5");
}

TEST_CASE("Territory and prisoners, counted apart, give the territory score of played-out games") {
  Random random(21);
  Playouts playouts;
  for (int game = 0; game < 40; ++game) {
    playouts.run(Position({7, 6}, territory_rules(TaxRule::kNone)), random);
    const Position& end = playouts.final_position();
    int white = end.board().prisoners(Color::kBlack) - end.board().prisoners(Color::kWhite);
    for (int cell = 0; cell < end.size().area(); ++cell) {
      const Point p = Point::from_cell(cell, end.size());
      if (end.board().at(p) != Color::kEmpty) continue;
      white += playouts.owner(p) == Color::kWhite;
      white -= playouts.owner(p) == Color::kBlack;
    }
    INFO(end.board().to_diagram());
    CHECK(score_area(end).white_minus_black == static_cast<float>(white));
  }
}
