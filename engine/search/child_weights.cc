#include "engine/search/child_weights.h"

#include <array>
#include <cmath>
#include <numbers>

namespace ponnuki::search {

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

const auto kTable = make_t3_table();

float student_t3(float t) {
  const float place = (t + static_cast<float>(kReach)) * static_cast<float>(kSteps / (2 * kReach));
  if (place <= 0) return 0;
  if (place >= kSteps) return 1;
  const auto i = static_cast<std::int32_t>(place);
  const float* cell = &kTable[static_cast<std::size_t>(i)];
  return cell[0] + (place - static_cast<float>(i)) * (cell[1] - cell[0]);
}

}  // namespace

double student_t3_cdf(double t) { return student_t3(static_cast<float>(t)); }

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

namespace {

/// 1 / the standard deviation that is assumed for the utility of a child with this weight.
float inverse_stdev(double weight) {
  constexpr float kLeastVariance = 1e-8F;
  const auto w = static_cast<float>(weight);
  return 1 / std::sqrt(kLeastVariance + 1 / (1.5F * std::sqrt(w)));
}

float raise(float chance, double exponent) {
  if (exponent == 0.25) return std::sqrt(std::sqrt(chance));
  return static_cast<float>(std::pow(static_cast<double>(chance), exponent));
}

}  // namespace

void weigh_by_value(std::span<WeighedChild> children, double total, const SearchParams& params) {
  const double exponent = params.value_weight_exponent;
  if (children.empty() || total <= 0 || exponent == 0) return;
  double utility_sum = 0;
  for (const WeighedChild& child : children) utility_sum += child.self_utility * child.weight;
  const double average = utility_sum / total;

  // Most children have few visits and the same weight as the child before: reuse its square root.
  float scale = 0;
  double scale_weight = -1, new_total = 0;
  for (WeighedChild& child : children) {
    if (child.weight != scale_weight) {
      scale_weight = child.weight;
      scale = inverse_stdev(scale_weight);
    }
    const float z = static_cast<float>(child.self_utility - average) * scale;
    child.weight *= raise(student_t3(z) + 0.0001F, exponent);
    new_total += child.weight;
  }
  const double factor = total / new_total;
  for (WeighedChild& child : children) child.weight *= factor;
}

}  // namespace ponnuki::search
