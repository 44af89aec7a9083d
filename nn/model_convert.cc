// Step by step from the inputs to the outputs; each step knows one difference between versions.
#include "nn/model_convert.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "engine/check.h"
#include "nn/model_check.h"
#include "nn/model_visit.h"
#include "nn/short_term_errors.h"
#include "nn/token_reader.h"

namespace ponnuki {
namespace {

constexpr int kFirstWithV7Inputs = 8;
constexpr int kFirstWithErrors = 9;        // short-term errors
constexpr int kFirstWithActivations = 11;  // others than ReLU
constexpr int kFirstWithMultipliers = 13;
constexpr int kFirstWithHiddenPass = 15;  // and with metadata

/// Columns of the score head: KataGo's order.
enum MiscColumn { kMean, kStdev, kLead, kVarianceTime, kValueError, kScoreError };

/// With this error of win minus loss and none of the score, searches weigh an evaluation as if
/// there were no errors: 1 = c / (error + c / m), with KataGo's c = 0.25 (uncertaintyCoeff) and m =
/// 8 (uncertaintyMaxWeight).
constexpr double kStandInValueError = 0.25 - 0.25 / 8;
constexpr float kStandInScoreRaw = -40;  // an error of some 1e-8 points

/// Errors that nets really tell, in winrate differences and points, where a line stands in for a
/// curve.
struct ErrorRange {
  double low, high;
};
constexpr double kLeastError = 1e-9;  // whose number is finite in every version
constexpr ErrorRange kValueErrors{0.02, 0.6}, kScoreErrors{0.2, 6};

/// The columns `from` of a [rows][columns] array, in this order.
std::vector<float> columns_of(const std::vector<float>& values, int columns,
                              const std::vector<int>& from) {
  std::vector<float> out;
  for (std::size_t row = 0; row < values.size(); row += static_cast<std::size_t>(columns)) {
    for (const int column : from) out.push_back(values[row + static_cast<std::size_t>(column)]);
  }
  return out;
}
template <typename Layer>
void take_outputs(Layer& layer, const std::vector<int>& from) {
  layer.weights = columns_of(layer.weights, layer.out, from);
  layer.out = static_cast<int>(from.size());
}

std::string version_text(int version) { return "version " + std::to_string(version); }

class Conversion {
 public:
  Conversion(const Model& model, int version) : from_(model.version), to_(version) {
    result_.model = model;
  }

  Result<ConvertedModel> run() {
    using Step = void (Conversion::*)();
    std::vector<Step> steps = {&Conversion::check_inputs};
    if (to_ != from_) {
      for (const Step step :
           {&Conversion::check_versions, &Conversion::check_activations, &Conversion::check_extras,
            &Conversion::pass, &Conversion::policy_channels, &Conversion::multipliers,
            &Conversion::errors})
        steps.push_back(step);
    }
    if (to_ >= kFirstWithHiddenPass) steps.push_back(&Conversion::widen_pass);
    steps.push_back(&Conversion::name);
    for (const Step step : steps) {
      (this->*step)();
      if (!error_.empty()) return Error{error_};
    }
    model().version = to_;
    PONNUKI_CHECK(check_model(model()).ok());
    return std::move(result_);
  }

 private:
  Model& model() { return result_.model; }
  void note(const std::string& sentence) { result_.notes.push_back(sentence); }
  void fail(const std::string& what) {
    if (error_.empty()) error_ = what;
  }
  bool gains(int first) const { return from_ < first && to_ >= first; }
  bool loses(int first) const { return from_ >= first && to_ < first; }

  void check_inputs() {
    const Model& m = model();
    if (to_ < kFirstWithV7Inputs || (m.spatial_planes == 22 && m.global_features == 19)) return;
    fail("the net takes " + std::to_string(m.spatial_planes) + " planes and " +
         std::to_string(m.global_features) + " numbers, and KataGo gives 22 and 19: keep it in a " +
         ".safetensors file");
  }
  void check_versions() {
    if (from_ < kFirstWithV7Inputs) {
      fail("nets of " + version_text(from_) +
           " have other input planes than later ones: keep the version, without --to");
    }
    if (to_ < kFirstWithV7Inputs || to_ > 15)
      fail("no net can be made into one of " + version_text(to_));
  }

  struct FirstOther {  // activation than ReLU
    std::string name;
    void operator()(const NormAct& n) {
      if (n.activation != Activation::kRelu && name.empty()) name = n.name;
    }
    template <typename Layer>
    void operator()(const Layer&) {}
  };
  void check_activations() {
    if (!loses(kFirstWithActivations)) return;
    FirstOther other;
    visit_layers(std::as_const(result_.model), other);
    const ValueHead& value = model().value;
    if (other.name.empty() && value.v2_activation != Activation::kRelu)
      other.name = value.v2_mul.name;
    if (other.name.empty()) return;
    fail("the activation of '" + printable(other.name) + "' is not ReLU, the only one of " +
         version_text(to_) + ": convert to katago11 or katago15");
  }

