#include "gtp/raw_evaluation.h"

#include <cmath>
#include <cstdio>

namespace ponnuki {

namespace {

template <typename... Args>
std::string print(const char* format, Args... args) {
  char text[96];
  std::snprintf(text, sizeof text, format, args...);
  return text;
}

std::string policy_cell(float value) {
  return value < 0 ? std::string("    NAN ") : print("%8.6f ", static_cast<double>(value));
}

/// Nets before version 9 do not know their short-term errors: KataGo writes -1.
double known_or_minus_one(float value) { return value == 0 ? -1.0 : static_cast<double>(value); }

}  // namespace

std::string raw_evaluation_text(const Position& position, Symmetry symmetry,
                                const Evaluation& e) {
  const bool white = position.to_move() == Color::kWhite;
  const double sign = white ? 1 : -1;
  const BoardSize size = position.size();
  const double mean = sign * e.score_mean;
  std::string text = "symmetry " + std::to_string(symmetry.number()) + "\n";
  text += print("whiteWin %.6f\n", static_cast<double>(white ? e.win : e.loss));
  text += print("whiteLoss %.6f\n", static_cast<double>(white ? e.loss : e.win));
  text += print("noResult %.6f\n", static_cast<double>(e.no_result));
  text += print("whiteLead %.3f\n", sign * e.lead);
  text += print("whiteScoreSelfplay %.3f\n", mean);
  text += print("whiteScoreSelfplaySq %.3f\n",
                mean * mean + static_cast<double>(e.score_stdev) * e.score_stdev);
  text += print("varTimeLeft %.3f\n", static_cast<double>(e.variance_time));
  text += print("shorttermWinlossError %.3f\n", known_or_minus_one(e.winloss_error));
  text += print("shorttermScoreError %.3f\n", known_or_minus_one(e.score_error));
  text += "policy\n";
  for (int cell = 0; cell < size.area(); ++cell) {
    text += policy_cell(e.policy[static_cast<std::size_t>(cell)]);
    if ((cell + 1) % size.width == 0) text += '\n';
  }
  text += "policyPass " + policy_cell(e.policy.back()) + "\nwhiteOwnership\n";
  for (std::size_t cell = 0; cell < e.ownership.size(); ++cell) {
    text += print("%9.7f ", sign * e.ownership[cell]);
    if ((cell + 1) % size.width == 0) text += '\n';
  }
  return text;
}

std::string heatmap_text(const Position& position, const Evaluation& e) {
  const auto thousandths = [](float p) { return static_cast<int>(std::lround(1000 * std::max(p, 0.0F))); };
  const BoardSize size = position.size();
  std::string text;
  for (int cell = 0; cell < size.area(); ++cell) {
    text += print("%4d", thousandths(e.policy[static_cast<std::size_t>(cell)]));
    if ((cell + 1) % size.width == 0) text += '\n';
  }
  text += print("pass: %d\n", thousandths(e.policy.back()));
  text += print("winrate: %.6f", static_cast<double>(e.win + e.no_result / 2));
  return text;
}

}  // namespace ponnuki
