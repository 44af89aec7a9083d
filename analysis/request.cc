// The words of errors are KataGo's: clients look for some of them.
#include "analysis/request.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "engine/coord.h"
#include "engine/json_line.h"
#include "engine/rules.h"
#include "gtp/line_splitter.h"

namespace ponnuki {
namespace {

using Json = nlohmann::json;

constexpr double kMostSeconds = 1e6;
constexpr std::int64_t kMostVisits = std::int64_t{1} << 50;
constexpr std::int64_t kMostPriority = 0x3FFFFFFFFFFFFFFF;

/// What is wrong with a field. Thrown inside this file only, as soon as it is found.
struct Refusal {
  std::string field, text;
};

class QueryReader {
 public:
  QueryReader(const Json& json, const AnalysisSettings& defaults) : json_(json) {
    query_.settings = defaults;
  }

  /// Throws a Refusal.
  AnalysisQuery read() {
    query_.id = json_.at("id").get<std::string>();
    read_size();
    const std::vector<Move> stones =
        has("initialStones") ? moves("initialStones") : std::vector<Move>();
    if (!has("moves")) refuse("moves", "Must specify an array of [player,location] pairs");
    query_.moves = moves("moves");
    read_turns();
    const Rules rules = read_rules();
    read_settings();
    read_wishes();
    read_filters();
    set_up(stones, rules);
    check_moves();
    warn_of_unused_fields();
    return std::move(query_);
  }
  std::vector<std::string> warnings() && { return std::move(warnings_); }

 private:
  [[noreturn]] static void refuse(const std::string& field, const std::string& text) {
    throw Refusal{field, text};
  }
  bool has(const char* field) const { return json_.contains(field); }

  // --- single fields
  std::int64_t integer(const Json& from, const char* field, std::int64_t low, std::int64_t high,
                       const std::string& wanted) const {
    const auto found = from.find(field);
    if (found == from.end() || !found->is_number_integer()) refuse(field, wanted);
    if (found->is_number_unsigned() && found->get<std::uint64_t>() > INT64_MAX)
      refuse(field, wanted);
    const auto value = found->get<std::int64_t>();
    if (value < low || value > high) refuse(field, wanted);
    return value;
  }
  double number(const char* field, double low, double high, const std::string& wanted) const {
    const Json& value = json_.at(field);
    if (!value.is_number()) refuse(field, wanted);
    const auto x = value.get<double>();
    if (!std::isfinite(x) || x < low || x > high) refuse(field, wanted);
    return x;
  }
  void flag(const char* field, bool* target) const {
    if (!has(field)) return;
    if (!json_.at(field).is_boolean()) refuse(field, "Must be a boolean");
    *target = json_.at(field).get<bool>();
  }
  static Color player(const Json& from, const char* field) {
    const auto found = from.find(field);
    const auto color = found != from.end() && found->is_string()
                           ? parse_color(found->get_ref<const std::string&>())
                           : std::nullopt;
    if (!color) refuse(field, "Must be \"b\" or \"w\"");
    return *color;
  }
  Point location(const char* field, const std::string& text, bool allow_pass) const {
    const auto point = parse_gtp_vertex(text, size_);
    if (!point || (point->is_pass() && !allow_pass))
      refuse(field, "Could not parse board location: " + text);
    return *point;
  }
  std::vector<Move> moves(const char* field) const {
    const std::string form =
        "Must be an array of pairs of the form: [\"b\" or \"w\", GTP board vertex]";
    const Json& list = json_.at(field);
    if (!list.is_array()) refuse(field, form);
    std::vector<Move> result;
    for (const Json& pair : list) {
      if (!pair.is_array() || pair.size() != 2 || !pair[0].is_string() || !pair[1].is_string())
        refuse(field, form);
      const auto color = parse_color(pair[0].get_ref<const std::string&>());
      if (!color) refuse(field, "Could not parse player: " + pair[0].get<std::string>());
      const bool is_game = std::string_view(field) == "moves";
      result.push_back({*color, location(field, pair[1].get_ref<const std::string&>(), is_game)});
    }
    return result;
  }
  /// Whole numbers.
  template <typename T>
  std::vector<T> integers(const char* field, const std::string& wanted) const {
    const Json& list = json_.at(field);
    if (!list.is_array()) refuse(field, wanted);
    std::vector<T> result;
    for (const Json& item : list) {
      if (!item.is_number_integer()) refuse(field, wanted);
      result.push_back(item.get<T>());
    }
    return result;
  }

