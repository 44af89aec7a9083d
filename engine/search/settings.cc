// A table of member pointers. Each setting is declared once, with its range; its type determines
// how it is read and written.
#include "engine/search/settings.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <type_traits>
#include <variant>

#include "engine/coord.h"
#include "engine/text.h"

namespace ponnuki::search {

namespace {

/// A winrate. KataGo's resignThreshold gives it as a win/loss value from -1 to 1.
struct WinLossValue {
  double Resignation::*winrate;
};

using Field =
    std::variant<std::int64_t Settings::*, int Settings::*, double Settings::*, bool Settings::*,
                 std::optional<double> Settings::*, int SearchParams::*, double SearchParams::*,
                 bool SearchParams::*, std::optional<Color> SearchParams::*, int Resignation::*,
                 bool Resignation::*, WinLossValue>;

struct Entry {
  const char* name;
  Field field;
  double least = 0, most = 0;  // of numbers
};

constexpr double kMostVisits = 1e15;  // and more: no limit
constexpr double kMostSeconds = 1e20;

const Entry kEntries[] = {
    {"maxVisits", &Settings::visits, 1, kMostVisits},
    {"maxPlayouts", &Settings::playouts, 1, kMostVisits},
    {"maxTime", &Settings::seconds, 0, kMostSeconds},
    {"lagBuffer", &Settings::lag_seconds, 0, 3600},
    {"numSearchThreads", &SearchParams::threads, 1, 1024},
    {"ponderingEnabled", &Settings::ponder},
    {"maxTimePondering", &Settings::ponder_seconds, 0, kMostSeconds},
    {"allowResignation", &Resignation::enabled},
    {"resignThreshold", WinLossValue{&Resignation::winrate}, -1, 0},
    {"resignConsecTurns", &Resignation::consecutive, 1, 100},
    {"ogsChatToStderr", &Settings::ogs_chat},
    {"analysisWideRootNoise", &Settings::analysis_wide_root_noise, 0, 5},
    {"analysisPVLen", &Settings::pv_length, 1, 1000},
    {"cpuctExploration", &SearchParams::cpuct, 0, 10},
    {"cpuctExplorationLog", &SearchParams::cpuct_log, 0, 10},
    {"cpuctExplorationBase", &SearchParams::cpuct_base, 10, 1e5},
    {"fpuReductionMax", &SearchParams::fpu_reduction, 0, 2},
    {"rootFpuReductionMax", &SearchParams::root_fpu_reduction, 0, 2},
    {"winLossUtilityFactor", &SearchParams::win_loss_utility, 0, 1},
    {"staticScoreUtilityFactor", &SearchParams::static_score_utility, 0, 1},
    {"dynamicScoreUtilityFactor", &SearchParams::dynamic_score_utility, 0, 1},
    {"drawEquivalentWinsForWhite", &SearchParams::draw_value, 0, 1},
    {"rootPolicyTemperature", &SearchParams::root_policy_temperature, 0.01, 100},
    {"playoutDoublingAdvantage", &SearchParams::playout_doublings, -3, 3},
    {"playoutDoublingAdvantagePla", &SearchParams::playout_doublings_for},
    {"rootNumSymmetriesToSample", &SearchParams::root_symmetries, 1, 8},
    {"chosenMoveTemperature", &SearchParams::temperature, 0, 5},
    {"chosenMoveTemperatureEarly", &SearchParams::temperature_early, 0, 5},
    {"chosenMoveTemperatureHalflife", &SearchParams::temperature_halflife, 0.1, 1e5},
    {"lcbStdevs", &SearchParams::lcb_stdevs, 1, 12},
    {"minVisitPropForLCB", &SearchParams::lcb_min_visit_share, 0, 1},
    {"rootNoiseEnabled", &SearchParams::root_noise},
    {"conservativePass", &SearchParams::conservative_pass},
};

const Entry* find(std::string_view name) {
  const auto* const found = std::ranges::find(kEntries, name, &Entry::name);
  return found == std::end(kEntries) ? nullptr : found;
}

Error unknown(std::string_view name) {
  return Error{"unknown parameter '" + std::string(name) + "'"};
}

/// The member of the settings, or of the part of the settings that contains it.
template <typename S, typename T>
auto& member(S& settings, T Settings::*field) {
  return settings.*field;
}
template <typename S, typename T>
auto& member(S& settings, T SearchParams::*field) {
  return settings.params.*field;
}
template <typename S, typename T>
auto& member(S& settings, T Resignation::*field) {
  return settings.resign.*field;
}
template <typename S>
auto& member(S& settings, WinLossValue value) {
  return settings.resign.*value.winrate;
}

std::string number_text(double value) {
  char text[48];
  std::snprintf(text, sizeof text, "%.10g", value);
  return text;
}

Error out_of_range(const Entry& entry, std::string_view text) {
  return Error{std::string(entry.name) + ": '" + std::string(text) + "' is not a number from " +
               number_text(entry.least) + " to " + number_text(entry.most)};
}

std::string to_text(double value) { return number_text(value); }
std::string to_text(int value) { return std::to_string(value); }

/// Visits and playouts. For no limit KataGo writes a very large number.
std::string to_text(std::int64_t value) {
  return std::to_string(std::min(value, static_cast<std::int64_t>(kMostVisits)));
}

std::string to_text(bool value) { return value ? "true" : "false"; }

/// Seconds. For no limit KataGo writes a very long time.
std::string to_text(const std::optional<double>& seconds) {
  return number_text(seconds.value_or(kMostSeconds));
}

/// As KataGo writes it: E is nobody in particular.
std::string to_text(const std::optional<Color>& player) {
  return player ? (*player == Color::kBlack ? "B" : "W") : "E";
}

template <typename T>
Status assign(const Entry& entry, T& target, std::string_view text) {
  const auto value = parse_number(text);
  const bool whole = !std::is_integral_v<T> || (value && *value == std::floor(*value));
  if (!value || !whole || *value < entry.least || *value > entry.most) {
    return out_of_range(entry, text);
  }
  target = static_cast<T>(*value);
  return {};
}

/// The largest number means no limit.
Status assign(const Entry& entry, std::int64_t& target, std::string_view text) {
  PONNUKI_TRY(assign<std::int64_t>(entry, target, text));
  if (static_cast<double>(target) >= kMostVisits) target = std::numeric_limits<std::int64_t>::max();
  return {};
}

Status assign(const Entry& entry, bool& target, std::string_view text) {
  const auto value = parse_bool(text);
  if (!value) {
    return Error{std::string(entry.name) + ": '" + std::string(text) +
                 "' is neither true nor false"};
  }
  target = *value;
  return {};
}

Status assign(const Entry& entry, std::optional<Color>& target, std::string_view text) {
  const auto player = parse_color(text);
  if (!player && text != "E" && text != "")
    return Error{std::string(entry.name) + ": '" + std::string(text) +
                 "' is neither BLACK nor WHITE"};
  target = player;
  return {};
}

/// A very long time means no limit of its own.
Status assign(const Entry& entry, std::optional<double>& target, std::string_view text) {
  constexpr double kUnlimited = 1e9;
  double seconds = 0;
  PONNUKI_TRY(assign<double>(entry, seconds, text));
  target = seconds >= kUnlimited ? std::nullopt : std::optional(seconds);
  return {};
}

}  // namespace

std::vector<std::string> setting_names() {
  std::vector<std::string> names;
  for (const Entry& entry : kEntries) names.emplace_back(entry.name);
  return names;
}

bool is_setting(std::string_view name) { return find(name) != nullptr; }

Result<std::string> get_setting(const Settings& settings, std::string_view name) {
  const Entry* const entry = find(name);
  if (!entry) return unknown(name);
  if (const auto* value = std::get_if<WinLossValue>(&entry->field)) {
    return number_text(2 * member(settings, *value) - 1);
  }
  return std::visit([&](auto field) { return to_text(member(settings, field)); }, entry->field);
}

Status set_setting(Settings& settings, std::string_view name, std::string_view value) {
  const Entry* const entry = find(name);
  if (!entry) return unknown(name);
  if (const auto* winrate = std::get_if<WinLossValue>(&entry->field)) {
    double win_loss = 0;
    PONNUKI_TRY(assign(*entry, win_loss, value));
    member(settings, *winrate) = (win_loss + 1) / 2;
    return {};
  }
  return std::visit(
      [&](auto field) -> Status { return assign(*entry, member(settings, field), value); },
      entry->field);
}

}  // namespace ponnuki::search
