#include "engine/search/choose.h"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace ponnuki;

namespace {

search::ChoiceMove move(int x, std::uint32_t visits, double prior, double utility) {
  search::ChoiceMove m;
  m.move = Point::at(x, 0);
  m.prior = prior;
  m.edge_visits = visits;
  m.stats.visits = visits;
  m.stats.weight = m.stats.weight_square = static_cast<float>(visits);
  m.stats.utility = static_cast<float>(utility);
  m.stats.utility_square = static_cast<float>(utility * utility + 0.04);
  m.self_utility = utility;
  return m;
}

search::ParentView root_of(const std::vector<search::ChoiceMove>& moves) {
  search::ParentView parent;
  parent.is_root = true;
  parent.to_move = Color::kWhite;
  parent.stats.visits = 1;
  parent.stats.weight = 1;
  for (const search::ChoiceMove& m : moves) {
    parent.stats.visits += m.stats.visits;
    parent.stats.weight += m.stats.weight;
  }
  parent.stats.utility_square = 0.1F;
  return parent;
}

void choose(std::vector<search::ChoiceMove>& moves, const search::SearchParams& params) {
  for (search::ChoiceMove& m : moves) search::set_lcb(m, 1.4, params);
  search::set_selection_values(moves, root_of(moves), params);
}

std::size_t best(const std::vector<search::ChoiceMove>& moves) {
  const auto less = [](const search::ChoiceMove& a, const search::ChoiceMove& b) {
    return a.value < b.value;
  };
  return static_cast<std::size_t>(std::max_element(moves.begin(), moves.end(), less) -
                                  moves.begin());
}

}  // namespace

TEST_CASE("The lower confidence bound rises with visits and falls with spread") {
  const search::SearchParams params;
  search::ChoiceMove few = move(0, 10, 0.1, 0.2), many = move(0, 1000, 0.1, 0.2);
  search::set_lcb(few, 1.4, params);
  search::set_lcb(many, 1.4, params);
  CHECK(few.lcb < many.lcb);
  CHECK(many.lcb < 0.2);
  CHECK(many.radius == Approx(5 * std::sqrt(0.04 / 1000)).epsilon(0.05));
  search::ChoiceMove wild = many;
  wild.stats.utility_square += 0.3F;
  search::set_lcb(wild, 1.4, params);
  CHECK(wild.lcb < many.lcb);
  search::ChoiceMove none = move(0, 0, 0.1, 0);
  search::set_lcb(none, 1.4, params);
  CHECK(none.lcb == Approx(-14));
}

TEST_CASE("Visits decide, a better bound overtakes them, if it rests on enough visits") {
  search::SearchParams params;
  SECTION("equal values") {
    std::vector<search::ChoiceMove> moves{move(0, 300, 0.4, 0.1), move(1, 200, 0.4, 0.1)};
    choose(moves, params);
    CHECK(best(moves) == 0);
  }
  SECTION("a clearly better move with fewer visits") {
    std::vector<search::ChoiceMove> moves{move(0, 300, 0.6, 0.0), move(1, 200, 0.1, 0.4)};
    choose(moves, params);
    CHECK(best(moves) == 1);
    params.lcb_selection = false;
    choose(moves, params);
    CHECK(best(moves) == 0);
  }
  SECTION("a lucky move with hardly any visits") {
    std::vector<search::ChoiceMove> moves{move(0, 300, 0.6, 0.0), move(1, 12, 0.1, 0.9)};
    choose(moves, params);
    CHECK(best(moves) == 0);
  }
}

TEST_CASE("Visits that only exploration explains are taken off") {
  search::SearchParams params;
  params.lcb_selection = false;
  std::vector<search::ChoiceMove> moves{move(0, 300, 0.3, 0.3), move(1, 100, 0.3, -0.6)};
  choose(moves, params);
  CHECK(moves[0].value == Approx(300));
  CHECK(moves[1].value < 60);
}

TEST_CASE("Illegal moves are never chosen, moves hardly visited are pruned") {
  const search::SearchParams params;
  std::vector<search::ChoiceMove> moves{move(0, 300, 0.3, 0.3), move(1, 400, -1, 0.9),
                                        move(2, 1, 0.01, 0)};
  choose(moves, params);
  CHECK(best(moves) == 0);
  CHECK(moves[1].value == 0);
}

TEST_CASE("Temperature picks in proportion, cold picks the best") {
  Random random(1);
  const std::vector<double> values{1, 3, 0, 6};
  std::vector<int> count(4);
  for (int i = 0; i < 10000; ++i) ++count[search::pick_with_temperature(values, 1, 1, random)];
  CHECK(count[0] == Approx(1000).margin(150));
  CHECK(count[1] == Approx(3000).margin(250));
  CHECK(count[2] == 0);
  CHECK(count[3] == Approx(6000).margin(250));
  for (int i = 0; i < 100; ++i) CHECK(search::pick_with_temperature(values, 0, 1, random) == 3);
}
