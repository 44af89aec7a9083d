// The differences of evaluations, on numbers made by hand.
#include "cli/bench/precision_error.h"

#include <catch2/catch.hpp>
#include <cmath>

namespace ponnuki::cli {
namespace {

Evaluation evaluation(float win, float lead, std::vector<float> policy) {
  Evaluation result;
  result.win = win;
  result.loss = 1 - win;
  result.lead = lead;
  result.policy = std::move(policy);
  return result;
}

TEST_CASE("Evaluations do not differ from themselves") {
  const std::vector<Evaluation> some = {evaluation(0.25F, 3, {0.5F, -1, 0.5F}),
                                        evaluation(1, -20, {0, 0, 1})};
  const PrecisionError error = compare(some, some);
  CHECK(error.policy_kl == 0);
  CHECK(error.winrate_most == 0);
  CHECK(error.lead_most == 0);
  CHECK(error.same_move == 100);
  CHECK(compare({}, {}).same_move == 0);
}

TEST_CASE("Differences are means and greatest ones over the positions, without signs") {
  const std::vector<Evaluation> exact = {evaluation(0.5F, 1, {0.75F, 0.25F, -1}),
                                         evaluation(0.5F, 1, {0.75F, 0.25F, -1})};
  const std::vector<Evaluation> other = {evaluation(0.75F, 0, {0.5F, 0.5F, -1}),
                                         evaluation(0.375F, 1.5F, {0.25F, 0.75F, -1})};
  const PrecisionError error = compare(exact, other);
  const double first = 0.75 * std::log(1.5) + 0.25 * std::log(0.5);
  const double second = 0.75 * std::log(3) + 0.25 * std::log(1.0 / 3);
  CHECK(error.policy_kl == Approx((first + second) / 2));
  CHECK(error.winrate_mean == Approx((25 + 12.5) / 2));
  CHECK(error.winrate_most == Approx(25));
  CHECK(error.lead_mean == Approx(0.75));
  CHECK(error.lead_most == Approx(1));
  CHECK(error.same_move == Approx(50));  // of two equal ones the first counts
}

TEST_CASE("Winrates count games without result as half won") {
  std::vector<Evaluation> exact = {evaluation(0.5F, 0, {1})}, other = exact;
  other[0].win = other[0].loss = 0.25F;
  other[0].no_result = 0.5F;
  CHECK(compare(exact, other).winrate_most == 0);
}

TEST_CASE("A move that the other precision rules out costs much, but not without end") {
  const std::vector<Evaluation> exact = {evaluation(0.5F, 0, {0.5F, 0.5F})},
                                other = {evaluation(0.5F, 0, {1, 0})};
  const double kl = compare(exact, other).policy_kl;
  CHECK(kl > 40);
  CHECK(std::isfinite(kl));
  CHECK(compare(other, exact).policy_kl == Approx(std::log(2)));  // 0 log 0 is 0
}

}  // namespace
}  // namespace ponnuki::cli
