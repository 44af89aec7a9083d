#include "nn/training/score_mixture.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "nn/model/scalar_functions.h"

namespace ponnuki::nn::training {
namespace {

constexpr double kPointsOfMean = 20, kPointsOfScale = 10, kSmallestScale = 0.3;
constexpr std::array<double, kScoreComponents> kOffsets = {-20, -5, 5, 20};
constexpr double kLeastChance = 1e-9;  // no score has probability 0

}  // namespace

ScoreMixture::ScoreMixture(Raw raw) {
  double greatest = raw[0], total = 0;
  for (std::size_t k = 1; k < kScoreComponents; ++k)
    greatest = std::max(greatest, static_cast<double>(raw[3 * k]));
  for (std::size_t k = 0; k < kScoreComponents; ++k) {
    share_[k] = std::exp(static_cast<double>(raw[3 * k]) - greatest);
    total += share_[k];
    mean_[k] = kPointsOfMean * static_cast<double>(raw[3 * k + 1]) + kOffsets[k];
    const auto scale = static_cast<double>(raw[3 * k + 2]);
    scale_[k] = kPointsOfScale * softplus(scale) + kSmallestScale;
    scale_slope_[k] = kPointsOfScale * sigmoid(scale);
  }
  for (double& share : share_) share /= total;
}

double ScoreMixture::mean() const {
  double mean = 0;
  for (std::size_t k = 0; k < kScoreComponents; ++k) mean += share_[k] * mean_[k];
  return mean;
}

double ScoreMixture::stdev() const {
  constexpr double kPi = std::numbers::pi;
  const double center = mean();
  double variance = 0;
  for (std::size_t k = 0; k < kScoreComponents; ++k) {
    const double distance = mean_[k] - center;
    variance += share_[k] * (distance * distance + scale_[k] * scale_[k] * kPi * kPi / 3);
  }
  return std::sqrt(variance);
}

ScoreMixture::Parts ScoreMixture::parts(double x) const {
  Parts parts;
  for (std::size_t k = 0; k < kScoreComponents; ++k) parts[k] = sigmoid((x - mean_[k]) / scale_[k]);
  return parts;
}

double ScoreMixture::cumulative(const Parts& parts) const {
  double sum = 0;
  for (std::size_t k = 0; k < kScoreComponents; ++k) sum += share_[k] * parts[k];
  return sum;
}

void ScoreMixture::add_gradient(double x, const Parts& parts, double factor,
                                std::span<double> gradient) const {
  const double sum = cumulative(parts);
  for (std::size_t k = 0; k < kScoreComponents; ++k) {
    const double slope = share_[k] * parts[k] * (1 - parts[k]) / scale_[k];
    gradient[3 * k] += factor * share_[k] * (parts[k] - sum);
    gradient[3 * k + 1] -= factor * slope * kPointsOfMean;
    gradient[3 * k + 2] -= factor * slope * (x - mean_[k]) / scale_[k] * scale_slope_[k];
  }
}

double ScoreMixture::log_loss(double score, double weight, std::span<double> gradient) const {
  const Parts above = parts(score + 0.5), below = parts(score - 0.5);
  const double chance = cumulative(above) - cumulative(below) + kLeastChance;
  add_gradient(score + 0.5, above, -weight / chance, gradient);
  add_gradient(score - 0.5, below, weight / chance, gradient);
  return -weight * std::log(chance);
}

double ScoreMixture::cumulative_loss(double score, int reach, double weight,
                                     std::span<double> gradient) const {
  // sigmoid(z) = 1 / (1 + e^-z). From one x to the next, e^-z changes by a constant factor.
  constexpr double kMostExponent = 600;
  Parts power, factor, parts;
  for (std::size_t k = 0; k < kScoreComponents; ++k) {
    const double z = (score - reach + 0.5 - mean_[k]) / scale_[k];
    power[k] = std::exp(std::clamp(-z, -kMostExponent, kMostExponent));
    factor[k] = std::exp(-1 / scale_[k]);
  }
  double loss = 0;
  for (int i = -reach; i < reach; ++i) {
    for (std::size_t k = 0; k < kScoreComponents; ++k) {
      parts[k] = 1 / (1 + power[k]);
      power[k] *= factor[k];
    }
    const double error = cumulative(parts) - (i >= 0 ? 1 : 0);
    loss += error * error;
    add_gradient(score + i + 0.5, parts, 2 * weight * error, gradient);
  }
  return weight * loss;
}

}  // namespace ponnuki::nn::training
