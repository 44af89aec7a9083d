// The rules of Gumbel search against mctx's tables and the paper's formulas, and the search on
// boards where the answer is known.
#include "engine/search/gumbel.h"

#include <catch2/catch.hpp>
#include <cmath>

namespace ponnuki::search {
namespace {

using Sequence = std::vector<int>;

}  // namespace

TEST_CASE("Sequential halving: visits that moves must have, as mctx counts them") {
  // The tables of mctx/_src/tests/seq_halving_test.py.
  CHECK(considered_visits(8, 24) ==
        Sequence{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6});
  CHECK(considered_visits(8, 47) == Sequence{0,  0,  0,  0,  0,  0,  0,  0,  1,  1,  1,  1,
                                             2,  2,  2,  2,  3,  3,  3,  3,  4,  4,  5,  5,
                                             6,  6,  7,  7,  8,  8,  9,  9,  10, 10, 11, 11,
                                             12, 12, 13, 13, 14, 14, 15, 15, 16, 16, 17});
  CHECK(considered_visits(8, 2) == Sequence{0, 0});
  CHECK(considered_visits(8, 13) == Sequence{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2});
  CHECK(considered_visits(7, 24) ==
        Sequence{0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8});
  for (const int considered : {0, 1})
    CHECK(considered_visits(considered, 4) == Sequence{0, 1, 2, 3});
}

TEST_CASE("Unvisited moves are worth a mixture of the node's own value and its visited moves'") {
  std::vector<GumbelMove> moves(3);
  CHECK(mixed_value(moves, 0.4) == 0.4);
  moves[0] = {.logit = std::log(0.5F), .visits = 2, .value = 0.8};
  moves[1] = {.logit = std::log(0.25F), .visits = 1, .value = 0.2};
  moves[2] = {.logit = std::log(0.25F)};
  const double of_visited = (0.5 * 0.8 + 0.25 * 0.2) / 0.75;
  CHECK(mixed_value(moves, 0.4) == Approx((0.4 + 3 * of_visited) / 4));
}

TEST_CASE("The improved policy adds scaled values to the logits") {
  std::vector<GumbelMove> moves(2);
  moves[0] = {.logit = 1, .visits = 3, .value = 0.5};
  moves[1] = {.logit = 1, .visits = 1, .value = 0.6};
  const std::vector<float> policy = improved_policy(moves, 0.5, {.visits = 50, .value = 0.1});
  const double better = std::exp(0.1 * 53 * 0.1);
  CHECK(policy[1] == Approx(better / (1 + better)));
  CHECK(policy[0] + policy[1] == Approx(1));
  CHECK(improved_policy(moves, 0.5, {.value = 0})[0] == Approx(0.5));
}

TEST_CASE(
    "The root looks at moves of the right number of visits only, the rest follows the policy") {
  std::vector<GumbelMove> moves(3);
  moves[0] = {.logit = 0, .visits = 1, .value = 0.9, .noise = 0};
  moves[1] = {.logit = 0, .visits = 0, .noise = 0.1F};
  moves[2] = {.logit = 0, .visits = 0, .noise = 0.2F};
  CHECK(choose_at_root(moves, 0, 0.5, {}) == 2);
  CHECK(choose_at_root(moves, 1, 0.5, {}) == 0);
  // Visits in proportion to a policy of 3/4 and 1/4.
  std::vector<GumbelMove> two(2);
  two[0].logit = std::log(3.0F);
  for (int i = 0; i < 100; ++i) {
    GumbelMove& move = two[choose_inside(two, 0.5, {})];
    ++move.visits;
    move.value = 0.5;
  }
  CHECK(two[0].visits == 75);
}

}  // namespace ponnuki::search
