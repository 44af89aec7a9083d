// Maps each number of the head linearly, y = slope · x + offset, and folds the map into the weights
// and biases of the head.
#include "nn/convert/score_head_convert.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "nn/convert/layer_columns.h"
#include "nn/model/short_term_errors.h"

namespace ponnuki::nn {
namespace {

// The first version with short-term errors.
constexpr int kFirstWithErrors = 9;
constexpr int kFirstWithMultipliers = 13;

/// The columns of the score head, in KataGo's order.
enum MiscColumn { kMean, kStdev, kLead, kVarianceTime, kValueError, kScoreError };

/// The error of win minus loss for which a search weighs an evaluation as if there were no errors,
/// when the error of the score is 0: 1 = c / (error + c / m), with KataGo's c = 0.25
/// (uncertaintyCoeff) and m = 8 (uncertaintyMaxWeight).
constexpr double kStandInValueError = 0.25 - 0.25 / 8;
constexpr float kStandInScoreRaw = -40;  // an error of about 1e-8 points

/// The range of errors that nets predict in practice, in winrate differences and points. Within it
/// a line approximates a curve.
struct ErrorRange {
  double low, high;
};
// The raw number for this error is finite in every version.
constexpr double kLeastError = 1e-9;
constexpr ErrorRange kValueErrors{0.02, 0.6}, kScoreErrors{0.2, 6};

class ScoreHeadConversion {
 public:
  ScoreHeadConversion(Model& model, int version, std::vector<std::string>& notes)
      : model_(model), from_(model.version), to_(version), notes_(notes) {}

  Status run() {
    multipliers();
    if (!error_.empty()) return Error{error_};
    errors();
    return {};
  }

 private:
  bool gains(int first) const { return from_ < first && to_ >= first; }
  bool loses(int first) const { return from_ >= first && to_ < first; }

  float& misc_bias(MiscColumn column) {
    return model_.value.misc_bias.bias[static_cast<std::size_t>(column)];
  }
  /// Calls change(weight) for the weights of a column of the score head.
  template <typename Change>
  void for_misc_weights(MiscColumn column, Change change) {
    MatMulLayer& misc = model_.value.misc_mul;
    for (auto i = static_cast<std::size_t>(column); i < misc.weights.size();
         i += static_cast<std::size_t>(misc.out)) {
      change(misc.weights[i]);
    }
  }
  /// y → slope · y + offset
  void map_misc(MiscColumn column, double slope, double offset) {
    for_misc_weights(column, [&](float& w) { w = static_cast<float>(w * slope); });
    misc_bias(column) = static_cast<float>(misc_bias(column) * slope + offset);
  }

  // Versions before 13 use PostProcess's default multipliers.
  void multipliers() {
    if (!loses(kFirstWithMultipliers)) return;
    const PostProcess old = model_.post, plain;
    const auto check = [&](const char* what, float found, float wanted) {
      if (found == wanted) return;
      char text[160];
      std::snprintf(text, sizeof text, "the net's multiplier of %s is %g, and in %s always %g",
                    what, static_cast<double>(found), version_text(to_).c_str(),
                    static_cast<double>(wanted));
      if (error_.empty()) error_ = std::string(text) + ": convert to katago15";
    };
    check("the score's standard deviation", old.score_stdev, plain.score_stdev);
    check("the time's variance", old.variance_time, plain.variance_time);
    map_misc(kMean, double{old.score_mean} / double{plain.score_mean}, 0);
    map_misc(kLead, double{old.lead} / double{plain.lead}, 0);
  }

