// Positions of records, with variations.
#include "review/game_tree.h"

#include <catch2/catch.hpp>
#include <sstream>

#include "review/text.h"
#include "tests/support/reviews.h"

namespace ponnuki::review {
namespace {

/// "0: start | 1: B C3 <0 | …", with "!" where stones were set up before the move.
std::string nodes_text(const GameTree& tree) {
  std::ostringstream text;
  for (std::size_t i = 0; i < tree.nodes().size(); ++i) {
    const GameNode& node = tree.nodes()[i];
    text << (i > 0 ? " | " : "") << i << ": ";
    if (!node.move) {
      text << (i == 0 ? "start" : "setup");
      if (i > 0) text << " <" << node.parent;
      continue;
    }
    text << (node.continues ? "" : "!") << move_text(*node.move, tree.size()) << " <"
         << node.parent;
  }
  return text.str();
}

/// The walk sees what position() says, everywhere.
void check_walk(const GameTree& tree) {
  GameTree::Walk walk(tree);
  int node = 0;
  do {
    CHECK(walk.node() == node);
    CHECK(walk.position().board().to_diagram() == tree.position(node).board().to_diagram());
    CHECK(walk.position().evaluation_key() == tree.position(node).evaluation_key());
    ++node;
  } while (walk.advance());
  CHECK(node == static_cast<int>(tree.nodes().size()));
}

struct Case {
  const char* name;
  const char* sgf;
  bool with_variations;
  const char* nodes;
  int main_moves;
};
const Case kCases[] = {
    {"main line", "(;SZ[5];B[cc];W[bb];B[])", false,
     "0: start | 1: B C3 <0 | 2: W B4 <1 | 3: B pass <2", 3},
    {"no move at all", "(;SZ[5]C[empty])", true, "0: start", 0},
    {"variations left out", "(;SZ[5];B[cc](;W[bb];B[dd])(;W[dd]))", false,
     "0: start | 1: B C3 <0 | 2: W B4 <1 | 3: B D2 <2", 3},
    {"variations", "(;SZ[5];B[cc](;W[bb](;B[dd])(;B[db]))(;W[dd];B[bb]))", true,
     "0: start | 1: B C3 <0 | 2: W B4 <1 | 3: B D2 <2 | 4: B D4 <2 | 5: W D2 <1 | 6: B B4 <5", 3},
    {"a variation of the first move", "(;SZ[5](;B[cc])(;B[dd];W[cc]))", true,
     "0: start | 1: B C3 <0 | 2: B D2 <0 | 3: W C3 <2", 1},
    {"a comment between", "(;SZ[5];B[cc];C[hm](;W[bb])(;C[or];W[dd]))", true,
     "0: start | 1: B C3 <0 | 2: W B4 <1 | 3: W D2 <1", 2},
    {"several moves in a node", "(;SZ[5];B[cc]W[bb];B[dd])", true,
     "0: start | 1: B C3 <0 | 2: W B4 <1 | 3: B D2 <2", 3},
    {"a setup on the way", "(;SZ[5];B[cc];AB[bb];W[dd];B[db])", true,
     "0: start | 1: B C3 <0 | 2: !W D2 <1 | 3: B D4 <2", 3},
    {"a setup after the root", "(;SZ[5];AB[bb]AW[dd];B[cc])", true, "0: start | 1: B C3 <0", 1},
    {"setups after the root", "(;SZ[5];AB[bb];AW[dd];PL[W];W[cc])", true, "0: start | 1: W C3 <0",
     1},
    {"setups only", "(;SZ[5];AB[bb];C[white];AW[dd];PL[W])", true,
     "0: start | 1: setup <0 | 2: setup <1", 0},
    {"problems as variations", "(;SZ[5](;AB[bb]AW[dd];B[cc])(;AB[bb];AW[ee]))", true,
     "0: start | 1: B C3 <0 | 2: setup <0 | 3: setup <2", 1},
    {"a setup at the end", "(;SZ[5];B[cc];AW[bb];C[end])", true,
     "0: start | 1: B C3 <0 | 2: setup <1", 1},
    {"a setup that changes nothing", "(;SZ[5];B[cc];AB[cc];W[bb];AB[cc])", true,
     "0: start | 1: B C3 <0 | 2: W B4 <1", 2},
    {"a resignation as a move", "(;SZ[5];B[cc](;W[resign];B[aa])(;W[dd]))", true,
     "0: start | 1: B C3 <0 | 2: W D2 <1", 1},
    {"a variation with an illegal move", "(;SZ[5];B[cc](;W[bb])(;W[dd];B[dd];W[aa])(;W[aa]))", true,
     "0: start | 1: B C3 <0 | 2: W B4 <1 | 3: W A5 <1 | 4: W D2 <1", 2},
    {"a setup in the root", "(;SZ[5]AB[bb]AW[dd];B[cc])", true, "0: start | 1: B C3 <0", 1},
    {"a variation that begins with a setup", "(;SZ[5];B[cc](;W[bb])(;AW[dd];W[db]))", true,
     "0: start | 1: B C3 <0 | 2: W B4 <1 | 3: !W D4 <1", 2},
};

TEST_CASE("Game tree: positions of records") {
  for (const Case& c : kCases) {
    CAPTURE(c.name);
    const auto tree = test::read_game(c.sgf, c.with_variations);
    REQUIRE(tree.ok());
    CHECK(nodes_text(*tree) == c.nodes);
    CHECK(tree->main_moves() == c.main_moves);
    check_walk(*tree);
  }
}

TEST_CASE("Game tree: the rules of the record, unless others are asked for") {
  const char* const sgf = "(;SZ[5]RU[Japanese]KM[6.5];B[cc])";
  const auto own = test::read_game(sgf);
  REQUIRE(own.ok());
  CHECK(own->position(1).rules().scoring == ScoringRule::kTerritory);
  CHECK(own->info().rules.komi == 6.5F);

  RecordRules other;
  other.base.komi = 3;
  other.komi_given = true;
  const auto komi = test::read_game(sgf, false, other);
  CHECK(komi->position(1).rules().komi == 3);
  CHECK(komi->position(1).rules().scoring == ScoringRule::kTerritory);

  other = {};
  other.rules_given = true;
  const auto rules = test::read_game(sgf, false, other);
  CHECK(rules->position(1).rules().scoring == ScoringRule::kArea);
  CHECK(rules->info().rules.komi == 6.5F);
}

TEST_CASE("Game tree: what cannot be played names the move") {
  const auto taken = test::read_game("(;SZ[5];B[cc];W[cc])");
  REQUIRE_FALSE(taken.ok());
  CHECK(taken.error().message.find("move 2") != std::string::npos);
  CHECK(test::read_game("(;SZ[5];B[cc](;W[bb])(;W[cc]))").ok());  // not in the main line
}

TEST_CASE("Game tree: a variation is cut where a move cannot be played, and it is said") {
  const auto tree = test::read_game("(;SZ[5];B[cc](;W[bb])(;W[dd];B[dd])(;AB[xx];W[aa]))", true);
  REQUIRE(tree.ok());
  CHECK(tree->info().notes ==
        std::vector<std::string>{
            "a variation is cut: move 2 (byte 37): AB[xx] is not on the 5 board",
            "a variation is cut: move 3 (byte 29): black D2 is illegal: the point is not empty"});
  CHECK(tree->position(2).board().at(Point::at(1, 1)) == Color::kWhite);
}

TEST_CASE("Game tree: the player to move is the one who moves next in the record") {
  const auto tree = test::read_game("(;SZ[9]HA[2]RU[Chinese];B[cc];B[gg];W[ee];W[cg];B[gc])");
  REQUIRE(tree.ok());
  check_walk(*tree);
  std::string players;
  for (int node = 0; node <= tree->main_moves(); ++node)
    players += letter_of(tree->position(node).to_move());
  CHECK(players == "BBWWBW");
}

TEST_CASE("Game tree: setups without moves are positions") {
  const auto tree = test::read_game("(;GM[1]FF[4]SZ[9]KM[6.5];AB[ee];AW[gc];AB[cd];AW[gf]PL[B])");
  REQUIRE(tree.ok());
  REQUIRE(tree->nodes().size() == 5);
  const Position end = tree->position(tree->last_main_node());
  CHECK(end.board().stone_count() == 4);
  CHECK(end.to_move() == Color::kBlack);
  CHECK(tree->main_moves() == 0);
}

TEST_CASE("Game tree: the rules and komi that a record does not state are assumed") {
  const RecordRules given{Rules{}, true, true};
  CHECK(test::read_game("(;SZ[5])")->rules_are_assumed());
  CHECK(test::read_game("(;SZ[5]RU[house rules])")->rules_are_assumed());
  CHECK(test::read_game("(;SZ[5])")->komi_is_assumed());
  CHECK_FALSE(test::read_game("(;SZ[5]RU[JP]KM[0])")->rules_are_assumed());
  CHECK_FALSE(test::read_game("(;SZ[5]RU[JP]KM[0])")->komi_is_assumed());
  CHECK_FALSE(test::read_game("(;SZ[5])", false, given)->rules_are_assumed());
  CHECK_FALSE(test::read_game("(;SZ[5])", false, given)->komi_is_assumed());
}

}  // namespace
}  // namespace ponnuki::review
