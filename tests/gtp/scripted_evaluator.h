// An evaluator that a reader can predict: prefers the centre, thinks that the player with more
// stones on the board is ahead, and gives each stone its own point and nobody the empty ones.
#pragma once

#include <cmath>

#include "engine/evaluator.h"

namespace ponnuki::gtp::test {

class ScriptedEvaluator : public Evaluator {
 public:
  void evaluate(std::span<const EvalRequest> requests) override {
    for (const EvalRequest& request : requests) judge(*request.position, *request.result);
  }
  std::string name() const override { return "scripted"; }

 private:
  static void judge(const Position& position, Evaluation& result) {
    const BoardSize size = position.size();
    const auto area = static_cast<std::size_t>(size.area());
    result = Evaluation{};
    result.policy.assign(area + 1, -1);
    result.ownership.assign(area, 0);
    double sum = 0;
    int stones = 0;
    for (int cell = 0; cell <= size.area(); ++cell) {
      const Point p = Point::from_cell(cell, size);
      const auto at = static_cast<std::size_t>(cell);
      if (!p.is_pass() && position.board().at(p) != Color::kEmpty) {
        const int mine = position.board().at(p) == position.to_move() ? 1 : -1;
        result.ownership[at] = static_cast<float>(mine);
        stones += mine;
      }
      if (!position.is_legal(p)) continue;
      result.policy[at] = p.is_pass() ? 0.01F : prior(p, size);
      sum += result.policy[at];
    }
    for (float& p : result.policy) {
      if (p > 0) p = static_cast<float>(p / sum);
    }
    const double win = 1 / (1 + std::exp(-0.5 * stones));
    result.win = static_cast<float>(win);
    result.loss = static_cast<float>(1 - win);
    result.score_mean = result.lead = static_cast<float>(stones);
    result.score_stdev = 5;
  }
  static float prior(Point p, BoardSize size) {
    const int dx = 2 * p.x() - (size.width - 1);
    const int dy = 2 * p.y() - (size.height - 1);
    return 1.0F / static_cast<float>(1 + dx * dx + dy * dy);
  }
};

}  // namespace ponnuki::gtp::test