  // Version 8 has no errors; after that the formula changed twice.
  void errors() {
    const ShortTermMultipliers before = short_term_multipliers(from_, model_.post);
    if (loses(kFirstWithMultipliers)) model_.post = {};
    if (loses(kFirstWithErrors)) return drop_errors();
    if (to_ < kFirstWithErrors) return;
    const ShortTermMultipliers after = short_term_multipliers(to_, model_.post);
    if (gains(kFirstWithErrors)) return invent_errors(after);
    const bool value = convert_error(kValueError, before.value, after.value, kValueErrors);
    const bool score = convert_error(kScoreError, before.score, after.score, kScoreErrors);
    if (value && score) return;
    notes_.push_back(
        "The short-term errors are kept within some percent only: " + version_text(to_) +
        " computes them by another formula than " + version_text(from_) + ".");
  }
  void drop_errors() {
    ValueHead& value = model_.value;
    const std::vector<int> kept = {kMean, kStdev, kLead, kVarianceTime};
    value.misc_bias.bias = columns_of(value.misc_bias.bias, value.misc_mul.out, kept);
    take_outputs(value.misc_mul, kept);
    notes_.push_back("The short-term errors are left out: " + version_text(to_) + " has none.");
  }
  void invent_errors(const ShortTermMultipliers& multipliers) {
    ValueHead& value = model_.value;
    take_outputs(value.misc_mul, {kMean, kStdev, kLead, kVarianceTime, kMean, kMean});
    value.misc_bias.bias.resize(static_cast<std::size_t>(value.misc_mul.out));
    for (const MiscColumn column : {kValueError, kScoreError})
      for_misc_weights(column, [](float& w) { w = 0; });
    misc_bias(kValueError) =
        static_cast<float>(short_term_raw(to_, kStandInValueError, multipliers.value));
    misc_bias(kScoreError) = kStandInScoreRaw;
    notes_.push_back(
        "The short-term errors are the same everywhere, so that evaluations weigh as they do "
        "without: the net has none of its own.");
  }
  /// Converts from the multiplier `before` and version `from_` to `after` and `to_`. Returns true
  /// if every error stays the same.
  bool convert_error(MiscColumn column, double before, double after, const ErrorRange& range) {
    const auto raw_after = [&](double error) { return short_term_raw(to_, error, after); };
    const auto raw_before = [&](double error) { return short_term_raw(from_, error, before); };
    if (std::abs(raw_after(1) - raw_before(1)) < 1e-9 &&
        std::abs(raw_after(0.1) - raw_before(0.1)) < 1e-9)
      return true;  // the formula is the same
    bool constant = true;
    for_misc_weights(column, [&](float w) { constant = constant && w == 0; });
    if (constant) {
      const double error = short_term_error(from_, misc_bias(column), before);
      misc_bias(column) = static_cast<float>(raw_after(std::max(error, kLeastError)));
      return true;
    }
    // Fits the line from the older version to the newer one. The other direction uses the same
    // line, so that a round trip changes nothing.
    if (to_ > from_) {
      const Line newer = line(range, raw_before, raw_after);
      map_misc(column, newer.slope, newer.offset);
    } else {
      const Line newer = line(range, raw_after, raw_before);
      map_misc(column, 1 / newer.slope, -newer.offset / newer.slope);
    }
    return false;
  }
  struct Line {
    double slope, offset;
  };
  /// Fits the line y(x) by least squares to points in a range of errors.
  template <typename X, typename Y>
  static Line line(const ErrorRange& range, X x_of, Y y_of) {
    constexpr int kPoints = 64;
    double sx = 0, sy = 0, sxx = 0, sxy = 0;
    for (int i = 0; i < kPoints; ++i) {
      // Errors are spaced in equal ratios, so that small errors have as many points as large ones.
      const double error = range.low * std::pow(range.high / range.low, i / (kPoints - 1.0));
      const double x = x_of(error), y = y_of(error);
      sx += x, sy += y, sxx += x * x, sxy += x * y;
    }
    const double slope = (kPoints * sxy - sx * sy) / (kPoints * sxx - sx * sx);
    return {slope, (sy - slope * sx) / kPoints};
  }

  Model& model_;
  int from_, to_;
  std::vector<std::string>& notes_;
  std::string error_;
};

}  // namespace

Status convert_score_head(Model& model, int version, std::vector<std::string>& notes) {
  return ScoreHeadConversion(model, version, notes).run();
}

}  // namespace ponnuki::nn
