// Statistics of game results: confidence intervals, Elo and a sequential test.
#pragma once

#include <string>

namespace ponnuki::selfplay {

struct Tally {
  int wins = 0, draws = 0, losses = 0;
  int games() const { return wins + draws + losses; }
  /// A draw counts as half a win. 0.5 without games.
  double score() const;
};

struct Interval {
  double low = 0, high = 0;
};
inline constexpr double kZ95 = 1.959964;  // two-sided 95 %

/// Wilson's score interval (1927) for a proportion with the mean `score` over `games` trials. With
/// draws it is slightly too wide.
Interval wilson(double score, int games, double z = kZ95);

/// The logistic Elo of an expected score: 400·log10(s / (1 - s)); ±infinity for the scores 0 and 1.
double elo(double score);
double expected_score(double elo);

/// A sequential probability ratio test of "elo1" against "elo0". llr() is the log-likelihood ratio
/// of a generalised SPRT on wins, draws and losses (normal approximation, as fishtest used it). It
/// is 0 as long as all results are of one kind.
struct Sprt {
  double elo0 = 0, elo1 = 10, alpha = 0.05, beta = 0.05;
  double llr(const Tally& tally) const;
  double lower() const;  // H0 is accepted below: ln(beta / (1 - alpha))
  double upper() const;  // H1 is accepted above: ln((1 - beta) / alpha)
  /// "H0", "H1", or "" while the match must continue.
  std::string verdict(const Tally& tally) const;
};

}  // namespace ponnuki::selfplay
