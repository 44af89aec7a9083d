// What moves lost and what follows from it.
#include "review/game_review.h"

#include "tests/support/reviews.h"

namespace ponnuki::review {
namespace {

using test::review_of;

// 9×9: the opening lasts to move 11, the middle game to move 34.
const char* const kThreeMoves = "(;SZ[9];B[cc];W[gg];B[gc])";

TEST_CASE("Review: a move's loss is its player's") {
  const GameReview review = review_of(kThreeMoves, {{0.5, 0}, {0.45, -1.5}, {0.75, 6}, {0.8, 7}});
  const auto black = loss_of(review, 1);
  REQUIRE(black);
  CHECK(black->points == Approx(1.5));
  CHECK(black->winrate == Approx(0.05));
  const auto white = loss_of(review, 2);
  REQUIRE(white);
  CHECK(white->points == Approx(7.5));
  CHECK(white->winrate == Approx(0.3));
  CHECK(loss_of(review, 3)->points == Approx(-1));  // gained
  CHECK_FALSE(loss_of(review, 0));
}

TEST_CASE("Review: verdicts") {
  CHECK(MoveLoss{1.9, 0.09}.verdict() == Verdict::kNone);
  CHECK(MoveLoss{2, 0}.verdict() == Verdict::kMistake);
  CHECK(MoveLoss{0, 0.1}.verdict() == Verdict::kMistake);
  CHECK(MoveLoss{6, 0}.verdict() == Verdict::kBlunder);
  CHECK(MoveLoss{0, 0.25}.verdict() == Verdict::kBlunder);
  CHECK(MoveLoss{-9, -0.9}.verdict() == Verdict::kNone);
  CHECK(std::string(mark_of(Verdict::kMistake)) == "?");
  CHECK(std::string(mark_of(Verdict::kBlunder)) == "??");
}

TEST_CASE("Review: no loss across a setup, before an empty assessment, by the count at the end") {
  GameReview setup = review_of("(;SZ[9];B[cc];AW[dd];B[gg])", {{0.5, 0}, {0.5, 0}, {0.1, -20}});
  CHECK_FALSE(loss_of(setup, 2));
  GameReview review = review_of(kThreeMoves, {{0.5, 0}, {0.5, 0}, {0.5, 0}, {0, -30}});
  review.assessments[3].is_result = true;
  REQUIRE(loss_of(review, 3));
  CHECK(loss_of(review, 3)->points == 0);
  review.assessments[2] = {};
  CHECK_FALSE(loss_of(review, 2));
  CHECK_FALSE(loss_of(review, 3));
}

TEST_CASE("Review: the pass of a player who then resigns is no mistake") {
  const std::vector<test::Said> said = {{0.5, 0}, {0.5, 0}, {0.9, 30}, {0.9, 30}};
  const auto lost_by_pass = [&](const std::string& result) {
    return loss_of(review_of("(;SZ[9]RE[" + result + "];B[cc];W[];B[gc])", said), 2)->points;
  };
  CHECK(lost_by_pass("B+R") == 0);
  CHECK(lost_by_pass("B+T") == 0);
  CHECK(lost_by_pass("W+R") == 30);
  CHECK(lost_by_pass("B+3.5") == 30);
  CHECK(lost_by_pass("") == 30);
  const GameReview played_on = review_of("(;SZ[9]RE[B+R];B[cc];W[];B[gc];W[gg])",
                                         {{0.5, 0}, {0.5, 0}, {0.9, 30}, {0.9, 30}, {0.9, 30}});
  CHECK(loss_of(played_on, 2)->points == 30);
  const GameReview as_a_move = review_of("(;SZ[9];B[cc];W[];B[gc];W[resign])", said);
  CHECK(loss_of(as_a_move, 2)->points == 0);
}

TEST_CASE("Review: the rank of the move that was played") {
  const GameReview review = review_of(
      kThreeMoves, {{0.5, 0, {"G7", "C7"}}, {0.5, 0, {"G3"}}, {0.5, 0, {"A1"}}, {0.5, 0}});
  CHECK(rank_of(review, 1) == 1);
  CHECK(rank_of(review, 2) == 0);
  CHECK_FALSE(rank_of(review, 3));
  CHECK_FALSE(rank_of(review, 0));
}

TEST_CASE("Review: players' sums by phase") {
  // 13 moves on 9×9 along two rows; Black loses 3 points with move 1 and 2 with move 13, White
  // 7 with move 12 and gains with move 2.
  std::string sgf = "(;SZ[9]";
  std::vector<test::Said> said{{0.5, 10}};
  double lead = 10;
  for (int move = 1; move <= 13; ++move) {
    sgf += std::string(move % 2 == 1 ? ";B[" : ";W[") + static_cast<char>('a' + (move - 1) / 2) +
           (move % 2 == 1 ? "b]" : "f]");
    lead += move == 1 ? -3 : move == 2 ? -1 : move == 12 ? 7 : move == 13 ? -2 : 0;
    said.push_back({0.5, lead});
  }
  said[0].moves = {"A8"};  // Black's first move was the search's choice
  const GameReview review = review_of(sgf + ")", said);
  const auto [black, white] = summaries_of(review);
  CHECK(black.moves == 7);
  CHECK(black.best == 1);
  CHECK(black.points_lost[0] == Approx(3));
  CHECK(black.points_lost[1] == Approx(2));
  CHECK(black.points_lost[2] == 0);
  CHECK(black.mistakes == 2);
  CHECK(black.total() == Approx(5));
  CHECK(black.mean() == Approx(5.0 / 7));
  CHECK(white.moves == 6);
  CHECK(white.points_lost[0] == 0);
  CHECK(white.points_lost[1] == Approx(7));
  CHECK(white.blunders == 1);

  const Phases phases = phases_of(review);
  CHECK(phases[0].last == 11);
  CHECK(phases[1].first == 12);
  CHECK(phases[1].last == 13);
  CHECK(phases[2].last < phases[2].first);
}

TEST_CASE("Review: the phases of a long game on 19×19 end with moves 50 and 150") {
  std::string sgf = "(;SZ[19]";
  std::vector<test::Said> said{{0.5, 0}};
  for (int move = 0; move < 160; ++move) {
    sgf += std::string(move % 2 == 0 ? ";B[" : ";W[") + static_cast<char>('a' + move % 18) +
           static_cast<char>('a' + 2 * (move / 18)) + "]";
    said.push_back({0.5, 0});
  }
  const Phases phases = phases_of(review_of(sgf + ")", said));
  CHECK(phases[0].last == 50);
  CHECK(phases[1].last == 150);
  CHECK(phases[2].last == 160);
}

TEST_CASE("Review: the worst moves come first, turning points by winrate") {
  const GameReview review = review_of(kThreeMoves, {{0.9, 9}, {0.89, 4}, {0.94, 5}, {0.5, 2}});
  CHECK(largest_mistakes(review, 9) == std::vector<int>{1, 3});
  CHECK(turning_points(review, 9) == std::vector<int>{3, 1});
  CHECK(turning_points(review, 1) == std::vector<int>{3});
}

}  // namespace
}  // namespace ponnuki::review
