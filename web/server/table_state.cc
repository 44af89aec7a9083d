#include "web/server/table_state.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "engine/json_parse.h"

namespace ponnuki::web {
namespace {

using Json = nlohmann::json;

constexpr std::pair<search::TimeSystem, const char*> kTimeSystems[] = {
    {search::TimeSystem::kNone, "none"},
    {search::TimeSystem::kAbsolute, "absolute"},
    {search::TimeSystem::kByoYomi, "byoyomi"},
    {search::TimeSystem::kFischer, "fischer"}};

Seat seat_from(const Json& json) {
  Seat seat;
  seat.is_engine = json.value("engine", false);
  seat.level = parse_rank(json.value("level", ""));
  return seat;
}
Json json_of(const Seat& seat) {
  Json json{{"engine", seat.is_engine}};
  if (seat.level) json["level"] = to_string(*seat.level);
  return json;
}

search::TimeSettings time_from(const Json& json) {
  search::TimeSettings time;
  time.system = parse_time_system(json.value("system", "none")).value_or(search::TimeSystem::kNone);
  time.main_seconds = json.value("main", 0.0);
  time.period_seconds = json.value("period", 0.0);
  time.periods = json.value("periods", 1);
  time.increment = json.value("increment", 0.0);
  return time;
}
Json json_of(const search::TimeSettings& time) {
  return {{"system", time_system_name(time.system)},
          {"main", time.main_seconds},
          {"period", time.period_seconds},
          {"periods", time.periods},
          {"increment", time.increment}};
}

Phase phase_from(const std::string& name) {
  for (const Phase phase : {Phase::kPlaying, Phase::kMarking, Phase::kOver}) {
    if (name == phase_name(phase)) return phase;
  }
  return Phase::kReview;
}

}  // namespace

const char* time_system_name(search::TimeSystem system) {
  for (const auto& [each, name] : kTimeSystems) {
    if (each == system) return name;
  }
  return "none";
}

std::optional<search::TimeSystem> parse_time_system(std::string_view name) {
  for (const auto& [system, each] : kTimeSystems) {
    if (name == each) return system;
  }
  return std::nullopt;
}

const char* phase_name(Phase phase) {
  switch (phase) {
    case Phase::kPlaying:
      return "playing";
    case Phase::kMarking:
      return "marking";
    case Phase::kOver:
      return "over";
    default:
      return "review";
  }
}

std::string to_json(const TableState& state) {
  Json left = Json::array();
  for (const search::GameClock::Left& rest : state.left)
    left.push_back({rest.seconds, rest.stones});
  return Json{{"black", json_of(state.seats[0])}, {"white", json_of(state.seats[1])},
              {"time", json_of(state.time)},      {"left", left},
              {"teach", state.teaching.points},   {"teachWinrate", state.teaching.winrate},
              {"phase", phase_name(state.phase)}}
      .dump();
}

std::optional<TableState> read_table_state(const std::string& text) {
  const auto parsed = parse_json(text);
  if (!parsed) return std::nullopt;
  try {
    const Json& json = *parsed;
    TableState state;
    state.seats = {seat_from(json.at("black")), seat_from(json.at("white"))};
    state.time = time_from(json.at("time"));
    for (const std::size_t player : {0, 1}) {
      const Json& left = json.at("left").at(player);
      state.left[player] = {left.at(0), left.at(1)};
    }
    state.teaching = {json.value("teach", 0.0), json.value("teachWinrate", 0.0)};
    state.phase = phase_from(json.at("phase"));
    return state;
  } catch (const Json::exception&) {
    return std::nullopt;
  }
}

}  // namespace ponnuki::web
