#include "engine/search/puct.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/search/child_weights.h"
#include "engine/search/score_value.h"
#include "engine/search/utility.h"

using namespace ponnuki;

namespace {

search::NodeStats stats(std::uint32_t visits, double utility, double utility_square) {
  search::NodeStats s;
  s.visits = visits;
  s.weight = s.weight_square = static_cast<float>(visits);
  s.utility = static_cast<float>(utility);
  s.utility_square = static_cast<float>(utility_square);
  return s;
}

}  // namespace

TEST_CASE("The score value is odd, saturates, and is the curve itself without spread") {
  CHECK(search::expected_score_value(0, 10, 18) == Approx(0).margin(1e-9));
  for (const double mean : {0.3, 4.0, 25.0, 90.0}) {
    CHECK(search::expected_score_value(mean, 0, 18) ==
          Approx(2 / M_PI * std::atan(mean / 18)).margin(2e-4));
    CHECK(search::expected_score_value(-mean, 7, 18) ==
          Approx(-search::expected_score_value(mean, 7, 18)));
    CHECK(search::expected_score_value(mean, 20, 18) < search::expected_score_value(mean, 1, 18));
  }
  CHECK(search::expected_score_value(1e6, 3, 18) > 0.95);
  CHECK(search::expected_score_value(5, 1e6, 18) == Approx(0).margin(0.01));
}

TEST_CASE("The score value agrees with an integration by brute force") {
  for (const auto& [mean, stdev] : {std::pair{3.0, 9.0}, {40.0, 30.0}, {-12.0, 100.0}}) {
    double sum = 0, weight = 0;
    for (int step = -8000; step <= 8000; ++step) {
      const double z = step / 1000.0;
      const double w = std::exp(-z * z / 2);
      sum += w * 2 / M_PI * std::atan((mean + z * stdev) / 9);
      weight += w;
    }
    CHECK(search::expected_score_value(mean, stdev, 9) == Approx(sum / weight).margin(1e-3));
  }
}

TEST_CASE("The score centre lies between the expected score and zero, not too far from either") {
  const search::SearchParams params;
  CHECK(search::score_center(10, {19, 19}, params) == Approx(8));
  CHECK(search::score_center(-10, {19, 19}, params) == Approx(-8));
  CHECK(search::score_center(100, {9, 9}, params) == Approx(100 - 0.75 * 9));
}

TEST_CASE("Evaluations with large short-term errors weigh less, unknown ones weigh 1") {
  const search::SearchParams params;
  CHECK(search::uncertainty_weight(0, 0, 0.01, params) == 1);
  CHECK(search::uncertainty_weight(0.1, 2, 0.01, params) >
        search::uncertainty_weight(0.2, 2, 0.01, params));
  CHECK(search::uncertainty_weight(1e-9, 0, 0.01, params) == Approx(8).epsilon(1e-3));
}

TEST_CASE("Exploration falls with a child's weight and grows with its prior") {
  const search::SearchParams params;
  const double scale = search::exploration_scale(100, 1, params);
  CHECK(scale == Approx((1 + 0.45 * std::log(600.0 / 500)) * std::sqrt(100.01)));
  CHECK(search::selection_value(scale, 0.2, 5, 0) == Approx(scale * 0.2 / 6));
  CHECK(search::selection_value(scale, 0.2, 5, 0) > search::selection_value(scale, 0.2, 6, 0));
  CHECK(search::selection_value(scale, 0.3, 5, 0) > search::selection_value(scale, 0.2, 5, 0));
  CHECK(search::selection_value(scale, -1, 0, 1) < -1e40);
}

TEST_CASE("weight_for_selection_value inverts selection_value") {
  for (const double weight : {0.0, 1.0, 17.5}) {
    const double value = search::selection_value(12, 0.1, weight, -0.3);
    CHECK(search::weight_for_selection_value(value, 12, 0.1, -0.3) == Approx(weight).margin(1e-9));
  }
  CHECK(search::weight_for_selection_value(5, 1, 0.1, 0) == 0);
  CHECK(search::weight_for_selection_value(0.2, 1, 0.1, 0.5) > 1e50);
}

