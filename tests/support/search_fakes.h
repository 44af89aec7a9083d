// Evaluators for searches without a network, and shorthand for positions and parameters.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/coord.h"
#include "engine/search/search.h"

namespace ponnuki::test {

/// Uniform priors over legal moves and an even game, modified by `judge` if it is set.
class UniformEvaluator final : public Evaluator {
 public:
  explicit UniformEvaluator(std::function<void(const Position&, Evaluation&)> judge = {})
      : judge_(std::move(judge)) {}
  void evaluate(std::span<const EvalRequest> requests) override {
    for (const EvalRequest& r : requests) {
      Evaluation e;
      const Position& position = *r.position;
      const int area = position.size().area();
      e.policy.assign(static_cast<std::size_t>(area) + 1, -1);
      int legal = 0;
      for (int cell = 0; cell <= area; ++cell) {
        const Move move{position.to_move(), Point::from_cell(cell, position.size())};
        if (!position.is_legal_after_end(move)) continue;
        e.policy[static_cast<std::size_t>(cell)] = 1;
        ++legal;
      }
      for (float& p : e.policy) {
        if (p > 0) p /= static_cast<float>(legal);
      }
      if (r.with_ownership) e.ownership.assign(static_cast<std::size_t>(area), 0.0F);
      e.score_stdev = 10;
      if (judge_) judge_(position, e);
      *r.result = std::move(e);
    }
  }
  std::string name() const override { return "uniform"; }

 private:
  std::function<void(const Position&, Evaluation&)> judge_;
};

inline Position position(const std::string& diagram, Color to_move, const Rules& rules) {
  return Position(*Board::parse(diagram), to_move, rules);
}
inline Point at(const Position& position, const char* vertex) {
  return *parse_gtp_vertex(vertex, position.size());
}
inline Rules with_komi(float komi) {
  Rules rules = tromp_taylor_rules();
  rules.komi = komi;
  return rules;
}
/// Parameters without randomness in the choice of the move.
inline search::SearchParams cold_search() {
  search::SearchParams params;
  params.temperature = params.temperature_early = 0;
  return params;
}
inline search::SearchLimits visits(std::int64_t n) {
  search::SearchLimits limits;
  limits.visits = n;
  return limits;
}

}  // namespace ponnuki::test
