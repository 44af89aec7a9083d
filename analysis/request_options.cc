#include "analysis/request_options.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>

#include "engine/json_line.h"

namespace ponnuki::analysis {

using Json = nlohmann::json;
namespace {

constexpr double kMostSeconds = 1e6;
constexpr std::int64_t kMostVisits = std::int64_t{1} << 50;

/// KataGo's fields, including those of actions.
constexpr auto kFields = std::to_array<std::string_view>({"id",
                                                          "action",
                                                          "terminateId",
                                                          "turnNumbers",
                                                          "boardXSize",
                                                          "boardYSize",
                                                          "initialStones",
                                                          "moves",
                                                          "initialPlayer",
                                                          "analyzeTurns",
                                                          "priorities",
                                                          "rules",
                                                          "komi",
                                                          "whiteHandicapBonus",
                                                          "overrideSettings",
                                                          "maxVisits",
                                                          "analysisPVLen",
                                                          "rootFpuReductionMax",
                                                          "rootPolicyTemperature",
                                                          "includeMovesOwnership",
                                                          "includeMovesOwnershipStdev",
                                                          "includeOwnership",
                                                          "includeOwnershipStdev",
                                                          "includePolicy",
                                                          "includePVVisits",
                                                          "includeNoResultValue",
                                                          "reportDuringSearchEvery",
                                                          "firstReportDuringSearchAfter",
                                                          "priority",
                                                          "allowMoves",
                                                          "avoidMoves"});

/// States that the search continues; otherwise KaTrain's remote engine takes the message for the
/// end of the query.
std::string warning(const std::string& id, const std::string& field, const std::string& text) {
  return json_line(Json{{"id", id},
                        {"field", field},
                        {"warning", text},
                        {"isDuringSearch", true},
                        {"noResults", true}});
}

/// Returns the names that are not settings, separated by commas.
std::string read_overrides(const server::RequestFields& fields, AnalysisSettings* settings) {
  const char* const kField = "overrideSettings";
  if (!fields.has(kField)) return {};
  const Json& overrides = fields[kField];
  if (!overrides.is_object()) server::refuse(kField, "Must be an object");
  std::string unknown;
  for (const auto& [key, value] : overrides.items()) {
    const std::string text = value.is_string() ? value.get<std::string>() : json_line(value);
    const auto known = set_setting(*settings, key, text);
    if (!known) server::refuse(kField, "Could not set settings: " + known.error().message);
    if (!*known) unknown += (unknown.empty() ? "" : ",") + key;
  }
  return unknown;
}

void read_limits(const server::RequestFields& fields, search::Settings* settings) {
  if (fields.has("maxVisits"))
    settings->visits =
        fields.integer("maxVisits", 1, kMostVisits, "Must be an integer from 1 to 2^50");
  if (fields.has("analysisPVLen"))
    settings->pv_length = static_cast<int>(
        fields.integer("analysisPVLen", 1, 1000, "Must be an integer from 1 to 1000"));
  if (fields.has("rootFpuReductionMax"))
    settings->params.root_fpu_reduction =
        fields.number("rootFpuReductionMax", 0, 2, "Must be a number from 0.0 to 2.0");
  if (fields.has("rootPolicyTemperature"))
    settings->params.root_policy_temperature = settings->params.root_policy_temperature_early =
        fields.number("rootPolicyTemperature", 0.01, 100, "Must be a number from 0.01 to 100.0");
}

void read_what_to_tell(const server::RequestFields& fields, AnalysisQuery* query) {
  fields.flag("includeOwnership", &query->ownership);
  fields.flag("includeOwnershipStdev", &query->ownership_stdev);
  fields.flag("includeMovesOwnership", &query->moves_ownership);
  fields.flag("includeMovesOwnershipStdev", &query->moves_ownership_stdev);
  fields.flag("includePolicy", &query->policy);
  fields.flag("includePVVisits", &query->pv_visits);
  fields.flag("includeNoResultValue", &query->no_result_value);
  const auto seconds = [&](const char* field) {
    return fields.number(field, 0.001, kMostSeconds,
                         "Must be number of seconds from 0.001 to 1000000.0");
  };
  if (fields.has("reportDuringSearchEvery"))
    query->report_every = query->first_report_after = seconds("reportDuringSearchEvery");
  if (fields.has("firstReportDuringSearchAfter"))
    query->first_report_after = seconds("firstReportDuringSearchAfter");
}

const char* const kFilterForm =
    "Must be a list of dicts with subfields 'player', 'moves', 'untilDepth'";

/// `field` is the list that contains `item`.
search::MoveFilter read_filter(const char* field, const Json& item, BoardSize size) {
  if (!item.is_object() || !item.contains("moves") || !item.contains("untilDepth") ||
      !item.contains("player"))
    server::refuse(field, kFilterForm);
  const server::RequestFields fields(item);
  search::MoveFilter filter;
  filter.player = fields.player("player");
  const Json& vertices = fields["moves"];
  const auto is_string = [](const Json& vertex) { return vertex.is_string(); };
  if (!vertices.is_array() || !std::ranges::all_of(vertices, is_string))
    server::refuse("moves", "Must be an array of GTP board vertices");
  for (const Json& vertex : vertices)
    filter.points.push_back(
        server::read_location("moves", vertex.get_ref<const std::string&>(), size, true));
  filter.until_depth = static_cast<int>(
      fields.integer("untilDepth", 1, 1'000'000'000, "Must be a positive integer"));
  return filter;
}

std::vector<search::MoveFilter> read_filters(const server::RequestFields& fields, BoardSize size) {
  const bool allow = fields.has("allowMoves");
  if (allow && fields.has("avoidMoves"))
    server::refuse("allowMoves", "Cannot specify both allowMoves and avoidMoves");
  if (!allow && !fields.has("avoidMoves")) return {};
  const char* const field = allow ? "allowMoves" : "avoidMoves";
  const Json& list = fields[field];
  if (!list.is_array()) server::refuse(field, kFilterForm);
  if (allow && list.size() > 2)
    server::refuse(field, "Currently allowMoves only allows at most one entry per player");
  std::vector<search::MoveFilter> filters;
  for (const Json& item : list) {
    search::MoveFilter filter = read_filter(field, item, size);
    filter.allow = allow;
    if (allow &&
        std::ranges::find(filters, filter.player, &search::MoveFilter::player) != filters.end())
      server::refuse(field, "Cannot specify allowMoves more than once for the same player");
    filters.push_back(std::move(filter));
  }
  return filters;
}

}  // namespace

std::vector<std::string> read_options(const server::RequestFields& fields, AnalysisQuery* query) {
  const std::string unknown = read_overrides(fields, &query->settings);
  read_limits(fields, &query->settings.search);
  read_what_to_tell(fields, query);
  query->filters = read_filters(fields, query->start.position().board().size());
  std::vector<std::string> warnings;
  if (!unknown.empty())
    warnings.push_back(warning(query->id, "overrideSettings", "Unknown config params: " + unknown));
  if (!query->settings.warn_unused_fields) return warnings;
  for (const std::string& name : fields.names())
    if (std::ranges::find(kFields, name) == kFields.end())
      warnings.push_back(
          warning(query->id, name,
                  "Unexpected or unused field, do you have a typo? (set warnUnusedFields=false in "
                  "the config to disable this warning)"));
  return warnings;
}

}  // namespace ponnuki::analysis
