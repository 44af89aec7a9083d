// Reviews as text, and as lines for programs.
#include "review/text_report.h"

#include <nlohmann/json.hpp>

#include "review/graph.h"
#include "review/table_report.h"
#include "review/text.h"
#include "tests/support/reviews.h"

namespace ponnuki::review {
namespace {

GameReview sample() {
  GameReview review = test::review_of(
      "(;SZ[3]KM[7]PB[Ann]PW[Bob, \"the\" cat]RE[W+R];B[bb];W[aa];B[bc])",
      {{0.5, 0, {"B2", "A1"}}, {0.55, 1, {"C1", "A3"}}, {0.9, 9, {"B1"}}, {0.91, 9.5}});
  review.assessments[3].is_result = true;
  return review;
}

TEST_CASE("Text report: a position names the colours") {
  const GameReview review = sample();
  CHECK(position_report(review.tree.position(1), review.at(1), 1, false) ==
        "    A B C\n"
        "  3 . . . 3\n"
        "  2 .(X). 2\n"
        "  1 . . 1 1\n"
        "    A B C\n"
        "\n"
        "White to play: winrate 45.0 %, score B+1.0, 100 visits\n"
        "\n"
        "  #  move   visits   winrate     score     prior  variation\n"
        "  1  C1         50    45.0 %     B+1.0    25.0 %  C1\n");
}

TEST_CASE("Text report: what each move lost to its player") {
  CHECK(moves_table(sample()) ==
        "move  played   best    Black      score     lost      Black's chances\n"
        "   0                   50.0 %      even               ##########|..........\n"
        "   1  B B2     =       55.0 %     B+1.0      0.0     ##########|#.........\n"
        "   2  W A3     C1      90.0 %     B+9.0      8.0 ??  ##########|########..\n"
        "   3  B B1     =       91.0 %     B+9.5      0.0     ##########|########..\n");
}

TEST_CASE("Text report: the players, their losses, where the game turned") {
  const GameReview review = sample();
  CHECK(game_head(review) ==
        "game.sgf: 3x3, tromp-taylor (assumed), komi 7\n"
        "Black Ann, White Bob, \"the\" cat, result W+R\n"
        "Judged by a judge\n\n");
  CHECK(losses_table(review) ==
        "points lost   opening  middle game  endgame    total  a move  first choice    ?   ??\n"
        "Black             0.0          0.0      0.0      0.0    0.00         100 %    0    0\n"
        "White             0.0          8.0      0.0      8.0    8.00           0 %    0    1\n");
  CHECK(turning_points_list(review, 5) ==
        "   2  W A3    lost 8.0 points, 35 %  ??  better: C1 (B+1.0)\n");
}

TEST_CASE("Text report: scores are named by colour") {
  CHECK(score_text(3.46) == "B+3.5");
  CHECK(score_text(-3.46) == "W+3.5");
  CHECK(score_text(0.04) == "even");
}

TEST_CASE("JSON lines: KataGo's fields and the next move's gain for its player") {
  const GameReview review = sample();
  const auto json = nlohmann::json::parse(position_json(review, 1));
  CHECK(json["id"] == "game.sgf");
  CHECK(json["turnNumber"] == 1);
  CHECK(json["isDuringSearch"] == false);
  CHECK(json["rootInfo"]["currentPlayer"] == "W");
  CHECK(json["rootInfo"]["winrate"] == 0.55);  // Black's
  CHECK(json["moveInfos"][1]["move"] == "A3");
  CHECK(json["moveInfos"][1]["order"] == 1);
  CHECK(json["moveInfos"][0]["pv"] == nlohmann::json({"C1"}));
  CHECK(json["nextMove"] == "A3");
  CHECK(json["nextMoveColor"] == "W");
  CHECK(json["nextMoveRank"] == 1);
  CHECK(json["nextWinrateGain"] == -0.35);
  CHECK(json["nextScoreGain"] == -8);
  CHECK_FALSE(json.contains("node"));

  const auto end = nlohmann::json::parse(position_json(review, 3));
  CHECK(end["finished"] == true);
  CHECK(end["score"] == "B+9.5");
  const std::string all = jsonl_report(review);
  CHECK(std::count(all.begin(), all.end(), '\n') == 4);
}

TEST_CASE("JSON lines: variations name their places") {
  const GameReview review = test::review_of("(;SZ[5];B[cc](;W[bb])(;W[dd]))",
                                            {{0.5, 0}, {0.5, 1}, {0.5, 1}, {0.5, 4}}, true);
  const auto json = nlohmann::json::parse(position_json(review, 3));
  CHECK(json["node"] == 3);
  CHECK(json["parent"] == 1);
  CHECK(json["turnNumber"] == 2);
  CHECK(nlohmann::json::parse(position_json(review, 1))["nextMove"] == "B4");
  CHECK_FALSE(nlohmann::json::parse(position_json(review, 2)).contains("nextMove"));
}

TEST_CASE("CSV: a line a position, quoted where needed") {
  GameReview review = sample();
  review.file = "a, \"b\".sgf";
  CHECK(csv_report(review) ==
        "file,node,parent,move_number,color,move,black_winrate,black_lead,visits,best_next,rank,"
        "winrate_lost,points_lost,verdict\r\n"
        "\"a, \"\"b\"\".sgf\",0,,0,,,0.5000,0.00,100,B2,,,,\r\n"
        "\"a, \"\"b\"\".sgf\",1,0,1,B,B2,0.5500,1.00,100,C1,0,-0.0500,-1.00,\r\n"
        "\"a, \"\"b\"\".sgf\",2,1,2,W,A3,0.9000,9.00,100,B1,1,0.3500,8.00,??\r\n"
        "\"a, \"\"b\"\".sgf\",3,2,3,B,B1,0.9100,9.50,100,,0,0.0000,0.00,\r\n");
}

TEST_CASE("Graph: moves lie where its attributes say") {
  const std::string svg = graph_svg(sample());
  CHECK(svg.find("data-moves=\"3\"") != std::string::npos);
  CHECK(svg.find("data-left=\"44\"") != std::string::npos);
  // Move 2 of 3 at 44 + 712 * 2/3; 90 % lies at a tenth of the height, the mistake's dot on the
  // line of leads, whose top is 10 points.
  CHECK(svg.find("L518.7 37.2") != std::string::npos);
  CHECK(svg.find("cx=\"518.7\" cy=\"26.6\"") != std::string::npos);
  CHECK(svg.find("2 W A3: lost 8.0 points") != std::string::npos);
}

}  // namespace
}  // namespace ponnuki::review
