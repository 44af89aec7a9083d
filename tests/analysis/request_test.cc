// Requests to the analysis engine: what is taken, and the words for what is not.
#include "analysis/request.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "engine/coord.h"
#include "server/line_splitter.h"

namespace ponnuki::analysis {
namespace {

using Json = nlohmann::json;

Json good_query() {
  return Json::parse(R"({"id":"q","boardXSize":9,"boardYSize":9,"rules":"tromp-taylor","komi":7,
                         "moves":[["B","E5"],["W","C3"],["b","pass"]]})");
}
AnalysisRequest parse(const Json& json) { return parse_analysis_request(json.dump(), {}); }
AnalysisQuery query_of(const Json& json) {
  AnalysisRequest request = parse(json);
  for (const std::string& reply : request.replies) UNSCOPED_INFO(reply);
  REQUIRE(std::holds_alternative<AnalysisQuery>(request.what));
  return std::get<AnalysisQuery>(std::move(request.what));
}
std::string only_reply(const std::string& line) {
  const AnalysisRequest request = parse_analysis_request(line, {});
  REQUIRE(request.what.index() == 0);
  REQUIRE(request.replies.size() == 1);
  return request.replies[0];
}

}  // namespace

TEST_CASE("Analysis request: the last position of a game, searched as the settings say") {
  const AnalysisQuery query = query_of(good_query());
  CHECK(query.id == "q");
  REQUIRE(query.turns.size() == 1);
  CHECK(query.turns[0].number == 3);
  CHECK(query.turns[0].priority == 0);
  CHECK(query.settings.search.visits == 500);
  CHECK(query.settings.perspective == Perspective::kBlack);
  const Position position = query.position_at(2);
  CHECK(position.to_move() == Color::kBlack);
  CHECK(position.rules().komi == 7);
  CHECK(position.board().at(*parse_gtp_vertex("C3", {9, 9})) == Color::kWhite);
  CHECK(query.position_at(3).consecutive_passes() == 1);
}

TEST_CASE("Analysis request: turns in their order, each once, with priorities of their own") {
  Json json = good_query();
  json["analyzeTurns"] = {2, 0, 2};
  json["priorities"] = {5, -1, 5};
  const AnalysisQuery query = query_of(json);
  REQUIRE(query.turns.size() == 2);
  CHECK(query.turns[0].number == 0);
  CHECK(query.turns[0].priority == -1);
  CHECK(query.turns[1].number == 2);
  CHECK(query.turns[1].priority == 5);
}

TEST_CASE("Analysis request: stones at the start, who begins, and White's bonus for handicap") {
  Json json = good_query();
  json["moves"] = Json::array();
  json["initialStones"] = Json::parse(R"([["B","C3"],["B","G7"]])");
  json["rules"] = "new zealand";
  json["whiteHandicapBonus"] = "N";
  AnalysisQuery query = query_of(json);
  CHECK(query.position_at(0).to_move() == Color::kWhite);
  CHECK(query.position_at(0).rules().handicap_bonus == HandicapBonus::kN);
  CHECK(query.position_at(0).handicap() == 2);
  json["initialPlayer"] = "black";
  query = query_of(json);
  CHECK(query.position_at(0).to_move() == Color::kBlack);
  json["moves"] = Json::parse(R"([["W","E5"]])");
  json.erase("initialPlayer");
  json["initialStones"] = Json::parse(R"([["B","C3"],["W","G7"]])");
  CHECK(query_of(json).position_at(0).to_move() == Color::kWhite);
  CHECK(query_of(json).position_at(0).handicap() == 0);
}

TEST_CASE("Analysis request: wishes, limits and settings of one query") {
  Json json = good_query();
  for (const char* wish :
       {"includeOwnership", "includeOwnershipStdev", "includeMovesOwnership",
        "includeMovesOwnershipStdev", "includePolicy", "includePVVisits", "includeNoResultValue"})
    json[wish] = true;
  json["maxVisits"] = 7;
  json["analysisPVLen"] = 3;
  json["rootFpuReductionMax"] = 0.5;
  json["rootPolicyTemperature"] = 1.5;
  json["reportDuringSearchEvery"] = 0.5;
  json["firstReportDuringSearchAfter"] = 0.1;
  json["overrideSettings"] = {{"reportAnalysisWinratesAs", "SIDETOMOVE"},
                              {"wideRootNoise", 0},
                              {"maxTime", 2.5},
                              {"maxVisits", 9},
                              {"conservativePass", false},
                              {"ignorePreRootHistory", "false"}};
  json["avoidMoves"] = {{{"player", "B"}, {"moves", {"E5", "pass"}}, {"untilDepth", 4}}};
  const AnalysisQuery query = query_of(json);
  CHECK((query.ownership && query.ownership_stdev && query.moves_ownership));
  CHECK((query.moves_ownership_stdev && query.policy && query.pv_visits && query.no_result_value));
  CHECK(query.settings.search.visits == 7);  // wins over the setting
  CHECK(query.settings.search.pv_length == 3);
  CHECK(query.settings.search.seconds == 2.5);
  CHECK(query.settings.search.analysis_wide_root_noise == 0);
  CHECK(query.settings.search.params.root_fpu_reduction == 0.5);
  CHECK(query.settings.search.params.root_policy_temperature == 1.5);
  CHECK_FALSE(query.settings.search.params.conservative_pass);
  CHECK_FALSE(query.settings.ignore_pre_root_history);
  CHECK(query.settings.perspective == Perspective::kSideToMove);
  CHECK(query.report_every == 0.5);
  CHECK(query.first_report_after == 0.1);
  REQUIRE(query.filters.size() == 1);
  CHECK(query.filters[0].until_depth == 4);
  CHECK(query.filters[0].points.size() == 2);
  CHECK_FALSE(query.filters[0].allow);
}

