// Reports of searches, from hand-made analyses.
#include "cli/analysis_report.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace ponnuki {
namespace {

Analysis sample() {
  Analysis analysis;
  analysis.root.to_move = Color::kWhite;
  analysis.root.visits = 100;
  analysis.root.winrate = 0.4321;
  analysis.root.score_lead = -1.25;
  MoveInfo best;
  best.move = Point::at(2, 1);
  best.visits = 80;
  best.winrate = 0.44;
  best.score_lead = 0.5;
  best.prior = 0.3;
  best.pv = {best.move, Point::pass()};
  MoveInfo second = best;
  second.move = Point::pass();
  second.visits = 20;
  second.order = 1;
  second.pv = {second.move};
  analysis.moves = {best, second};
  return analysis;
}

Position after_one_move() {
  Position position({3, 3});
  position.play(Point::at(1, 1));
  return position;
}

TEST_CASE("A position's report names the colours") {
  CHECK(position_report(after_one_move(), sample(), 2, false) ==
        "    A B C\n"
        "  3 . . . 3\n"
        "  2 .(X)1 2\n"
        "  1 . . . 1\n"
        "    A B C\n"
        "\n"
        "White to play: winrate 43.2 %, score B+1.2, 100 visits\n"
        "\n"
        "  #  move   visits   winrate     score     prior  variation\n"
        "  1  C2         80    44.0 %     W+0.5    30.0 %  C2 pass\n"
        "  2  pass       20    44.0 %     W+0.5    30.0 %  pass\n");
}

TEST_CASE("The JSON line has KataGo's fields and as many moves as asked for") {
  const auto json = nlohmann::json::parse(position_json(after_one_move(), sample(), 1));
  CHECK(json["turnNumber"] == 1);
  CHECK(json["rootInfo"]["currentPlayer"] == "W");
  CHECK(json["rootInfo"]["visits"] == 100);
  REQUIRE(json["moveInfos"].size() == 1);
  CHECK(json["moveInfos"][0]["pv"] == nlohmann::json({"C2", "pass"}));
}

TEST_CASE("A game's report says what each move lost to its player") {
  const GamePoint start{0.5, 0.0, Point::at(1, 1)};
  const GamePoint middle{0.55, 1.0, Point::at(2, 2)};
  const GamePoint end{1.0, 9.0, Point::none()};
  const BoardSize size{3, 3};
  CHECK(game_report_head() ==
        "move  played   best    Black      score     lost      Black's chances\n");
  CHECK(game_report_start(start) ==
        "   0                   50.0 %      even               ##########|..........\n");
  CHECK(game_report_row({Color::kBlack, Point::at(1, 1)}, 1, start, middle, size) ==
        "   1  B B2     =       55.0 %     B+1.0      0.0     ##########|#.........\n");
  CHECK(game_report_row({Color::kWhite, Point::at(0, 0)}, 2, middle, end, size) ==
        "   2  W A3     C1     100.0 %     B+9.0      8.0 ??  ##########|##########\n");
}

TEST_CASE("Scores are named by colour") {
  CHECK(score_text(3.46, Color::kBlack) == "B+3.5");
  CHECK(score_text(3.46, Color::kWhite) == "W+3.5");
  CHECK(score_text(-2, Color::kWhite) == "B+2.0");
  CHECK(score_text(0.04, Color::kBlack) == "even");
}

}  // namespace
}  // namespace ponnuki