  // --- the game
  void read_size() {
    const std::string wanted = "Must provide an integer from 2 to " + std::to_string(kMaxLength);
    size_.width = static_cast<std::uint8_t>(integer(json_, "boardXSize", 2, kMaxLength, wanted));
    size_.height = static_cast<std::uint8_t>(integer(json_, "boardYSize", 2, kMaxLength, wanted));
  }
  Rules read_rules() const {
    const std::string wanted =
        "Must specify rules string, such as \"chinese\" or \"tromp-taylor\", or a JSON object with "
        "detailed rules parameters.";
    if (!has("rules")) refuse("rules", wanted);
    const Json& given = json_.at("rules");
    if (!given.is_string() && !given.is_object()) refuse("rules", wanted);
    const std::string text = given.is_string() ? given.get<std::string>() : json_line(given);
    const auto parsed = parse_rules(text, Rules{});
    if (!parsed) refuse("rules", "Could not parse rules: " + text);
    Rules rules = *parsed;
    if (has("komi")) {
      const char* form = "Must be a integer or half-integer from -400.0 to 400.0";
      const double komi = number("komi", -400, 400, form);
      if (2 * komi != std::round(2 * komi)) refuse("komi", form);
      rules.komi = static_cast<float>(komi);
    }
    if (has("whiteHandicapBonus")) {
      const Json& bonus = json_.at("whiteHandicapBonus");
      if (!bonus.is_string()) refuse("whiteHandicapBonus", "Must be a string");
      const auto with = with_rule("whiteHandicapBonus", bonus.get_ref<const std::string&>(), rules);
      if (!with) refuse("whiteHandicapBonus", with.error());
      rules = *with;
    }
    return rules;
  }
  void set_up(const std::vector<Move>& stones, const Rules& rules) {
    Board board(size_);
    if (Status status = board.place(stones); !status) refuse("initialStones", status.error());
    const auto black = std::ranges::count(stones, Color::kBlack, &Move::color);
    const bool handicap = black >= 2 && black == std::ssize(stones);
    const Color first = has("initialPlayer")    ? player(json_, "initialPlayer")
                        : !query_.moves.empty() ? query_.moves.front().color
                        : handicap              ? Color::kWhite
                                                : Color::kBlack;
    query_.start = Game(board, first, rules, handicap ? static_cast<int>(black) : 0);
  }
  void check_moves() const {
    Game game = query_.start;
    for (std::size_t i = 0; i < query_.moves.size(); ++i) {
      if (!game.position().is_pseudo_legal(query_.moves[i]))
        refuse("moves",
               "Illegal move " + std::to_string(i) + ": " + to_gtp(query_.moves[i].point, size_));
      game.play(query_.moves[i]);
    }
  }
  void read_turns() {
    const auto last = static_cast<int>(query_.moves.size());
    std::vector<std::int64_t> numbers = {last};
    const char* const kTurns = "analyzeTurns";
    if (has(kTurns))
      numbers = integers<std::int64_t>(
          kTurns, "Must specify an array of integers indicating turns to analyze");
    for (const std::int64_t number : numbers)
      if (number < 0 || number > last)
        refuse(kTurns, "Invalid turn number: " + std::to_string(number));
    const std::vector<std::int64_t> priorities = read_priorities(numbers.size());
    for (std::size_t i = 0; i < numbers.size(); ++i)
      query_.turns.push_back({static_cast<int>(numbers[i]), priorities[i]});
    std::ranges::stable_sort(query_.turns, {}, &AnalysisQuery::Turn::number);
    const auto twice = std::ranges::unique(query_.turns, {}, &AnalysisQuery::Turn::number);
    query_.turns.erase(twice.begin(), twice.end());
  }
  std::vector<std::int64_t> read_priorities(std::size_t turns) const {
    if (has("priorities")) {
      const char* const kField = "priorities";
      if (has("priority")) refuse("priority", "Cannot specify both priority and priorities");
      const auto list =
          integers<std::int64_t>(kField, "Must specify an array of integers indicating priorities");
      if (!has("analyzeTurns"))
        refuse(kField, "Can only specify when also specifying analyzeTurns");
      if (list.size() != turns) refuse(kField, "Must be of matching length to analyzeTurns");
      for (const std::int64_t priority : list)
        if (std::abs(priority) > kMostPriority)
          refuse(kField, "Invalid priority: " + std::to_string(priority));
      return list;
    }
    std::int64_t priority = 0;
    if (has("priority"))
      priority = integer(json_, "priority", -kMostPriority, kMostPriority,
                         "Must be a number between -2^62 and 2^62");
    return std::vector<std::int64_t>(turns, priority);
  }

