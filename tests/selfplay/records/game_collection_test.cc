// Beginnings of the games of a collection.
#include "selfplay/records/game_collection.h"

#include <catch2/catch.hpp>
#include <set>

namespace ponnuki::selfplay {
namespace {

using Cells = std::vector<std::uint16_t>;

GameCollection collection(const std::vector<std::string>& records) {
  GameCollection games;
  for (const std::string& record : records) {
    const auto tree = sgf::parse_sgf(record);
    REQUIRE(tree);
    auto game = read_played_game(*tree, tree->roots().front(), Rules{});
    REQUIRE(game);
    games.add(std::move(*game));
  }
  return games;
}

std::set<Cells> beginnings(const GameCollection& games, BoardSize size) {
  Random random(1);
  std::set<Cells> found;
  for (int i = 0; i < 300; ++i) found.insert(random_beginning(games, size, random));
  return found;
}

}  // namespace

TEST_CASE("Beginnings of records: up to every move, of games on the board alone") {
  const auto games = collection({"(;SZ[9];B[aa];W[ba];B[ca])", "(;SZ[13];B[ab];W[bb])"});
  CHECK(beginnings(games, {9, 9}) == std::set<Cells>{{}, {0}, {0, 1}});
  CHECK(beginnings(games, {13, 13}) == std::set<Cells>{{}, {13}});
  CHECK(beginnings(games, {19, 19}) == std::set<Cells>{{}});
}

TEST_CASE("Beginnings of records: not from handicap or setup, nor past a move out of turn") {
  const auto games = collection({"(;SZ[9]HA[2]AB[cc][gg];W[aa];B[ba])",
                                 "(;SZ[9]AW[cc];B[aa];W[ba])", "(;SZ[9];B[aa];B[ba];W[ca];B[da])"});
  CHECK(beginnings(games, {9, 9}) == std::set<Cells>{{}, {0}});
}

}  // namespace ponnuki::selfplay