TEST_CASE("Exploration widens where utilities vary and narrows where they agree") {
  const search::SearchParams params;
  CHECK(search::utility_stdev_factor(stats(1, 0.2, 0.04), params) == Approx(1));
  CHECK(search::utility_stdev_factor(stats(500, 0.0, 0.0), params) < 0.3);
  CHECK(search::utility_stdev_factor(stats(500, 0.0, 0.16), params) == Approx(1).epsilon(0.01));
  CHECK(search::utility_stdev_factor(stats(500, 0.0, 0.64), params) > 1.5);
}

TEST_CASE("First-play urgency: own value first, the average later, less a reduction") {
  const search::SearchParams params;
  search::ParentView parent;
  parent.stats = stats(50, 0.4, 0.2);
  parent.own_utility = -0.2;
  parent.to_move = Color::kWhite;
  CHECK(search::fpu_utility(parent, 0, params) == Approx(-0.2));
  CHECK(search::fpu_utility(parent, 1, params) == Approx(0.4 - 0.2));
  parent.to_move = Color::kBlack;  // who likes low utilities
  CHECK(search::fpu_utility(parent, 1, params) == Approx(0.4 + 0.2));
  parent.is_root = true;
  CHECK(search::fpu_utility(parent, 1, params) == Approx(0.4 + 0.1));
}

TEST_CASE("Virtual losses make a child look worse for the player who would choose it") {
  const search::SearchParams params;
  search::ParentView parent;
  parent.utility_radius = 1.4;
  for (const Color player : {Color::kBlack, Color::kWhite}) {
    parent.to_move = player;
    search::ChildView child;
    child.virtual_losses = 2;
    child.weight = 4;
    child.utility = 0.1;
    search::apply_virtual_losses(child, parent, params);
    CHECK(child.weight == Approx(6));
    CHECK(search::for_player(child.utility, player) < search::for_player(0.1, player));
  }
}

namespace {

search::WeighedChild child(double weight, double prior, double utility) {
  search::WeighedChild c;
  c.stats = stats(static_cast<std::uint32_t>(weight), utility, utility * utility);
  c.prior = prior;
  c.weight = weight;
  c.self_utility = utility;
  return c;
}

}  // namespace

TEST_CASE("Noise pruning takes weight only from bad moves with more visits than their share") {
  const search::SearchParams params;
  std::vector<search::WeighedChild> good{child(50, 0.5, 0.1), child(50, 0.1, 0.2)};
  CHECK(search::prune_noise(good, 100, params) == Approx(100));
  std::vector<search::WeighedChild> modest{child(50, 0.5, 0.1), child(15, 0.1, -0.4)};
  CHECK(search::prune_noise(modest, 65, params) == Approx(65));
  std::vector<search::WeighedChild> noisy{child(50, 0.5, 0.1), child(50, 0.1, -0.4)};
  const double left = search::prune_noise(noisy, 100, params);
  CHECK(left < 80);
  CHECK(noisy[0].weight == 50);
  CHECK(noisy[1].weight > 20);
}

TEST_CASE("Weighing by value moves weight from bad children to good ones and keeps the sum") {
  const search::SearchParams params;
  std::vector<search::WeighedChild> children{child(100, 0.3, 0.5), child(100, 0.3, 0.4),
                                             child(100, 0.3, -0.5)};
  search::weigh_by_value(children, 300, params);
  CHECK(children[0].weight > children[1].weight);
  CHECK(children[1].weight > 100);
  CHECK(children[2].weight < 60);
  CHECK(children[0].weight + children[1].weight + children[2].weight == Approx(300));
}

TEST_CASE("Student's t with 3 degrees of freedom") {
  CHECK(search::student_t3_cdf(0) == Approx(0.5));
  CHECK(search::student_t3_cdf(2.353363) == Approx(0.95).margin(1e-4));
  CHECK(search::student_t3_cdf(-5.840909) == Approx(0.005).margin(1e-4));
  CHECK(search::student_t3_cdf(-1000) == 0);
  CHECK(search::student_t3_cdf(1000) == 1);
}
