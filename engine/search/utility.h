// Utility: the quantity that the search maximises for White. It is the value of winning plus a
// smaller value of points, with one curve around zero and one around the expected score (KataGo's
// static and dynamic score utility).
#pragma once

#include "engine/search/params.h"
#include "engine/search/tree_stats.h"
#include "engine/types.h"

namespace ponnuki::search {

class UtilityModel {
 public:
  UtilityModel() = default;
  /// `score_center` is the result of score_center(). If `knows_score` is false, only winning
  /// counts.
  UtilityModel(const SearchParams& params, BoardSize size, double score_center, bool knows_score);

  double of_result(double win_loss, double no_result) const {
    return win_loss * win_loss_ + no_result * no_result_;
  }
  double of_score(double mean, double mean_square) const;
  double of(const OwnValue& v) const {
    return of_result(v.win_loss, v.no_result) + of_score(v.score_mean, v.score_square);
  }
  /// The utility that `points` additional points for White would add.
  double of_extra_points(const NodeStats& stats, double points) const;
  /// The approximate value of a point at this score.
  double score_slope(double score) const;
  /// The largest possible utility.
  double radius() const { return win_loss_ + static_factor_ + dynamic_factor_; }

 private:
  double score_value(double mean, double stdev) const;

  double win_loss_ = 1, no_result_ = 0, static_factor_ = 0, dynamic_factor_ = 0;
  double static_scale_ = 1, dynamic_scale_ = 1, center_ = 0;
};

/// The centre of the dynamic score curve, where it is steepest: the expected score, shifted towards
/// zero.
double score_center(double expected_score, BoardSize size, const SearchParams& params);

/// The weight of an evaluation from its short-term errors; 1 if they are unknown.
double uncertainty_weight(double winloss_error, double score_error, double utility_slope,
                          const SearchParams& params);

}  // namespace ponnuki::search
