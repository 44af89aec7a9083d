// Games and reviews for tests, made from texts.
#pragma once

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "engine/coord.h"
#include "review/game_review.h"

namespace ponnuki::test {

inline std::shared_ptr<const sgf::SgfTree> sgf_of(const std::string& text) {
  auto sgf = sgf::parse_sgf(text);
  REQUIRE(sgf.ok());
  return std::make_shared<sgf::SgfTree>(std::move(*sgf));
}

inline Result<review::GameTree> read_game(const std::string& text, bool with_variations = false,
                                          const review::RecordRules& rules = {}) {
  const auto sgf = sgf_of(text);
  return review::GameTree::read(sgf, sgf->roots().front(), rules, with_variations);
}

/// A possible result of a search: Black's winrate and lead, and the moves, best first, each with
/// the winrate and lead of the position.
inline review::Assessment assessment(double winrate, double lead,
                                     const std::vector<std::string>& moves, BoardSize size) {
  review::Assessment a;
  a.visits = a.effort.visits = 100;
  a.winrate = winrate;
  a.lead = lead;
  for (const std::string& move : moves) {
    review::AssessedMove candidate;
    candidate.move = *parse_gtp_vertex(move, size);
    candidate.visits = 50;
    candidate.winrate = winrate;
    candidate.lead = lead;
    candidate.prior = 0.25;
    candidate.pv = {candidate.move};
    a.moves.push_back(candidate);
  }
  return a;
}

struct Said {
  double winrate, lead;
  std::vector<std::string> moves = {};
};
/// A review with the given assessments, in the order of the tree's nodes.
inline review::GameReview review_of(const std::string& text, const std::vector<Said>& said,
                                    bool with_variations = false) {
  auto tree = read_game(text, with_variations);
  REQUIRE(tree.ok());
  REQUIRE(tree->nodes().size() == said.size());
  review::GameReview review{"game.sgf", "a judge", std::move(*tree), {}};
  for (const Said& s : said)
    review.assessments.push_back(assessment(s.winrate, s.lead, s.moves, review.tree.size()));
  return review;
}

}  // namespace ponnuki::test