  // --- how to search and what to tell
  void read_settings() {
    GtpOptions& knobs = query_.settings.knobs;
    if (has("overrideSettings")) read_overrides(json_.at("overrideSettings"));
    if (has("maxVisits"))
      knobs.visits =
          integer(json_, "maxVisits", 1, kMostVisits, "Must be an integer from 1 to 2^50");
    if (has("analysisPVLen"))
      knobs.pv_length = static_cast<int>(
          integer(json_, "analysisPVLen", 1, 1000, "Must be an integer from 1 to 1000"));
    if (has("rootFpuReductionMax"))
      knobs.search.root_fpu_reduction =
          number("rootFpuReductionMax", 0, 2, "Must be a number from 0.0 to 2.0");
    if (has("rootPolicyTemperature"))
      knobs.search.root_policy_temperature = knobs.search.root_policy_temperature_early =
          number("rootPolicyTemperature", 0.01, 100, "Must be a number from 0.01 to 100.0");
  }
  void read_overrides(const Json& overrides) {
    const char* const kField = "overrideSettings";
    if (!overrides.is_object()) refuse(kField, "Must be an object");
    std::string unknown;
    for (const auto& [key, value] : overrides.items()) {
      const std::string text = value.is_string() ? value.get<std::string>() : json_line(value);
      const auto known = set_setting(query_.settings, key, text);
      if (!known) refuse(kField, "Could not set settings: " + known.error());
      if (!*known) unknown += (unknown.empty() ? "" : ",") + key;
    }
    if (!unknown.empty()) warn(kField, "Unknown config params: " + unknown);
  }
  void read_wishes() {
    flag("includeOwnership", &query_.ownership);
    flag("includeOwnershipStdev", &query_.ownership_stdev);
    flag("includeMovesOwnership", &query_.moves_ownership);
    flag("includeMovesOwnershipStdev", &query_.moves_ownership_stdev);
    flag("includePolicy", &query_.policy);
    flag("includePVVisits", &query_.pv_visits);
    flag("includeNoResultValue", &query_.no_result_value);
    const char* const kSeconds = "Must be number of seconds from 0.001 to 1000000.0";
    if (has("reportDuringSearchEvery"))
      query_.report_every = query_.first_report_after =
          number("reportDuringSearchEvery", 0.001, kMostSeconds, kSeconds);
    if (has("firstReportDuringSearchAfter"))
      query_.first_report_after =
          number("firstReportDuringSearchAfter", 0.001, kMostSeconds, kSeconds);
  }
  void read_filters() {
    const bool allow = has("allowMoves");
    if (allow && has("avoidMoves"))
      refuse("allowMoves", "Cannot specify both allowMoves and avoidMoves");
    if (!allow && !has("avoidMoves")) return;
    const char* const field = allow ? "allowMoves" : "avoidMoves";
    const std::string form =
        "Must be a list of dicts with subfields 'player', 'moves', 'untilDepth'";
    const Json& list = json_.at(field);
    if (!list.is_array()) refuse(field, form);
    if (allow && list.size() > 2)
      refuse(field, "Currently allowMoves only allows at most one entry per player");
    std::set<Color> seen;
    for (const Json& item : list) {
      if (!item.is_object() || !item.contains("moves") || !item.contains("untilDepth") ||
          !item.contains("player"))
        refuse(field, form);
      MoveFilter filter;
      filter.allow = allow;
      filter.player = player(item, "player");
      if (!item["moves"].is_array()) refuse("moves", "Must be an array of GTP board vertices");
      for (const Json& vertex : item["moves"]) {
        if (!vertex.is_string()) refuse("moves", "Must be an array of GTP board vertices");
        filter.points.push_back(location("moves", vertex.get_ref<const std::string&>(), true));
      }
      filter.until_depth = static_cast<int>(
          integer(item, "untilDepth", 1, 1'000'000'000, "Must be a positive integer"));
      if (allow && !seen.insert(filter.player).second)
        refuse(field, "Cannot specify allowMoves more than once for the same player");
      query_.filters.push_back(std::move(filter));
    }
  }

  // --- warnings
  /// KaTrain's remote engine takes each message for the query's end that does not say that the
  /// search goes on.
  void warn(const std::string& field, const std::string& text) {
    warnings_.push_back(json_line(Json{{"id", query_.id},
                                       {"field", field},
                                       {"warning", text},
                                       {"isDuringSearch", true},
                                       {"noResults", true}}));
  }
  void warn_of_unused_fields() {
    static const std::set<std::string, std::less<>> kFields = {"id",
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
                                                               "avoidMoves"};
    if (!query_.settings.warn_unused_fields) return;
    for (const auto& [key, value] : json_.items())
      if (!kFields.contains(key))
        warn(key,
             "Unexpected or unused field, do you have a typo? (set warnUnusedFields=false in the "
             "config to disable this warning)");
  }

  const Json& json_;
  BoardSize size_;
  AnalysisQuery query_;
  std::vector<std::string> warnings_;
};

/// Throws a Refusal.
AnalysisAction read_action(const Json& json) {
  using Kind = AnalysisAction::Kind;
  constexpr std::array<std::pair<const char*, Kind>, 5> kKinds = {
      {{"query_version", Kind::kVersion},
       {"query_models", Kind::kModels},
       {"clear_cache", Kind::kClearCache},
       {"terminate", Kind::kTerminate},
       {"terminate_all", Kind::kTerminateAll}}};
  const auto& name = json.at("action").get_ref<const std::string&>();
  const auto* const kind =
      std::ranges::find_if(kKinds, [&](const auto& pair) { return name == pair.first; });
  if (kind == kKinds.end())
    throw Refusal{"",
                  "'action' field must be 'query_version' or 'query_models' or 'clear_cache' or "
                  "'terminate' or 'terminate_all'"};
  AnalysisAction action{kind->second, json_line(json), {}, {}};
  if (action.kind == Kind::kTerminate) {
    const auto id = json.find("terminateId");
    if (id == json.end() || !id->is_string())
      throw Refusal{"terminateId",
                    "Requests for a terminate action must have a string \"terminateId\" field"};
    action.terminate_id = id->get<std::string>();
  }
  const auto turns = json.find("turnNumbers");
  const bool ends = action.kind == Kind::kTerminate || action.kind == Kind::kTerminateAll;
  if (!ends || turns == json.end()) return action;
  const auto is_integer = [](const Json& item) { return item.is_number_integer(); };
  if (!turns->is_array() || !std::ranges::all_of(*turns, is_integer))
    throw Refusal{"turnNumbers",
                  "If provided, must be an array of integers indicating turns to terminate"};
  action.turns = turns->get<std::vector<int>>();
  return action;
}

std::string error_text(const std::string& text) { return json_line(Json{{"error", text}}); }

/// Deeper nesting than any request has would cost the stack.
bool is_too_deep(std::string_view line) {
  constexpr int kDeepest = 100;
  int depth = 0;
  for (const char c : line) {
    if (c == '[' || c == '{') ++depth;
    if (c == ']' || c == '}') --depth;
    if (depth > kDeepest) return true;
  }
  return false;
}

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
  if (line.size() > kMaxLineBytes)
    return refused(error_text("Request line is longer than " + std::to_string(kMaxLineBytes) +
                              " bytes, ignoring it"));
  if (is_too_deep(line)) return refused(error_text("Request line is nested too deeply"));
  const Json json = Json::parse(line, nullptr, false);
  if (json.is_discarded())
    return refused(error_text("could not parse input line as json request: " +
                              std::string(line.substr(0, 1000))));
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
    QueryReader reader(json, defaults);
    request.what = reader.read();
    request.replies = std::move(reader).warnings();
    return request;
  } catch (const Refusal& refusal) {
    if (refusal.field.empty()) return refused(error_text(refusal.text));
    return refused(field_error(id->get<std::string>(), refusal.field, refusal.text));
  }
}

}  // namespace ponnuki
