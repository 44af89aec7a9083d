// Ownership averaged over a tree: perspective, shares and mirror images.
#include <catch2/catch.hpp>

#include "engine/search/search.h"

namespace ponnuki::search {

namespace {

constexpr BoardSize kSize{3, 3};

/// Uniform priors, even chances; every stone owns its point.
class StonesOwn : public Evaluator {
 public:
  void evaluate(std::span<const EvalRequest> requests) override {
    for (const EvalRequest& request : requests) {
      const Position& position = *request.position;
      Evaluation& result = *request.result;
      result = Evaluation{};
      result.policy.assign(10, -1);
      int legal = 0;
      for (int cell = 0; cell <= 9; ++cell)
        legal += position.is_legal(Point::from_cell(cell, kSize));
      for (int cell = 0; cell <= 9; ++cell) {
        if (position.is_legal(Point::from_cell(cell, kSize)))
          result.policy[static_cast<std::size_t>(cell)] = 1.0F / static_cast<float>(legal);
      }
      if (!request.with_ownership) continue;
      result.ownership.assign(9, 0);
      const float black = position.to_move() == Color::kBlack ? 1.0F : -1.0F;
      for (int cell = 0; cell < 9; ++cell) {
        const Color c = position.board().at(Point::from_cell(cell, kSize));
        if (c == Color::kBlack) result.ownership[static_cast<std::size_t>(cell)] = black;
        if (c == Color::kWhite) result.ownership[static_cast<std::size_t>(cell)] = -black;
      }
    }
  }
  std::string name() const override { return "stones own"; }
};

Analysis analyze(const Position& position, std::int64_t visits) {
  StonesOwn evaluator;
  SearchParams params;
  params.seed = 1;
  Search search(evaluator, params);
  search.set_position(position);
  SearchLimits limits;
  limits.visits = visits;
  search.run(limits);
  AnalysisOptions options;
  options.ownership = options.ownership_stdev = options.moves_ownership = true;
  return search.analysis(options);
}

}  // namespace

TEST_CASE("With one visit the ownership is the evaluator's, for the player to move") {
  Position position(kSize);
  position.play(Point::at(0, 0));  // Black; White is to move
  const Analysis analysis = analyze(position, 1);
  REQUIRE(analysis.ownership.size() == 9);
  CHECK(analysis.ownership[0] == -1);
  CHECK(analysis.ownership[1] == 0);
  CHECK(analysis.ownership_stdev[0] == 0);
}

TEST_CASE("Moves that the tree expects own their points in part") {
  Position position(kSize);
  position.play(Point::at(0, 0));
  const Analysis analysis = analyze(position, 60);
  CHECK(analysis.ownership[0] < 0);
  float most = 0;
  for (const float value : analysis.ownership) most = std::max(most, value);
  CHECK(most > 0);  // White's replies
  CHECK(most < 1);
  for (const float stdev : analysis.ownership_stdev) CHECK((stdev >= 0 && stdev <= 1));
}

TEST_CASE("Each move has an ownership in which its own stone is there, mirror images too") {
  const Analysis analysis = analyze(Position(kSize), 60);
  int images = 0;
  for (const MoveInfo& move : analysis.moves) {
    REQUIRE(move.ownership.size() == 9);
    images += !move.symmetry_of.is_none();
    if (move.move.is_pass() || move.visits == 0) continue;
    CHECK(move.ownership[static_cast<std::size_t>(move.move.cell(kSize))] > 0.3F);
  }
  CHECK(images > 0);
}

}  // namespace ponnuki::search
