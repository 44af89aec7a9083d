// What a search reports of its root and its moves.
#include <catch2/catch.hpp>

#include "engine/playout_evaluator.h"
#include "engine/search/search.h"
#include "tests/support/search_fakes.h"

using namespace ponnuki;
using test::cold_search;
using test::UniformEvaluator;
using test::visits;
using test::with_komi;

TEST_CASE("One visit gives the evaluator's own word") {
  UniformEvaluator evaluator([](const Position&, Evaluation& e) {
    e.win = 0.7F, e.loss = 0.3F, e.lead = e.score_mean = 4;
  });
  search::Search search(evaluator, search::SearchParams{});
  search.set_position(Position({9, 9}));
  search.run(visits(1));
  const search::RootInfo root = search.analysis().root;
  CHECK(root.visits == 1);
  CHECK(root.winrate == Approx(0.7));
  CHECK(root.score_lead == Approx(4));
  CHECK(root.raw_winrate == Approx(0.7));
}

TEST_CASE("Mirror images are searched once and reported for all") {
  UniformEvaluator evaluator;
  search::Search search(evaluator, cold_search());
  const Position p({5, 5});
  search.set_position(p);
  search.run(visits(300));
  const search::Analysis analysis = search.analysis();
  CHECK(analysis.moves.size() == 26);
  int originals = 0;
  for (const search::MoveInfo& m : analysis.moves) originals += m.symmetry_of.is_none();
  CHECK(originals == 6 + 1);
}

TEST_CASE("Analysis reports moves in order, with legal variations, and fills up with priors") {
  PlayoutEvaluator evaluator;
  search::Search search(evaluator, cold_search());
  const Position p = test::position(". . . . .\n. X . . .\n. . O . .\n. . . . .\n. . . . .",
                                    Color::kBlack, with_komi(2.5F));
  search.set_position(p);
  search.run(visits(60));
  search::AnalysisOptions options;
  options.min_moves = 20;
  options.pv_length = 4;
  const search::Analysis analysis = search.analysis(options);
  REQUIRE(analysis.moves.size() >= 20);
  for (std::size_t i = 0; i < analysis.moves.size(); ++i) {
    const search::MoveInfo& m = analysis.moves[i];
    CHECK(m.order == static_cast<int>(i));
    CHECK(m.pv.size() <= 4);
    CHECK(m.pv.size() == m.pv_visits.size());
    CHECK(m.winrate >= 0);
    CHECK(m.winrate <= 1);
    CHECK(m.lcb <= m.winrate);
    REQUIRE_FALSE(m.pv.empty());
    CHECK(m.pv.front() == m.move);
    Position line = p;
    for (const Point q : m.pv) {
      REQUIRE(line.is_legal(q));
      line.play(q);
    }
  }
  CHECK(analysis.policy.size() == 26);
}

TEST_CASE("An evaluator without scores leaves winning alone") {
  struct Scoreless final : Evaluator {
    void evaluate(std::span<const EvalRequest> requests) override {
      UniformEvaluator uniform([](const Position&, Evaluation& e) {
        e.score_mean = e.lead = 1e6F;
        e.ownership.clear();
      });
      uniform.evaluate(requests);
    }
    std::string name() const override { return "scoreless"; }
    EvaluatorTraits traits(BoardSize) const override { return {.knows_score = false}; }
  };
  Scoreless evaluator;
  search::Search search(evaluator, cold_search());
  search.set_position(Position({5, 5}));
  search.run(visits(100));
  const search::RootInfo root = search.analysis().root;
  CHECK(root.utility == Approx(2 * root.winrate - 1).margin(0.02));
}