  void check_extras() {
    if (!loses(kFirstWithHiddenPass)) return;
    if (model().trunk.metadata) {
      fail("the net takes metadata of the players, which " + version_text(to_) +
           " does not: convert to katago15");
    }
    if (model().pass_alive_under_suicide) {
      fail("the net wants pass-alive areas as under suicide rules, which " + version_text(to_) +
           " cannot say: convert to katago15");
    }
  }

  // A hidden layer that hands through what came out before; back, if it is no more than that.
  void pass() {
    PolicyHead& head = model().policy;
    if (gains(kFirstWithHiddenPass)) {
      const int outputs = head.gpool_to_pass.out;
      head.pass_bias = {head.gpool_to_pass.name + "_bias",
                        std::vector<float>(static_cast<std::size_t>(outputs), 0.0F)};
      head.pass_activation = Activation::kIdentity;
      head.gpool_to_pass2 = {head.gpool_to_pass.name + "2", outputs, outputs, {}};
      for (int i = 0; i < outputs; ++i) {
        for (int j = 0; j < outputs; ++j)
          head.gpool_to_pass2.weights.push_back(i == j ? 1.0F : 0.0F);
      }
    } else if (loses(kFirstWithHiddenPass)) {
      const bool biased = std::ranges::any_of(head.pass_bias.bias, [](float x) { return x != 0; });
      if (head.pass_activation != Activation::kIdentity || biased) {
        return fail("the pass goes through a hidden layer of its own, which " + version_text(to_) +
                    " does not have: convert to katago15");
      }
      head.gpool_to_pass = product(head.gpool_to_pass, head.gpool_to_pass2);
      head.pass_bias = {};
      head.gpool_to_pass2 = {};
    }
  }
  static MatMulLayer product(const MatMulLayer& a, const MatMulLayer& b) {
    MatMulLayer result{a.name, a.in, b.out, {}};
    for (int i = 0; i < a.in; ++i) {
      for (int k = 0; k < b.out; ++k) {
        double sum = 0;
        for (int j = 0; j < a.out; ++j) {
          sum += static_cast<double>(a.weights[static_cast<std::size_t>(i * a.out + j)]) *
                 static_cast<double>(b.weights[static_cast<std::size_t>(j * b.out + k)]);
        }
        result.weights.push_back(static_cast<float>(sum));
      }
    }
    return result;
  }

  void policy_channels() {
    const int before = model().policy_channels(), after = policy_channels_of(to_);
    if (before == after) return;
    std::vector<int> from;
    for (int channel = 0; channel < after; ++channel) from.push_back(std::min(channel, before - 1));
    PolicyHead& head = model().policy;
    take_outputs(head.p2_conv, from);
    take_outputs(to_ >= kFirstWithHiddenPass ? head.gpool_to_pass2 : head.gpool_to_pass, from);
    if (after > before)
      note("The optimistic policy is the policy once more: the net has none of its own.");
    else
      note(after == 2 ? "The Q values of moves are left out."
                      : "The optimistic policy is left out.");
  }