TEST_CASE("Analysis request: clean-up phases if they are asked for") {
  Json json = good_query();
  json["rules"] = "japanese";
  json["moves"] = Json::parse(R"([["B","E5"],["W","pass"],["B","pass"]])");
  CHECK(query_of(json).position_at(3).is_over());
  json["overrideSettings"] = {{"preventCleanupPhase", false}};
  const AnalysisQuery query = query_of(json);
  CHECK_FALSE(query.position_at(3).is_over());
  CHECK(query.position_at(3).encore_phase() == 1);
  json["rules"] = "chinese";
  CHECK(query_of(json).position_at(3).is_over());
}

TEST_CASE("Analysis request: a pass for a ko is a move in the clean-up phases only") {
  // White takes the ko at B3. Black's move there is a pass for the ko.
  Json json = Json::parse(R"({"id":"q","boardXSize":5,"boardYSize":5,"rules":"japanese",
      "initialStones":[["B","B4"],["B","A3"],["B","B2"],["B","C3"],["W","C4"],["W","D3"],["W","C2"]],
      "moves":[["B","pass"],["W","pass"],["B","pass"],["W","B3"],["B","B3"]]})");
  const AnalysisRequest refused = parse(json);
  REQUIRE(refused.replies.size() == 1);
  CHECK(Json::parse(refused.replies[0])["error"] == "Illegal move 4: B3");
  json["overrideSettings"] = {{"preventCleanupPhase", false}};
  const Position position = query_of(json).position_at(5);
  CHECK(position.board().at(*parse_gtp_vertex("B3", position.size())) == Color::kWhite);
}

TEST_CASE("Analysis request: what is wrong with a field, in KataGo's words") {
  struct Case {
    const char *patch, *field, *error;
  };
  const Case c = GENERATE(
      Case{R"({"boardXSize":29})", "boardXSize", "Must provide an integer from 2 to 25"},
      Case{R"({"boardYSize":null})", "boardYSize", "Must provide an integer from 2 to 25"},
      Case{R"({"boardYSize":9.5})", "boardYSize", "Must provide an integer from 2 to 25"},
      Case{R"({"moves":null})", "moves", "Must specify an array of [player,location] pairs"},
      Case{R"({"moves":[["B"]]})", "moves",
           "Must be an array of pairs of the form: [\"b\" or \"w\", GTP board vertex]"},
      Case{R"({"moves":[["X","A1"]]})", "moves", "Could not parse player: X"},
      Case{R"({"moves":[["B","K9"]]})", "moves", "Could not parse board location: K9"},
      Case{R"({"moves":[["B","E5"],["W","E5"]]})", "moves", "Illegal move 1: E5"},
      Case{R"({"initialStones":[["B","pass"]]})", "initialStones",
           "Could not parse board location: pass"},
      Case{R"({"initialPlayer":"x"})", "initialPlayer", "Must be \"b\" or \"w\""},
      Case{R"({"analyzeTurns":[4]})", "analyzeTurns", "Invalid turn number: 4"},
      Case{R"({"analyzeTurns":"all"})", "analyzeTurns",
           "Must specify an array of integers indicating turns to analyze"},
      Case{R"({"priorities":[1]})", "priorities",
           "Can only specify when also specifying analyzeTurns"},
      Case{R"({"analyzeTurns":[1],"priorities":[1,2]})", "priorities",
           "Must be of matching length to analyzeTurns"},
      Case{R"({"analyzeTurns":[1],"priorities":[1],"priority":1})", "priority",
           "Cannot specify both priority and priorities"},
      Case{R"({"analyzeTurns":[1],"priorities":[-9223372036854775808]})", "priorities",
           "Invalid priority: -9223372036854775808"},
      Case{R"({"analyzeTurns":[1],"priorities":[18446744073709551615]})", "priorities",
           "Must specify an array of integers indicating priorities"},
      Case{R"({"rules":"parcheesi"})", "rules", "Could not parse rules: parcheesi"},
      Case{R"({"komi":6.75})", "komi", "Must be a integer or half-integer from -400.0 to 400.0"},
      Case{R"({"maxVisits":0})", "maxVisits", "Must be an integer from 1 to 2^50"},
      Case{R"({"maxVisits":18446744073709551615})", "maxVisits",
           "Must be an integer from 1 to 2^50"},
      Case{R"({"includePolicy":1})", "includePolicy", "Must be a boolean"},
      Case{R"({"reportDuringSearchEvery":0})", "reportDuringSearchEvery",
           "Must be number of seconds from 0.001 to 1000000.0"},
      Case{R"({"overrideSettings":[]})", "overrideSettings", "Must be an object"},
      Case{R"({"allowMoves":[],"avoidMoves":[]})", "allowMoves",
           "Cannot specify both allowMoves and avoidMoves"},
      Case{R"({"avoidMoves":[{"player":"B"}]})", "avoidMoves",
           "Must be a list of dicts with subfields 'player', 'moves', 'untilDepth'"});
  CAPTURE(c.patch);
  Json json = good_query();
  json.merge_patch(Json::parse(c.patch));
  const Json reply = Json::parse(only_reply(json.dump()));
  CHECK(reply["id"] == "q");
  CHECK(reply["field"] == c.field);
  CHECK(reply["error"] == c.error);
}

