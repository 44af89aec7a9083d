#include "cli/bench/precision_error.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/check.h"

namespace ponnuki::cli {
namespace {

/// The Kullback-Leibler divergence over the legal moves. A probability of 0 in `other` counts as
/// the least positive float.
double divergence(const std::vector<float>& exact, const std::vector<float>& other) {
  PONNUKI_CHECK(exact.size() == other.size());
  double sum = 0;
  for (std::size_t i = 0; i < exact.size(); ++i) {
    if (exact[i] <= 0) continue;
    const double p = exact[i];
    const double q = std::max(other[i], std::numeric_limits<float>::min());
    sum += p * std::log(p / q);
  }
  return sum;
}

/// The winrate in percent.
double winrate(const Evaluation& evaluation) {
  return 50 * (static_cast<double>(evaluation.win) - static_cast<double>(evaluation.loss) + 1);
}

bool same_likeliest(const std::vector<float>& a, const std::vector<float>& b) {
  return std::ranges::max_element(a) - a.begin() == std::ranges::max_element(b) - b.begin();
}

}  // namespace

PrecisionError compare(std::span<const Evaluation> exact, std::span<const Evaluation> other) {
  PONNUKI_CHECK(exact.size() == other.size());
  if (exact.empty()) return {};
  PrecisionError error;
  for (std::size_t i = 0; i < exact.size(); ++i) {
    const double win = std::abs(winrate(exact[i]) - winrate(other[i]));
    const double lead =
        std::abs(static_cast<double>(exact[i].lead) - static_cast<double>(other[i].lead));
    error.policy_kl += divergence(exact[i].policy, other[i].policy);
    error.winrate_mean += win;
    error.winrate_most = std::max(error.winrate_most, win);
    error.lead_mean += lead;
    error.lead_most = std::max(error.lead_most, lead);
    if (same_likeliest(exact[i].policy, other[i].policy)) error.same_move += 100;
  }
  for (double* mean : {&error.policy_kl, &error.winrate_mean, &error.lead_mean, &error.same_move})
    *mean /= static_cast<double>(exact.size());
  return error;
}

}  // namespace ponnuki::cli