  float& misc_bias(MiscColumn column) {
    return model().value.misc_bias.bias[static_cast<std::size_t>(column)];
  }
  /// Calls change(weight) for the weights of a column of the score head.
  template <typename Change>
  void for_misc_weights(MiscColumn column, Change change) {
    MatMulLayer& misc = model().value.misc_mul;
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

  // Versions before 13 have the multipliers that PostProcess has by default.
  void multipliers() {
    if (!loses(kFirstWithMultipliers)) return;
    const PostProcess old = model().post, plain;
    const auto check = [&](const char* what, float found, float wanted) {
      if (found == wanted) return;
      char text[160];
      std::snprintf(text, sizeof text, "the net's multiplier of %s is %g, and in %s always %g",
                    what, static_cast<double>(found), version_text(to_).c_str(),
                    static_cast<double>(wanted));
      fail(std::string(text) + ": convert to katago15");
    };
    check("the score's standard deviation", old.score_stdev, plain.score_stdev);
    check("the time's variance", old.variance_time, plain.variance_time);
    map_misc(kMean, double{old.score_mean} / double{plain.score_mean}, 0);
    map_misc(kLead, double{old.lead} / double{plain.lead}, 0);
  }

  // Version 8 has none; from then on the formula changed twice.
  void errors() {
    const ShortTermMultipliers before = short_term_multipliers(model());
    if (loses(kFirstWithMultipliers)) model().post = {};
    if (loses(kFirstWithErrors)) return drop_errors();
    if (to_ < kFirstWithErrors) return;
    model().version = to_;
    const ShortTermMultipliers after = short_term_multipliers(model());
    if (gains(kFirstWithErrors)) return invent_errors(after);
    const bool value = convert_error(kValueError, before.value, after.value, kValueErrors);
    const bool score = convert_error(kScoreError, before.score, after.score, kScoreErrors);
    if (value && score) return;
    note("The short-term errors are kept within some percent only: " + version_text(to_) +
         " computes them by another formula than " + version_text(from_) + ".");
  }
  void drop_errors() {
    ValueHead& value = model().value;
    const std::vector<int> kept = {kMean, kStdev, kLead, kVarianceTime};
    value.misc_bias.bias = columns_of(value.misc_bias.bias, value.misc_mul.out, kept);
    take_outputs(value.misc_mul, kept);
    note("The short-term errors are left out: " + version_text(to_) + " has none.");
  }
  void invent_errors(const ShortTermMultipliers& multipliers) {
    ValueHead& value = model().value;
    take_outputs(value.misc_mul, {kMean, kStdev, kLead, kVarianceTime, kMean, kMean});
    value.misc_bias.bias.resize(static_cast<std::size_t>(value.misc_mul.out));
    for (const MiscColumn column : {kValueError, kScoreError})
      for_misc_weights(column, [](float& w) { w = 0; });
    misc_bias(kValueError) =
        static_cast<float>(short_term_raw(to_, kStandInValueError, multipliers.value));
    misc_bias(kScoreError) = kStandInScoreRaw;
    note(
        "The short-term errors are the same everywhere, so that evaluations weigh as they do "
        "without: the net has none of its own.");
  }
  /// From multiplier `before` and version `from_` to `after` and `to_`. True if every error stays
  /// what it is.
  bool convert_error(MiscColumn column, double before, double after, const ErrorRange& range) {
    const auto raw_after = [&](double error) { return short_term_raw(to_, error, after); };
    const auto raw_before = [&](double error) { return short_term_raw(from_, error, before); };
    if (std::abs(raw_after(1) - raw_before(1)) < 1e-9 &&
        std::abs(raw_after(0.1) - raw_before(0.1)) < 1e-9)
      return true;  // the same formula
    bool constant = true;
    for_misc_weights(column, [&](float w) { constant = constant && w == 0; });
    if (constant) {
      const double error = short_term_error(from_, misc_bias(column), before);
      misc_bias(column) = static_cast<float>(raw_after(std::max(error, kLeastError)));
      return true;
    }
    // From the older version to the newer one; the other way by the same line, so that there and
    // back changes nothing.
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
  /// The line y(x) of least squares through the points of a range of errors.
  template <typename X, typename Y>
  static Line line(const ErrorRange& range, X x_of, Y y_of) {
    constexpr int kPoints = 64;
    double sx = 0, sy = 0, sxx = 0, sxy = 0;
    for (int i = 0; i < kPoints; ++i) {
      // Errors in equal ratios: as many small ones as large ones.
      const double error = range.low * std::pow(range.high / range.low, i / (kPoints - 1.0));
      const double x = x_of(error), y = y_of(error);
      sx += x, sy += y, sxx += x * x, sxy += x * y;
    }
    const double slope = (kPoints * sxy - sx * sy) / (kPoints * sxx - sx * sx);
    return {slope, (sy - slope * sx) / kPoints};
  }

  // KataGo wants the pass's hidden layer to be as wide as p1. Zeros fill it up: every activation
  // leaves 0 as it is.
  void widen_pass() {
    PolicyHead& head = model().policy;
    const int width = head.p1_conv.out, now = head.gpool_to_pass.out;
    if (now > width) {
      return fail("the pass's hidden layer has " + std::to_string(now) + " channels and '" +
                  printable(head.p1_conv.name) + "' " + std::to_string(width) +
                  ": KataGo wants as many here as there");
    }
    std::vector<float> weights;
    for (int in = 0; in < head.gpool_to_pass.in; ++in) {
      for (int out = 0; out < width; ++out) {
        weights.push_back(out < now
                              ? head.gpool_to_pass.weights[static_cast<std::size_t>(in * now + out)]
                              : 0.0F);
      }
    }
    head.gpool_to_pass.weights = std::move(weights);
    head.gpool_to_pass.out = width;
    head.pass_bias.bias.resize(static_cast<std::size_t>(width), 0.0F);
    MatMulLayer& second = head.gpool_to_pass2;
    second.weights.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(second.out));
    second.in = width;
  }

  // KataGo takes names of up to 96 letters, digits, '_' and '-'.
  void name() {
    std::string clean = model().name.substr(0, 96);
    for (char& c : clean) {
      const bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                        (c >= '0' && c <= '9') || c == '_' || c == '-';
      if (!good) c = '-';
    }
    if (clean != model().name) note("The net is called " + clean + ", a name that KataGo takes.");
    model().name = clean;
  }

  int from_, to_;
  ConvertedModel result_;
  std::string error_;
};

}  // namespace

Result<ConvertedModel> convert_for_katago(const Model& model, int version) {
  return Conversion(model, version).run();
}

}  // namespace ponnuki
