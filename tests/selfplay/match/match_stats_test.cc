#include "selfplay/match/match_stats.h"

#include <catch2/catch.hpp>
#include <cmath>

namespace ponnuki::selfplay {

TEST_CASE("statistics: Wilson's interval as in Newcombe (1998), table I, method 3") {
  struct Row {
    int wins, games;
    double low, high;
  };
  for (const Row& row : {Row{81, 263, 0.2553, 0.3662}, Row{15, 148, 0.0624, 0.1605},
                         Row{0, 20, 0.0, 0.1611}, Row{1, 29, 0.0061, 0.1718}}) {
    INFO(row.wins << " of " << row.games);
    const Interval ci = wilson(static_cast<double>(row.wins) / row.games, row.games);
    CHECK(ci.low == Approx(row.low).margin(0.00006));
    CHECK(ci.high == Approx(row.high).margin(0.00006));
  }
  CHECK(wilson(0.5, 0).low == 0);
  CHECK(wilson(0.5, 0).high == 1);
}

TEST_CASE("statistics: Elo as in FIDE's table of expected scores") {
  // Differences at which the logistic curve gives these scores.
  CHECK(elo(0.5) == Approx(0).margin(1e-12));
  CHECK(elo(0.64) == Approx(99.95).margin(0.01));
  CHECK(elo(0.75) == Approx(190.85).margin(0.01));
  CHECK(elo(10.0 / 11) == Approx(400));
  CHECK(expected_score(400) == Approx(10.0 / 11));
  CHECK(expected_score(-100) == Approx(1 - expected_score(100)));
  CHECK((std::isinf(elo(1)) && elo(1) > 0));
  CHECK((std::isinf(elo(0)) && elo(0) < 0));
}

TEST_CASE("statistics: a draw is half a win") {
  CHECK(Tally{1, 2, 1}.score() == 0.5);
  CHECK(Tally{3, 2, 0}.score() == Approx(0.8));
  CHECK(Tally{}.score() == 0.5);
}

TEST_CASE("statistics: SPRT") {
  const Sprt sprt{.elo0 = 0, .elo1 = 10};
  CHECK(sprt.upper() == Approx(2.9444).margin(0.0001));  // ln 19
  CHECK(sprt.lower() == Approx(-2.9444).margin(0.0001));
  // By hand: s1 = 0.514387; 100 · 0.014387 · (1.2 - 1.014387) / (2 · 0.24) = 0.5563.
  CHECK(sprt.llr({60, 0, 40}) == Approx(0.5563).margin(0.0002));
  // With draws: mean 0.6, variance (50 + 5)/100 - 0.36 = 0.19.
  CHECK(sprt.llr({50, 20, 30}) == Approx(0.5563 * 0.24 / 0.19).margin(0.0003));
  CHECK(sprt.llr({}) == 0);
  CHECK(sprt.llr({5, 0, 0}) == 0);
  CHECK(sprt.verdict({400, 0, 200}) == "H1");
  CHECK(sprt.verdict({200, 0, 400}) == "H0");
  CHECK(sprt.verdict({12, 0, 10}) == "");
  // Seen from the other side, the same test.
  const Sprt mirrored{.elo0 = 0, .elo1 = -10};
  CHECK(mirrored.llr({40, 0, 60}) == Approx(sprt.llr({60, 0, 40})));
}

}  // namespace ponnuki::selfplay
