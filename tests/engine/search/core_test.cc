#include "engine/search/core.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>
#include <vector>

#include "engine/random.h"

using namespace ponnuki;

namespace {

/// Priors with ties, zeros and illegal moves among them.
std::vector<float> some_policy(std::size_t moves, Random& random) {
  std::vector<float> policy(moves);
  for (float& p : policy) {
    const std::uint32_t kind = random.below(4);
    p = kind == 0 ? -1.0F : kind == 1 ? 0.0F : static_cast<float>(random.below(50)) / 50;
  }
  return policy;
}

std::vector<std::size_t> ranked_naively(const std::vector<float>& policy) {
  std::vector<std::size_t> cells;
  for (std::size_t i = 0; i < policy.size(); ++i) {
    if (policy[i] >= 0) cells.push_back(i);
  }
  std::stable_sort(cells.begin(), cells.end(),
                   [&](std::size_t a, std::size_t b) { return policy[a] > policy[b]; });
  return cells;
}

}  // namespace

TEST_CASE("Moves are ranked by prior, then by cell") {
  Random random(1);
  for (const BoardSize size :
       {BoardSize{2, 2}, BoardSize{5, 3}, BoardSize{9, 9}, BoardSize{19, 19}, BoardSize{25, 25}}) {
    for (const int most : {1, search::kKeptCandidates, 32, kMaxArea + 1}) {
      CAPTURE(int{size.width}, int{size.height}, most);
      const auto policy = some_policy(static_cast<std::size_t>(size.area()) + 1, random);
      const auto expected = ranked_naively(policy);
      search::RankedMoves ranked;
      search::rank_candidates(policy, size, most, ranked);
      CHECK(ranked.legal == static_cast<int>(expected.size()));
      REQUIRE(ranked.moves().size() == std::min(expected.size(), static_cast<std::size_t>(most)));
      for (std::size_t i = 0; i < ranked.moves().size(); ++i) {
        const search::Candidate& c = ranked.moves()[i];
        CHECK(c.move.cell(size) == static_cast<int>(expected[i]));
        CHECK(c.prior.value() == search::PackedPrior(policy[expected[i]]).value());
      }
    }
  }
}

namespace {

struct NoEvaluator final : Evaluator {
  void evaluate(std::span<const EvalRequest>) override {}
  std::string name() const override { return "none"; }
};

search::OwnValue value_of(float win_loss) {
  search::OwnValue v;
  v.win_loss = win_loss;
  return v;
}

/// A node with one child.
struct Family {
  Family() : core(evaluator, search::SearchParams{}) {
    core.utility = search::UtilityModel(core.params, {9, 9}, 0, false);
    parent = core.tree.create({Color::kBlack, false, 0});
    child = core.tree.create({Color::kWhite, false, 0});
    const search::OwnValue own = value_of(0.5F);
    search::add_leaf_value(core, node(), own, false);
    search::Node& node = this->node();
    const search::SpinLockGuard lock(node.lock);
    node.own = own;
    core.tree.add_edge(node, {child, 0, Point::at(0, 0), search::PackedPrior(1)});
  }
  search::Node& node() { return core.tree.node(parent); }
  /// A visit that goes through the parent to the child and finds this there.
  void visit(float win_loss) {
    const search::LeafValue leaf =
        search::add_leaf_value(core, core.tree.node(child), value_of(win_loss), false);
    search::Node& node = this->node();
    const search::SpinLockGuard lock(node.lock);
    ++node.edges()[0].visits;
    search::add_visit(core, node, leaf, scratch);
  }
  NoEvaluator evaluator;
  search::SearchCore core;
  search::NodeId parent, child;
  std::vector<search::WeighedChild> scratch;
};

}  // namespace

TEST_CASE("A visit counts at once, whether children are weighed anew or not") {
  Family family;
  Random random(3);
  double sum = 0.5;
  for (int visits = 2; visits <= 5000; ++visits) {
    const auto value = static_cast<float>(2 * random.uniform() - 1);
    sum += static_cast<double>(value);
    family.visit(value);
    const search::NodeStats s = family.node().stats.load();
    REQUIRE(s.visits == static_cast<std::uint32_t>(visits));
    REQUIRE(s.weight == Approx(visits));
    // One child: its weight cannot shift, so that the average is plain at every visit.
    REQUIRE(s.win_loss == Approx(sum / visits).margin(1e-4));
  }
}

TEST_CASE("What a node missed is made up for within a hundredth of its visits") {
  Family family;
  for (int i = 0; i < 1000; ++i) family.visit(0);
  // Behind the parent's back: averages of the child that no leaf tells.
  search::NodeStats child = family.core.tree.node(family.child).stats.load();
  child.win_loss = 1;
  family.core.tree.node(family.child).stats.store(child);
  int visits = 0;
  while (family.node().stats.load().win_loss < 0.9F) {
    family.visit(0);
    REQUIRE(++visits <= 10);
  }
}
