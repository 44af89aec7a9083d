#include "engine/child_weights.h"

#include <array>
#include <cmath>
#include <numbers>

namespace ponnuki {

namespace {

constexpr int kSteps = 2000;
constexpr double kReach = 50;

std::array<float, kSteps + 2> make_t3_table() {
  std::array<float, kSteps + 2> table{};
  for (int i = 0; i <= kSteps + 1; ++i) {
    const double x = (-kReach + 2 * kReach * i / kSteps) / std::numbers::sqrt3;
    table[static_cast<std::size_t>(i)] =
        static_cast<float>(0.5 + (x / (1 + x * x) + std::atan(x)) / std::numbers::pi);
  }
  return table;
}

}  // namespace

double student_t3_cdf(double t) {
  static const auto table = make_t3_table();  // a constant, made on first use
  const double place = (t + kReach) * (kSteps / (2 * kReach));
  if (place <= 0) return 0;
  if (place >= kSteps) return 1;
  const auto i = static_cast<std::size_t>(place);
  return table[i] + (place - static_cast<double>(i)) * (table[i + 1] - table[i]);
}

double prune_noise(std::span<WeighedChild> children, double total, const SearchParams& params) {
  if (children.size() <= 1 || total <= 0.00001) return total;
  double utility_sum = 0, weight_sum = 0, policy_sum = 0;
  for (WeighedChild& child : children) {
    if (weight_sum > 0 && policy_sum > 0) {
      const double gap = utility_sum / weight_sum - child.self_utility;
      const double lenient_share = 2.0 * weight_sum * child.prior / policy_sum;
      if (gap > 0 && child.weight > lenient_share) {
        child.weight -= (child.weight - lenient_share) *
                        (1 - std::exp(-gap / params.noise_prune_utility_scale));
      }
    }
    utility_sum += child.self_utility * child.weight;
    weight_sum += child.weight;
    policy_sum += child.prior;
  }
  return weight_sum;
}

void weigh_by_value(std::span<WeighedChild> children, double total, const SearchParams& params) {
  const double exponent = params.value_weight_exponent;
  if (children.empty() || total <= 0 || exponent == 0) return;
  double utility_sum = 0;
  for (const WeighedChild& child : children) utility_sum += child.self_utility * child.weight;
  const double average = utility_sum / total;

  double new_total = 0;
  double stdev = 0, stdev_weight = -1;  // most children have the weight of the one before
  for (WeighedChild& child : children) {
    if (child.weight != stdev_weight) {
      constexpr double kLeastVariance = 1e-8;
      stdev_weight = child.weight;
      stdev = std::sqrt(kLeastVariance + 1 / (1.5 * std::sqrt(child.weight)));
    }
    const double chance = student_t3_cdf((child.self_utility - average) / stdev) + 0.0001;
    child.weight *= exponent == 0.25 ? std::sqrt(std::sqrt(chance)) : std::pow(chance, exponent);
    new_total += child.weight;
  }
  for (WeighedChild& child : children) child.weight *= total / new_total;
}

}  // namespace ponnuki
