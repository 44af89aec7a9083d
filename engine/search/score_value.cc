#include "engine/search/score_value.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace ponnuki::search {

namespace {

constexpr double kTwoOverPi = 0.63661977236758134308;
constexpr int kCells = 150;         // of the grid, for the mean and for the standard deviation
constexpr int kPerStdev = 10;       // steps of the integration per standard deviation
constexpr int kStdevs = 5;          // the range of the integration, to either side
constexpr double kFineCell = 0.04;  // in units of the scale
constexpr double kCoarseCell = 0.32;

/// f[m][s] is the value for mean m and standard deviation s, in cells. It is odd in m, so only m >=
/// 0 is stored.
class ScoreGrid {
 public:
  explicit ScoreGrid(double cell) : cell_(cell) {
    // All points of the integration are multiples of a tenth of a cell, so each value is computed
    // once.
    constexpr int kReach = (kCells + kStdevs * kCells) * kPerStdev;
    std::vector<double> curve(2 * kReach + 1);
    for (int i = -kReach; i <= kReach; ++i) curve[index(i + kReach)] = value(i * cell / kPerStdev);
    std::vector<double> density;
    for (int i = -kStdevs * kPerStdev; i <= kStdevs * kPerStdev; ++i)
      density.push_back(std::exp(-0.5 * i * i / (kPerStdev * kPerStdev)));
    mean_.resize(index((kCells + 1) * (kCells + 1)));
    for (int m = 0; m <= kCells; ++m) {
      for (int s = 0; s <= kCells; ++s) {
        double sum = 0, weight = 0;
        for (int i = -kStdevs * kPerStdev; i <= kStdevs * kPerStdev; ++i) {
          const double w = density[index(i + kStdevs * kPerStdev)];
          sum += w * curve[index(m * kPerStdev + s * i + kReach)];
          weight += w;
        }
        mean_[index(m * (kCells + 1) + s)] = static_cast<float>(sum / weight);
      }
    }
  }

  bool covers(double mean, double stdev) const {
    return mean < kCells * cell_ && stdev < kCells * cell_;
  }
  /// Bilinear interpolation; beyond the grid, the value at its edge. Requires mean >= 0.
  double at(double mean, double stdev) const {
    const double m = std::min(mean / cell_, kCells - 1e-6);
    const double s = std::min(stdev / cell_, kCells - 1e-6);
    const int m0 = static_cast<int>(m), s0 = static_cast<int>(s);
    const float* row = &mean_[index(m0 * (kCells + 1) + s0)];
    const double low = row[0] + (s - s0) * (row[1] - row[0]);
    const double high = row[kCells + 1] + (s - s0) * (row[kCells + 2] - row[kCells + 1]);
    return low + (m - m0) * (high - low);
  }

 private:
  static std::size_t index(int i) { return static_cast<std::size_t>(i); }
  static double value(double x) { return kTwoOverPi * std::atan(x); }
  double cell_;
  std::vector<float> mean_;
};

double expected_at_scale_one(double mean, double stdev) {
  static const ScoreGrid fine(kFineCell), coarse(kCoarseCell);  // constants, computed on first use
  return fine.covers(mean, stdev) ? fine.at(mean, stdev) : coarse.at(mean, stdev);
}

}  // namespace

double expected_score_value(double mean, double stdev, double scale) {
  const double value = expected_at_scale_one(std::abs(mean) / scale, stdev / scale);
  return mean < 0 ? -value : value;
}

double score_value_slope(double score, double scale) {
  return scale / (scale * scale + score * score) * kTwoOverPi;
}

double stdev_from_moments(double mean, double mean_square) {
  return std::sqrt(std::max(0.0, mean_square - mean * mean));
}

}  // namespace ponnuki::search
