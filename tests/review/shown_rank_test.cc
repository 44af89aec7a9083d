// The rank that a player showed: what counts, in which direction, and how sure it is.
#include "review/shown_rank.h"

#include <cmath>

#include "tests/support/reviews.h"

namespace ponnuki::review {
namespace {

using test::review_of;

const BoardSize kSizes[] = {{9, 9}, {13, 13}};

/// A player who loses so many points a move, and plays moves of such a prior.
RankEvidence player(double points, double prior, int moves = 100) {
  return {moves, points * moves, std::log(prior) * moves};
}

TEST_CASE("Rank: the moves that count, their losses and their priors") {
  // The fake candidates have a prior of 25 %.
  const GameReview review =
      review_of("(;SZ[9];B[cc];W[gg];B[gc];W[cg];B[])", {{0.5, 0, {"G7", "C7"}},
                                                         {0.5, -1.5, {"A1"}},
                                                         {0.5, 40, {"G7"}},
                                                         {0.5, 41, {"C3"}},
                                                         {0.5, 41, {"pass"}},
                                                         {0.5, 41}});
  const auto [black, white] = rank_evidence(review);
  CHECK(black.moves == 2);  // the pass does not count
  CHECK(black.points == Approx(1.5));
  CHECK(black.log_priors == Approx(2 * std::log(0.25)));
  CHECK(white.moves == 2);
  CHECK(white.points == Approx(20));  // however much a move lost
  CHECK(white.log_priors == Approx(std::log(1e-3) + std::log(0.25)));
}

TEST_CASE("Rank: who loses fewer points is stronger") {
  const BoardSize size = GENERATE(from_range(std::begin(kSizes), std::end(kSizes)));
  double last = -100;
  for (const double points : {4.0, 2.0, 1.0, 0.5, 0.25}) {
    const auto shown = shown_rank(player(points, 0.2), size);
    REQUIRE(shown);
    CHECK(shown->steps > last);
    last = shown->steps;
  }
}

TEST_CASE("Rank: the interval holds the estimate and narrows with more moves") {
  const BoardSize size = GENERATE(from_range(std::begin(kSizes), std::end(kSizes)));
  double width = 1000;
  for (const int moves : {15, 30, 120, 1000}) {
    const auto shown = shown_rank(player(1, 0.2, moves), size);
    REQUIRE(shown);
    CHECK(shown->low < shown->steps);
    CHECK(shown->steps < shown->high);
    CHECK(shown->high - shown->low < width);
    width = shown->high - shown->low;
  }
  CHECK_FALSE(shown_rank(player(1, 0.2, 14), size));
  CHECK_FALSE(shown_rank({}, size));
}

TEST_CASE("Rank: no estimate where the judge cannot tell") {
  for (const BoardSize size : {BoardSize{19, 19}, BoardSize{17, 17}, BoardSize{25, 13}}) {
    CHECK_FALSE(shown_rank(player(1, 0.2), size));
    CHECK(rank_text(player(1, 0.2), size) == "unknown: the judge is too weak on this board");
  }
}

TEST_CASE("Rank: as text") {
  CHECK(to_string(ShownRank{15, 11, 19.8}) == "about 5k (9k to 1d)");
  CHECK(to_string(ShownRank{-1, -8, 3}) == "below 20k (below 20k to 17k)");
  CHECK(to_string(ShownRank{27, 24, 31}) == "about 8d (5d to above 9d)");
  CHECK(rank_text(player(1, 0.2, 14), {9, 9}) == "too few moves");
  CHECK(rank_text(player(1, 0.2), {9, 9}).starts_with("about "));
}

TEST_CASE("Rank: the games of a name are pooled, a board at a time") {
  RankTally tally;
  CHECK(tally.table().empty());
  const std::vector<test::Said> said = {{0.5, 0, {"C7"}}, {0.5, -1, {"G3"}}, {0.5, -1}};
  const auto play = [&](const std::string& names, const std::string& size) {
    tally.add(review_of("(;SZ[" + size + "]" + names + ";B[cc];W[gg])", said));
  };
  play("PB[Ann]PW[Bob]", "9");
  CHECK(tally.table().empty());  // one game each: nothing to pool
  play("PB[Bob]PW[Ann]", "9");
  play("PB[Ann]", "13");
  play("PB[]", "9");
  CHECK(tally.table() ==
        "games  board  moves  lost a move  likely a move  rank\n"
        "    2    9x9      2        0.50            25 %  too few moves  Ann\n"
        "    2    9x9      2        0.50            25 %  too few moves  Bob\n");
}

}  // namespace
}  // namespace ponnuki::review
