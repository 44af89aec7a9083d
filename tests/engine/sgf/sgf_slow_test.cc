// Files as long as the longest collections: 50 MB in one game, and in many.
#include <catch2/catch.hpp>
#include <string>

#include "engine/sgf/sgf.h"

namespace ponnuki::sgf {
namespace {

constexpr std::size_t kBytes = 50'000'000;

std::string repeated(const std::string& piece, std::size_t bytes) {
  std::string text;
  text.reserve(bytes + piece.size() + 2);
  while (text.size() < bytes) text += piece;
  return text;
}

}  // namespace

TEST_CASE("SGF of 50 MB: one game of millions of moves") {
  const std::string text = "(;SZ[9]" + repeated(";B[dd]C[x];AE[dd];W[]", kBytes) + ")";
  auto tree = parse_sgf(text);
  REQUIRE(tree);
  const std::size_t rounds = (text.size() - 8) / 21;
  CHECK(tree->node_count() == 3 * rounds + 1);
  const auto again = parse_sgf(write_sgf(*tree));
  REQUIRE(again);
  CHECK(again->node_count() == tree->node_count());
  CHECK(replay_sgf(*tree, 0, Rules{}, 1000)->moves_played == 1000);
}

TEST_CASE("SGF of 50 MB: many games, and a last one that is torn") {
  std::string text = repeated("(;FF[4]SZ[9](;B[dd];W[ee])(;B[ff]))\n", kBytes);
  const auto tree = parse_sgf(text);
  REQUIRE(tree);
  CHECK(tree->roots().size() * 4 == tree->node_count());
  text += "(;B[aa]";
  const auto torn = parse_sgf(text);
  REQUIRE(torn);
  const auto notes = torn->notes(torn->roots().back());
  REQUIRE(notes.size() == 1);
  CHECK(notes[0].starts_with("byte " + std::to_string(text.size()) + ":"));
}

TEST_CASE("SGF of 50 MB: one value") {
  const auto tree = parse_sgf("(;C[" + repeated("\\]", kBytes) + "])");
  REQUIRE(tree);
  CHECK(tree->text(0, "C").size() == kBytes / 2);
}

}  // namespace ponnuki::sgf
