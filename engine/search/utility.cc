#include "engine/search/utility.h"

#include <algorithm>
#include <cmath>

#include "engine/search/score_value.h"

namespace ponnuki::search {

namespace {
constexpr double kStaticScale = 2.0;  // relative to the length of the board
double board_length(BoardSize size) { return std::sqrt(static_cast<double>(size.area())); }
}  // namespace

UtilityModel::UtilityModel(const SearchParams& params, BoardSize size, double score_center,
                           bool knows_score)
    : win_loss_(params.win_loss_utility),
      no_result_(params.no_result_utility),
      static_factor_(knows_score ? params.static_score_utility : 0),
      dynamic_factor_(knows_score ? params.dynamic_score_utility : 0),
      static_scale_(kStaticScale * board_length(size)),
      dynamic_scale_(params.dynamic_score_center_scale * board_length(size)),
      center_(score_center) {}

double UtilityModel::score_value(double mean, double stdev) const {
  double value = 0;
  if (static_factor_ != 0)
    value += static_factor_ * expected_score_value(mean, stdev, static_scale_);
  if (dynamic_factor_ != 0)
    value += dynamic_factor_ * expected_score_value(mean - center_, stdev, dynamic_scale_);
  return value;
}

double UtilityModel::of_score(double mean, double mean_square) const {
  return score_value(mean, stdev_from_moments(mean, mean_square));
}

double UtilityModel::of_extra_points(const NodeStats& stats, double points) const {
  if (points == 0) return 0;
  const double stdev = stdev_from_moments(stats.score_mean, stats.score_square);
  return score_value(stats.score_mean + points, stdev) - score_value(stats.score_mean, stdev);
}

double UtilityModel::score_slope(double score) const {
  return static_factor_ * score_value_slope(score, static_scale_) +
         dynamic_factor_ * score_value_slope(score - center_, dynamic_scale_);
}

double score_center(double expected_score, BoardSize size, const SearchParams& params) {
  const double reach = board_length(size) * params.dynamic_score_center_scale;
  const double pulled = expected_score * (1 - params.dynamic_score_center_zero_weight);
  return std::clamp(pulled, expected_score - reach, expected_score + reach);
}

double uncertainty_weight(double winloss_error, double score_error, double utility_slope,
                          const SearchParams& params) {
  if (!params.uncertainty_weighting || (winloss_error == 0 && score_error == 0)) return 1;
  const double error = params.win_loss_utility * winloss_error + utility_slope * score_error;
  const double least = params.uncertainty_coefficient / params.uncertainty_max_weight;
  return params.uncertainty_coefficient / (error + least);
}

}  // namespace ponnuki::search
