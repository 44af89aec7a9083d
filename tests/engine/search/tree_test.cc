#include "engine/search/tree.h"

#include <catch2/catch.hpp>
#include <set>

#include "engine/random.h"
#include "engine/search/value_bias.h"

using namespace ponnuki;

namespace {

void add_edge(search::Tree& tree, search::NodeId parent, const search::Edge& edge) {
  search::Node& node = tree.node(parent);
  const search::SpinLockGuard lock(node.lock);
  tree.add_edge(node, edge);
}

}  // namespace

TEST_CASE("A prior keeps eleven bits") {
  for (const float p : {1.0F, 0.5F, 0.123F, 0.0007F, 1e-6F})
    CHECK(search::PackedPrior(p).value() == Approx(p).epsilon(1.0 / 2048));
  CHECK(search::PackedPrior(0).value() == 0);
  CHECK(search::PackedPrior(-1).value() < 0);
  CHECK(search::PackedPrior().value() < 0);
}

TEST_CASE("Edges keep their order and content as they grow") {
  search::Tree tree;
  const search::NodeId root = tree.create();
  for (int i = 0; i < 400; ++i)
    add_edge(tree, root,
             {static_cast<search::NodeId>(i), 7U, Point::from_index(i), search::PackedPrior(0.5F)});
  const search::Node& node = tree.node(root);
  const search::SpinLockGuard lock(node.lock);
  REQUIRE(node.edge_count == 400);
  for (std::size_t i = 0; i < 400; ++i) {
    const search::Edge& edge = node.edges()[i];
    CHECK(edge.child == static_cast<search::NodeId>(i));
    CHECK(edge.move.index() == static_cast<int>(i));
  }
}

TEST_CASE("A key names one node, whoever asks") {
  search::Tree tree;
  std::set<search::NodeId> names;
  for (int round = 0; round < 2; ++round) {
    for (std::uint64_t key = 1; key <= 5000; ++key)
      names.insert(tree.find_or_create(key * 0x9e3779b97f4a7c15ULL, {}));
  }
  CHECK(names.size() == 5000);
  CHECK(tree.size() == 5000);
}

TEST_CASE("Collecting frees what the root does not reach, and nothing else") {
  search::Tree tree;
  const auto child = [&](search::NodeId parent, std::uint64_t key) {
    const search::NodeId id = tree.find_or_create(key, {});
    add_edge(tree, parent, {id, 1, Point::pass(), search::PackedPrior(0.1F)});
    return id;
  };
  const search::NodeId root = tree.create();
  const search::NodeId left = child(root, 11), right = child(root, 12);
  const search::NodeId shared = child(left, 13);
  child(right, 13);  // a transposition
  const search::NodeId lonely = child(right, 14);
  child(shared, 11);  // a cycle back to left
  REQUIRE(tree.size() == 5);

  std::set<search::NodeId> freed;
  tree.collect(left, [&](search::Node& node) {
    freed.insert(node.key == 12 ? right : node.key == 14 ? lonely : root);
  });
  CHECK(freed == std::set<search::NodeId>{root, right, lonely});
  CHECK(tree.size() == 2);
  CHECK(tree.find_or_create(13, {}) == shared);
  CHECK(tree.find_or_create(11, {}) == left);
  CHECK(tree.size() == 2);
  tree.find_or_create(14, {});
  CHECK(tree.size() == 3);
}

TEST_CASE("Memory of freed nodes is used again") {
  search::Tree tree;
  std::size_t bytes = 0;
  for (int round = 0; round < 20; ++round) {
    const search::NodeId root = tree.create();
    for (std::uint64_t key = 1; key <= 20000; ++key) {
      const search::NodeId id = tree.find_or_create(splitmix64(key), {});
      add_edge(tree, id, {root, 1, Point::pass(), search::PackedPrior(0.1F)});
    }
    tree.collect(root, [](search::Node&) {});
    if (round == 0) bytes = tree.bytes();
  }
  CHECK(tree.size() == 1);
  CHECK(tree.bytes() <= bytes + bytes / 10);
}

TEST_CASE("Local situations share their bias whatever stands far away") {
  const auto key = [](const char* diagram, int x, int y) {
    return search::value_bias_key(*Board::parse(diagram), Point::at(0, 8), Point::at(x, y),
                                  Color::kBlack);
  };
  const char* here = R"(
    . . . . . . . . .
    . . . . . . . . .
    . . X O . . . . .
    . . . . . . . . .
    . . . . . . . . .
    . . . . . . . . .
    . . . . . . . . .
    . . . . . . . . .
    . . . . . . . . .)";
  std::string far = here;
  far[far.rfind('.')] = 'X';
  std::string near = here;
  near[near.find('O')] = 'X';
  CHECK(key(here, 3, 3) == key(far.c_str(), 3, 3));
  CHECK(key(here, 3, 3) != key(near.c_str(), 3, 3));
  CHECK(key(here, 3, 3) != key(here, 4, 3));
  CHECK(search::value_bias_key(*Board::parse(here), Point::at(0, 8), Point::pass(),
                               Color::kBlack) == 0);
}

TEST_CASE("The bias table averages, forgets what is not used and keeps the rest") {
  search::ValueBiasTable table;
  for (std::uint64_t key = 1; key <= 3000; ++key) table.add(key * 0x9e3779b97f4a7c15ULL, {0.5F, 2});
  const std::uint64_t one = 0x9e3779b97f4a7c15ULL;
  table.add(one, {0.5F, 2});
  CHECK(table.get(one).bias() == Approx(0.25));
  CHECK(table.get(99).bias() == 0);
  table.keep_only({one, one});
  CHECK(table.get(one).weight == 4);
  CHECK(table.get(2 * one).weight == 0);
}
