// A table of accessors: each parameter is declared once, with its range, and every command that
// reads or writes one goes through it.
#include "gtp/params.h"

#include <cmath>
#include <cstdio>
#include <functional>
#include <limits>
#include <type_traits>

#include "engine/text.h"

namespace ponnuki::gtp {

namespace {

struct Param {
  std::string name;
  std::function<std::string(const GtpOptions&)> get;
  std::function<Status(GtpOptions&, std::string_view)> set;
};

std::string number_text(double value) {
  char text[48];
  std::snprintf(text, sizeof text, "%.10g", value);
  return text;
}

Error out_of_range(const std::string& name, std::string_view value, double least, double most) {
  return Error{name + ": '" + std::string(value) + "' is not a number from " + number_text(least) +
               " to " + number_text(most)};
}

/// `field(options)` is a reference to an int, std::int64_t, std::size_t or double.
template <typename Field>
Param number(const std::string& name, Field field, double least, double most) {
  Param param;
  param.name = name;
  param.get = [field](const GtpOptions& options) {
    return number_text(static_cast<double>(field(const_cast<GtpOptions&>(options))));
  };
  param.set = [=](GtpOptions& options, std::string_view text) -> Status {
    using T = std::remove_reference_t<decltype(field(options))>;
    const auto value = parse_number(text);
    const bool whole = !std::is_integral_v<T> || (value && *value == std::floor(*value));
    if (!value || !whole || *value < least || *value > most) {
      return out_of_range(name, text, least, most);
    }
    field(options) = static_cast<T>(*value);
    return {};
  };
  return param;
}

template <typename Field>
Param boolean(const std::string& name, Field field) {
  Param param;
  param.name = name;
  param.get = [field](const GtpOptions& options) -> std::string {
    return field(const_cast<GtpOptions&>(options)) ? "true" : "false";
  };
  param.set = [=](GtpOptions& options, std::string_view text) -> Status {
    const auto value = parse_bool(text);
    if (!value) return Error{name + ": '" + std::string(text) + "' is neither true nor false"};
    field(options) = *value;
    return {};
  };
  return param;
}

/// KataGo's resignThreshold is a win/loss value of -1 to 1; ours a winrate.
Param resign_threshold() {
  Param param;
  param.name = "resignThreshold";
  param.get = [](const GtpOptions& options) { return number_text(2 * options.resign.winrate - 1); };
  param.set = [](GtpOptions& options, std::string_view text) -> Status {
    const auto value = parse_number(text);
    if (!value || *value < -1 || *value > 0) return out_of_range("resignThreshold", text, -1, 0);
    options.resign.winrate = (*value + 1) / 2;
    return {};
  };
  return param;
}

/// Unset means the default described in gtp/options.h; a very long time means no limit.
Param max_time() {
  Param param;
  param.name = "maxTime";
  param.get = [](const GtpOptions& options) {
    return options.seconds && std::isfinite(*options.seconds) ? number_text(*options.seconds)
                                                              : std::string("1e20");
  };
  param.set = [](GtpOptions& options, std::string_view text) -> Status {
    const auto value = parse_number(text);
    if (!value || *value < 0) return out_of_range("maxTime", text, 0, 1e20);
    options.seconds = *value >= 1e9 ? std::numeric_limits<double>::infinity() : *value;
    return {};
  };
  return param;
}

void add_limits(std::vector<Param>& params) {
  using O = GtpOptions;
  constexpr double kMost = 1e15;
  params.push_back(number(
      "maxVisits", [](O & o) -> auto& { return o.visits; }, 1, kMost));
  params.push_back(number(
      "maxPlayouts", [](O & o) -> auto& { return o.playouts; }, 1, kMost));
  params.push_back(max_time());
  params.push_back(number(
      "lagBuffer", [](O & o) -> auto& { return o.lag_seconds; }, 0, 3600));
  params.push_back(number(
      "numSearchThreads", [](O & o) -> auto& { return o.search.threads; }, 1, 1024));
  params.push_back(boolean(
      "ponderingEnabled", [](O & o) -> auto& { return o.ponder; }));
  params.push_back(boolean(
      "allowResignation", [](O & o) -> auto& { return o.resign.enabled; }));
  params.push_back(resign_threshold());
  params.push_back(number(
      "resignConsecTurns", [](O & o) -> auto& { return o.resign.consecutive; }, 1, 100));
  params.push_back(boolean(
      "ogsChatToStderr", [](O & o) -> auto& { return o.ogs_chat; }));
}

void add_analysis(std::vector<Param>& params) {
  using O = GtpOptions;
  params.push_back(number(
      "analysisWideRootNoise", [](O & o) -> auto& { return o.analysis_wide_root_noise; }, 0, 5));
  params.push_back(number(
      "analysisPVLen", [](O & o) -> auto& { return o.pv_length; }, 1, 1000));
}

void add_search(std::vector<Param>& params) {
  using O = GtpOptions;
  const auto add = [&](const char* name, auto field, double least, double most) {
    params.push_back(number(name, field, least, most));
  };
  add(
      "cpuctExploration", [](O & o) -> auto& { return o.search.cpuct; }, 0, 10);
  add(
      "cpuctExplorationLog", [](O & o) -> auto& { return o.search.cpuct_log; }, 0, 10);
  add(
      "cpuctExplorationBase", [](O & o) -> auto& { return o.search.cpuct_base; }, 10, 1e5);
  add(
      "fpuReductionMax", [](O & o) -> auto& { return o.search.fpu_reduction; }, 0, 2);
  add(
      "rootFpuReductionMax", [](O & o) -> auto& { return o.search.root_fpu_reduction; }, 0, 2);
  add(
      "winLossUtilityFactor", [](O & o) -> auto& { return o.search.win_loss_utility; }, 0, 1);
  add(
      "staticScoreUtilityFactor", [](O & o) -> auto& { return o.search.static_score_utility; }, 0,
      1);
  add(
      "dynamicScoreUtilityFactor", [](O & o) -> auto& { return o.search.dynamic_score_utility; }, 0,
      1);
  add(
      "drawEquivalentWinsForWhite", [](O & o) -> auto& { return o.search.draw_value; }, 0, 1);
  add(
      "rootPolicyTemperature", [](O & o) -> auto& { return o.search.root_policy_temperature; },
      0.01, 100);
  add(
      "rootNumSymmetriesToSample", [](O & o) -> auto& { return o.search.root_symmetries; }, 1, 8);
  add(
      "chosenMoveTemperature", [](O & o) -> auto& { return o.search.temperature; }, 0, 5);
  add(
      "chosenMoveTemperatureEarly", [](O & o) -> auto& { return o.search.temperature_early; }, 0,
      5);
  add(
      "chosenMoveTemperatureHalflife", [](O & o) -> auto& { return o.search.temperature_halflife; },
      0.1, 1e5);
  add(
      "lcbStdevs", [](O & o) -> auto& { return o.search.lcb_stdevs; }, 1, 12);
  add(
      "minVisitPropForLCB", [](O & o) -> auto& { return o.search.lcb_min_visit_share; }, 0, 1);
  params.push_back(boolean(
      "rootNoiseEnabled", [](O & o) -> auto& { return o.search.root_noise; }));
  params.push_back(boolean(
      "conservativePass", [](O & o) -> auto& { return o.search.conservative_pass; }));
}

const std::vector<Param>& all_params() {
  static const std::vector<Param> params = [] {
    std::vector<Param> list;
    add_limits(list);
    add_analysis(list);
    add_search(list);
    return list;
  }();
  return params;
}

const Param* find(std::string_view name) {
  for (const Param& param : all_params()) {
    if (param.name == name) return &param;
  }
  return nullptr;
}

Error unknown(std::string_view name) {
  return Error{"unknown parameter '" + std::string(name) + "': kata-list-params tells all"};
}

}  // namespace

std::vector<std::string> param_names() {
  std::vector<std::string> names;
  for (const Param& param : all_params()) names.push_back(param.name);
  return names;
}

Result<std::string> get_param(const GtpOptions& options, std::string_view name) {
  const Param* const param = find(name);
  if (!param) return unknown(name);
  return param->get(options);
}

Status set_param(GtpOptions& options, std::string_view name, std::string_view value) {
  const Param* const param = find(name);
  if (!param) return unknown(name);
  return param->set(options, value);
}

}  // namespace ponnuki::gtp
