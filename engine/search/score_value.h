// The utility of points: a saturating function of the final score, and its mean over a normal
// distribution of the score. All from White's perspective (KataGo's ScoreValue).
#pragma once

namespace ponnuki::search {

/// The mean of (2/pi) atan(X / scale) for X ~ N(mean, stdev^2), in (-1, 1). From a table with an
/// error of about 1e-4. Requires scale > 0, stdev >= 0.
double expected_score_value(double mean, double stdev, double scale);

/// d/dx of (2/pi) atan(x / scale).
double score_value_slope(double score, double scale);

/// The standard deviation from the first two moments; 0 if rounding makes the variance negative.
double stdev_from_moments(double mean, double mean_square);

}  // namespace ponnuki::search
