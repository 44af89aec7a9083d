// Outside truth: numbers of legal positions and of games on tiny boards, from Tromp and Farnebäck,
// "Combinatorics of Go" (2007), tables of L(m,n) and of the number of games under positional
// superko with suicide.
#include <catch2/catch.hpp>

#include "engine/position.h"
#include "tests/engine/enumeration.h"

using namespace ponnuki;

TEST_CASE("The numbers of legal positions on tiny boards are the published ones") {
  CHECK(count_legal_boards({1, 1}) == 1);
  CHECK(count_legal_boards({2, 1}) == 5);
  CHECK(count_legal_boards({3, 1}) == 15);
  CHECK(count_legal_boards({4, 1}) == 41);
  CHECK(count_legal_boards({1, 5}) == 113);
  CHECK(count_legal_boards({2, 2}) == 57);
  CHECK(count_legal_boards({3, 2}) == 489);
  CHECK(count_legal_boards({2, 4}) == 4125);
  CHECK(count_legal_boards({3, 3}) == 12675);
}

TEST_CASE("The numbers of whole games on tiny boards are the published ones") {
  Rules rules;
  rules.ko = KoRule::kPositional;
  rules.multi_stone_suicide = true;
  CHECK(count_games(Position({1, 1}, rules)) == 1);
  CHECK(count_games(Position({2, 1}, rules)) == 9);
  CHECK(count_games(Position({1, 3}, rules)) == 907);
}

TEST_CASE("The game graph of a tiny board has as many games as move by move play") {
  CHECK(count_paths(GameGraph({1, 1})) == 1);
  CHECK(count_paths(GameGraph({1, 2})) == 9);
  CHECK(count_paths(GameGraph({3, 1})) == 907);
}

TEST_CASE("As many lines of play as on the naive board, under each rule") {
  for (const KoRule ko : {KoRule::kSimple, KoRule::kPositional, KoRule::kSituational}) {
    for (const bool suicide : {false, true}) {
      Rules rules;
      rules.ko = ko;
      rules.multi_stone_suicide = suicide;
      CAPTURE(static_cast<int>(ko), suicide);
      const auto same = [&](BoardSize size, int depth) {
        return count_lines(Position(size, rules), depth) ==
               count_lines(naive::NaiveBoard(size, rules), depth);
      };
      CHECK(same({2, 1}, 12));
      CHECK(same({1, 3}, 8));
      CHECK(same({2, 2}, 6));
      CHECK(same({3, 2}, 4));
    }
  }
}
