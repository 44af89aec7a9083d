#include "selfplay/match/match_stats.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ponnuki::selfplay {

double Tally::score() const {
  return games() == 0 ? 0.5 : (wins + 0.5 * draws) / static_cast<double>(games());
}

Interval wilson(double score, int games, double z) {
  if (games == 0) return {0, 1};
  const double n = games;
  const double center = (score + z * z / (2 * n)) / (1 + z * z / n);
  const double half =
      z * std::sqrt(score * (1 - score) / n + z * z / (4 * n * n)) / (1 + z * z / n);
  return {std::max(0.0, center - half), std::min(1.0, center + half)};
}

double elo(double score) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  if (score <= 0) return -kInfinity;
  if (score >= 1) return kInfinity;
  return 400 * std::log10(score / (1 - score));
}

double expected_score(double elo_difference) {
  return 1 / (1 + std::pow(10, -elo_difference / 400));
}

double Sprt::llr(const Tally& tally) const {
  const double n = tally.games();
  if (n == 0) return 0;
  const double mean = tally.score();
  const double variance = (tally.wins + 0.25 * tally.draws) / n - mean * mean;
  if (variance <= 0) return 0;
  const double s0 = expected_score(elo0), s1 = expected_score(elo1);
  return n * (s1 - s0) * (2 * mean - s0 - s1) / (2 * variance);
}

double Sprt::lower() const { return std::log(beta / (1 - alpha)); }
double Sprt::upper() const { return std::log((1 - beta) / alpha); }

std::string Sprt::verdict(const Tally& tally) const {
  const double ratio = llr(tally);
  return ratio >= upper() ? "H1" : ratio <= lower() ? "H0" : "";
}

}  // namespace ponnuki::selfplay
