#include "analysis/request.h"

#include <array>
#include <climits>
#include <nlohmann/json.hpp>

#include "analysis/request_game.h"
#include "analysis/request_options.h"
#include "engine/json_line.h"
#include "engine/json_parse.h"
#include "server/line_splitter.h"
#include "server/request_fields.h"

namespace ponnuki::analysis {

using Json = nlohmann::json;
namespace {

/// Throws a Refusal for an invalid query.
AnalysisQuery read_query(const server::RequestFields& fields, const AnalysisSettings& defaults,
                         std::vector<std::string>* warnings) {
  AnalysisQuery query;
  query.settings = defaults;
  query.id = fields["id"].get<std::string>();
  read_game(fields, &query);
  *warnings = read_options(fields, &query);
  if (!query.settings.prevent_cleanup_phase) query.start.allow_encore();
  check_moves(query);
  return query;
}

AnalysisAction::Kind read_kind(const server::RequestFields& fields) {
  using Kind = AnalysisAction::Kind;
  constexpr std::array<std::pair<const char*, Kind>, 5> kKinds = {
      {{"query_version", Kind::kVersion},
       {"query_models", Kind::kModels},
       {"clear_cache", Kind::kClearCache},
       {"terminate", Kind::kTerminate},
       {"terminate_all", Kind::kTerminateAll}}};
  const auto& name = fields["action"].get_ref<const std::string&>();
  for (const auto& [known, kind] : kKinds)
    if (name == known) return kind;
  server::refuse("",
                 "'action' field must be 'query_version' or 'query_models' or 'clear_cache' or "
                 "'terminate' or 'terminate_all'");
}

std::vector<int> read_turn_numbers(const server::RequestFields& fields) {
  const char* const kField = "turnNumbers";
  const char* const kWanted =
      "If provided, must be an array of integers indicating turns to terminate";
  std::vector<int> turns;
  for (const std::int64_t number : fields.integers(kField, kWanted)) {
    if (number < INT_MIN || number > INT_MAX) server::refuse(kField, kWanted);
    turns.push_back(static_cast<int>(number));
  }
  return turns;
}

/// Throws a Refusal for an invalid action.
AnalysisAction read_action(const Json& json) {
  using Kind = AnalysisAction::Kind;
  const server::RequestFields fields(json);
  AnalysisAction action{read_kind(fields), json_line(json), {}, {}};
  if (action.kind == Kind::kTerminate) {
    const Json& id = fields["terminateId"];
    if (!id.is_string())
      server::refuse("terminateId",
                     "Requests for a terminate action must have a string \"terminateId\" field");
    action.terminate_id = id.get<std::string>();
  }
  const bool ends = action.kind == Kind::kTerminate || action.kind == Kind::kTerminateAll;
  if (ends && fields.has("turnNumbers")) action.turns = read_turn_numbers(fields);
  return action;
}

std::string error_text(const std::string& text) { return json_line(Json{{"error", text}}); }

}  // namespace

Position AnalysisQuery::position_at(int turn) const {
  Game game = start;
  for (int i = 0; i < turn; ++i) game.play(moves[static_cast<std::size_t>(i)]);
  return game.position();
}

std::string field_error(const std::string& id, const std::string& field, const std::string& text) {
  return json_line(Json{{"id", id}, {"field", field}, {"error", text}});
}

AnalysisRequest parse_analysis_request(std::string_view line, const AnalysisSettings& defaults) {
  AnalysisRequest request;
  const auto refused = [&](const std::string& reply) {
    request.replies.push_back(reply);
    return std::move(request);
  };
  if (line.size() > server::kMaxLineBytes)
    return refused(error_text("Request line is longer than " +
                              std::to_string(server::kMaxLineBytes) + " bytes, ignoring it"));
  const auto parsed = parse_json(line);
  if (!parsed && parsed.error().message == kNotJson)
    return refused(error_text("could not parse input line as json request: " +
                              std::string(line.substr(0, 1000))));
  if (!parsed) return refused(error_text("Request line " + parsed.error().message));
  const Json& json = *parsed;
  if (!json.is_object())
    return refused(error_text("Request line was valid json but was not an object, ignoring: " +
                              json_line(json).substr(0, 1000)));
  const auto id = json.find("id");
  if (id == json.end() || !id->is_string())
    return refused(error_text("Request must have a string \"id\" field"));
  try {
    const auto action = json.find("action");
    if (action != json.end() && action->is_string()) {
      request.what = read_action(json);
      return request;
    }
    request.what = read_query(server::RequestFields(json), defaults, &request.replies);
    return request;
  } catch (const server::Refusal& refusal) {
    if (refusal.field.empty()) return refused(error_text(refusal.text));
    return refused(field_error(id->get<std::string>(), refusal.field, refusal.text));
  }
}

}  // namespace ponnuki::analysis
