// Converts step by step, from the inputs to the outputs. Each step handles one difference between
// versions.
#include "nn/convert/model_convert.h"

#include <algorithm>

#include "engine/check.h"
#include "nn/convert/layer_columns.h"
#include "nn/convert/score_head_convert.h"
#include "nn/files/bytes/token_reader.h"
#include "nn/model/model_check.h"
#include "nn/model/model_visit.h"

namespace ponnuki::nn {
namespace {

constexpr int kFirstWithV7Inputs = 8;
// The first version that has activations other than ReLU.
constexpr int kFirstWithActivations = 11;
// The first version that has a hidden layer for the pass, and metadata.
constexpr int kFirstWithHiddenPass = 15;

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
            &Conversion::pass, &Conversion::policy_channels, &Conversion::score_head})
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

  // The first activation that is not ReLU.
  struct FirstOther {
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
    if (is_transformer(model()))
      return fail("it is a transformer, which " + version_text(to_) +
                  " cannot be: keep its version, without --to");
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

  // Adds a hidden layer that passes the earlier outputs on unchanged. In the other direction,
  // removes a hidden layer that does only this.
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
    from.reserve(static_cast<std::size_t>(after));
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

  void score_head() {
    const Status status = convert_score_head(model(), to_, result_.notes);
    if (!status) fail(status.error().message);
  }

  // KataGo requires the pass's hidden layer to have the width of p1. The rest is filled with zeros,
  // which every activation leaves unchanged.
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

  // KataGo accepts names of up to 96 letters, digits, '_' and '-'.
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

}  // namespace ponnuki::nn