TEST_CASE("Analysis request: depth that hides behind brackets in strings is seen") {
  const std::string deep = std::string(50'000, '[') + std::string(50'000, ']');
  const std::string closed = R"("a":")" + std::string(50'000, ']') + R"(",)";
  for (const std::string& line : {"{" + closed + R"("b":)" + deep + "}",
                                  R"({"id":"x",)" + closed + R"("moves":)" + deep + "}",
                                  R"({"id":"x","overrideSettings":{"maxVisits":)" + deep + "}}"}) {
    CHECK(Json::parse(only_reply(line))["error"] == "Request line is nested too deeply");
  }
}

TEST_CASE("Analysis request: what is no request gets an error without an id") {
  const std::string deep(5000, '[');
  for (const std::string& line :
       {std::string("hello"), std::string("{\"id\":"), std::string("[1,2]"),
        std::string(R"({"id":3})"), std::string(R"({"moves":[]})"),
        std::string(R"({"id":"a","action":"dance"})"), deep, deep + "\xff",
        std::string(server::kMaxLineBytes + 1, 'x')}) {
    const Json reply = Json::parse(only_reply(line));
    CHECK(reply.contains("error"));
    CHECK_FALSE(reply.contains("id"));
    CHECK(reply.dump().size() < 5000);
  }
}

TEST_CASE("Analysis request: unknown fields and settings are warned of, and do no harm") {
  Json json = good_query();
  json["maxVisit"] = 3;
  json["overrideSettings"] = {{"antiMirror", true}, {"logDir", "x"}};
  AnalysisRequest request = parse(json);
  CHECK(std::holds_alternative<AnalysisQuery>(request.what));
  REQUIRE(request.replies.size() == 2);
  const Json warning = Json::parse(request.replies[0]);
  CHECK(warning["id"] == "q");
  CHECK(warning["field"] == "overrideSettings");
  CHECK(warning["warning"] == "Unknown config params: antiMirror");
  CHECK(warning["isDuringSearch"] == true);  // else KaTrain's remote engine takes it for the answer
  CHECK(warning["noResults"] == true);
  CHECK(Json::parse(request.replies[1])["field"] == "maxVisit");
  json["overrideSettings"] = {{"warnUnusedFields", "false"}};
  CHECK(parse(json).replies.empty());
}

TEST_CASE("Analysis request: actions") {
  using Kind = AnalysisAction::Kind;
  const auto action = [](const char* line) {
    return std::get<AnalysisAction>(parse_analysis_request(line, {}).what);
  };
  CHECK(action(R"({"id":"a","action":"query_version"})").kind == Kind::kVersion);
  CHECK(action(R"({"id":"a","action":"clear_cache"})").kind == Kind::kClearCache);
  CHECK(action(R"({"id":"a","action":"terminate_all"})").kind == Kind::kTerminateAll);
  const auto one = action(R"({"id":"a","action":"terminate","terminateId":"q","turnNumbers":[1]})");
  CHECK(one.terminate_id == "q");
  CHECK(one.turns == std::vector<int>{1});
  CHECK(
      only_reply(R"({"id":"a","action":"terminate"})") ==
      R"({"error":"Requests for a terminate action must have a string \"terminateId\" field","field":"terminateId","id":"a"})");
  for (const char* turns : {"[true]", "[4294967296]"})  // 2^32, which is not turn 0
    CHECK(
        only_reply(R"({"id":"a","action":"terminate_all","turnNumbers":)" + std::string(turns) +
                   "}") ==
        R"({"error":"If provided, must be an array of integers indicating turns to terminate","field":"turnNumbers","id":"a"})");
}

}  // namespace ponnuki::analysis
