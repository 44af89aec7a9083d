// Assessments: Black's view of a search, their lines in the cache.
#include "review/assessment.h"

#include <catch2/catch.hpp>

namespace ponnuki::review {
namespace {

search::Analysis of_white() {
  search::Analysis analysis;
  analysis.root.to_move = Color::kWhite;
  analysis.root.visits = 100;
  analysis.root.winrate = 0.4;
  analysis.root.score_lead = -1.25;
  analysis.root.utility = -0.3;
  search::MoveInfo best;
  best.move = Point::at(2, 1);
  best.visits = 80;
  best.winrate = 0.45;
  best.lcb = 0.41;
  best.score_lead = 0.5;
  best.prior = 0.375;
  best.pv = {best.move, Point::pass(), Point::at(0, 0)};
  analysis.moves = {best};
  analysis.ownership = {1, -1, 0.5F, 0, 0, 0, 0, 0, -0.02F};
  return analysis;
}

TEST_CASE("Assessment: White's search becomes Black's view") {
  const Assessment a = assess(of_white(), {100, 5});
  CHECK(a.winrate == Approx(0.6));
  CHECK(a.lead == Approx(1.25));
  CHECK(a.utility == Approx(0.3));
  REQUIRE(a.moves.size() == 1);
  CHECK(a.moves[0].winrate == Approx(0.55));
  CHECK(a.moves[0].lcb == Approx(0.59));  // worse for White
  CHECK(a.moves[0].lead == Approx(-0.5));
  CHECK(a.moves[0].prior == Approx(0.375));
  CHECK(a.ownership == std::vector<std::int8_t>{-100, 100, -50, 0, 0, 0, 0, 0, 2});
  CHECK(a.best_move() == Point::at(2, 1));
  CHECK(a.find(Point::at(2, 1)) == &a.moves[0]);
  CHECK(a.find(Point::at(0, 0)) == nullptr);
}

TEST_CASE("Assessment: a line and back") {
  const BoardSize size{3, 3};
  const Assessment a = assess(of_white(), {100, 5});
  const auto b = parse_assessment(to_line(a, size), size);
  REQUIRE(b.ok());
  CHECK(to_line(a, size).find('\n') == std::string::npos);
  CHECK(b->visits == 100);
  CHECK(b->effort.visits == 100);
  CHECK(b->effort.seconds == 5);
  CHECK(b->winrate == Approx(a.winrate));
  CHECK(b->lead == Approx(a.lead));
  REQUIRE(b->moves.size() == 1);
  CHECK(b->moves[0].pv == a.moves[0].pv);
  CHECK(b->moves[0].move == a.moves[0].move);
  CHECK(b->moves[0].lcb == Approx(a.moves[0].lcb));
  for (std::size_t i = 0; i < a.ownership.size(); ++i)
    CHECK(std::abs(b->ownership[i] - a.ownership[i]) <= 4);
}

TEST_CASE("Assessment: what is no such line is an error") {
  const BoardSize size{3, 3};
  const std::string good = to_line(assess(of_white(), {100, 5}), size);
  CHECK_FALSE(parse_assessment("", size).ok());
  CHECK_FALSE(parse_assessment("{}", size).ok());
  CHECK_FALSE(parse_assessment("[1,2]", size).ok());
  CHECK_FALSE(parse_assessment(good.substr(0, good.size() / 2), size).ok());
  CHECK_FALSE(parse_assessment(good, {2, 2}).ok());  // of another board
}

TEST_CASE("Assessment: results") {
  CHECK(assess_result(Score{-3.5F}, {}).lead == Approx(3.5));
  CHECK(assess_result(Score{-3.5F}, {}).winrate == 1);
  CHECK(assess_result(Score{2}, {}).winrate == 0);
  CHECK(assess_result(Score{0}, {}).winrate == 0.5);
  const auto again = parse_assessment(to_line(assess_result(Score{2}, {}), {3, 3}), {3, 3});
  REQUIRE(again.ok());
  CHECK(again->is_result);
  CHECK(again->lead == Approx(-2));
  CHECK_FALSE(again->no_result);
}

TEST_CASE("Assessment: a game without result says so, also from the cache") {
  const Assessment none = assess_result(std::nullopt, {});
  CHECK(none.no_result);
  const auto again = parse_assessment(to_line(none, {3, 3}), {3, 3});
  REQUIRE(again.ok());
  CHECK(again->no_result);
}

TEST_CASE("Assessment: a result that an earlier version counted is counted anew") {
  const std::string old =
      R"({"effort":[100,5.0],"moves":[],"ownership":"","result":true,"root":[0,1,26.5,0,0]})";
  CHECK_FALSE(parse_assessment(old, {3, 3}).ok());
}

}  // namespace
}  // namespace ponnuki::review
