// The analysis engine at work: who gets which answers, and how many.
#include <catch2/catch.hpp>
#include <condition_variable>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>

#include "analysis/analysis_engine.h"
#include "tests/support/search_fakes.h"

namespace ponnuki::analysis {
namespace {

using Json = nlohmann::json;
using namespace std::chrono_literals;

/// Black is ahead wherever he is; can be held back.
class Judge final : public Evaluator {
 public:
  void evaluate(std::span<const EvalRequest> requests) override {
    {
      std::unique_lock lock(mutex_);
      ++calls_;
      most_ = std::max(most_, requests.size());
      changed_.notify_all();
      changed_.wait(lock, [&] { return !held_; });
    }
    inner_.evaluate(requests);
  }
  std::string name() const override { return "judge"; }
  EvaluatorTraits traits(BoardSize) const override { return {.preferred_batch = 4}; }
  void hold(bool held) {
    const std::lock_guard lock(mutex_);
    held_ = held;
    changed_.notify_all();
  }
  void wait_for_call() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return calls_ > 0; });
  }
  std::size_t largest_call() const { return most_; }

 private:
  test::UniformEvaluator inner_{[](const Position& position, Evaluation& e) {
    const bool black = position.to_move() == Color::kBlack;
    e.win = black ? 0.8F : 0.2F;
    e.loss = 1 - e.win;
    e.lead = e.score_mean = black ? 5 : -5;
  }};
  std::mutex mutex_;
  std::condition_variable changed_;
  int calls_ = 0;
  std::size_t most_ = 0;
  bool held_ = false;
};

/// A client that keeps what it is told.
class Client {
 public:
  explicit Client(Evaluator& evaluator, int threads = 2)
      : engine_(evaluator, options(threads), [this](const std::string& line) {
          const std::lock_guard lock(mutex_);
          answers_.push_back(Json::parse(line));
          changed_.notify_all();
        }) {}
  AnalysisEngine& engine() { return engine_; }
  void send(const Json& json) { engine_.handle(json.dump()); }
  std::vector<Json> finish() {
    engine_.finish();
    const std::lock_guard lock(mutex_);
    return answers_;
  }
  Json wait_for(const std::function<bool(const Json&)>& wanted) {
    std::unique_lock lock(mutex_);
    Json found;
    changed_.wait(lock, [&] {
      for (const Json& answer : answers_)
        if (wanted(answer)) return found = answer, true;
      return false;
    });
    return found;
  }

 private:
  static AnalysisEngine::Options options(int threads) {
    AnalysisEngine::Options options;
    options.threads = threads;
    options.settings.search.visits = 20;
    options.facts = {"1.2.3", "judge"};
    return options;
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Json> answers_;
  AnalysisEngine engine_;
};

Json query(const std::string& id, const std::vector<int>& turns = {0}) {
  return {{"id", id},
          {"boardXSize", 5},
          {"boardYSize", 5},
          {"rules", "chinese"},
          {"moves", Json::parse(R"([["B","C3"],["W","B2"]])")},
          {"analyzeTurns", turns}};
}

}  // namespace

TEST_CASE("Analysis engine: each position is answered once, from Black's view") {
  Judge judge;
  Client client(judge);
  judge.hold(true);  // until all are there, so that they have to be searched side by side
  for (int i = 0; i < 30; ++i) client.send(query(std::to_string(i), {0, 1, 2}));
  judge.hold(false);
  std::map<std::string, std::set<int>> turns;
  for (const Json& answer : client.finish()) {
    CHECK(answer["isDuringSearch"] == false);
    CHECK(turns[answer["id"]].insert(answer["turnNumber"].get<int>()).second);
    CHECK(answer["rootInfo"]["visits"] >= 20);  // two threads may search the first one
    CHECK(answer["rootInfo"]["winrate"].get<double>() > 0.7);
    CHECK(answer["rootInfo"]["scoreLead"].get<double>() > 3);
    CHECK(answer["rootInfo"]["currentPlayer"] == (answer["turnNumber"] == 1 ? "W" : "B"));
    REQUIRE_FALSE(answer["moveInfos"].empty());
    CHECK(answer["moveInfos"][0]["order"] == 0);
    CHECK(answer["moveInfos"][0]["winrate"].get<double>() > 0.7);
    CHECK_FALSE(answer.contains("policy"));
    CHECK_FALSE(answer.contains("ownership"));
  }
  CHECK(turns.size() == 30);
  for (const auto& [id, seen] : turns) CHECK(seen.size() == 3);
  CHECK(judge.largest_call() == 4);  // leaves of four positions side by side
}

TEST_CASE("Analysis engine: perspectives, and what is told on request only") {
  Judge judge;
  Client client(judge);
  Json wish = query("white", {1});
  wish["overrideSettings"] = {{"reportAnalysisWinratesAs", "WHITE"}};
  for (const char* field :
       {"includePolicy", "includeOwnership", "includeOwnershipStdev", "includeMovesOwnership",
        "includeMovesOwnershipStdev", "includePVVisits", "includeNoResultValue"})
    wish[field] = true;
  client.send(wish);
  const Json answer = client.finish().at(0);
  CHECK(answer["rootInfo"]["winrate"].get<double>() < 0.3);
  CHECK(answer["policy"].size() == 26);
  CHECK(answer["policy"][12] == -1);  // C3 is taken
  CHECK(answer["ownership"].size() == 25);
  CHECK(answer["ownershipStdev"].size() == 25);
  const Json& move = answer["moveInfos"][0];
  CHECK(move["ownership"].size() == 25);
  CHECK(move["ownershipStdev"].size() == 25);
  CHECK(move["pvVisits"].size() == move["pv"].size());
  CHECK(move["pvEdgeVisits"].size() == move["pv"].size());
  CHECK(move["noResultValue"] == 0);
}

TEST_CASE("Analysis engine: the second clean-up phase is counted as the board stands") {
  // . X X O .    White's stone at B2 is dead. Black captures it in the second phase, where stones
  // X X X O O    cost nothing.
  // . . X O .
  // . O X O O
  // . . X O .
  Judge judge;
  Client client(judge);
  Json json = Json::parse(R"({"id":"q","boardXSize":5,"boardYSize":5,"rules":"japanese","komi":0,
      "initialStones":[["B","B5"],["B","C5"],["B","A4"],["B","B4"],["B","C4"],["B","C3"],["B","C2"],
                       ["B","C1"],["W","D5"],["W","D4"],["W","E4"],["W","D3"],["W","D2"],["W","E2"],
                       ["W","D1"],["W","B2"]],
      "moves":[["B","pass"],["W","pass"],["B","pass"],["W","pass"],["B","B1"],["W","pass"],
               ["B","B3"],["W","pass"],["B","A2"],["W","pass"],["B","pass"]],
      "analyzeTurns":[4,11],"maxVisits":4})");
  json["overrideSettings"] = {{"preventCleanupPhase", false}};
  client.send(json);
  for (const Json& answer : client.finish()) {
    INFO(answer.dump());
    if (answer["turnNumber"] == 4) {
      CHECK(answer["rootInfo"]["winrate"].get<double>() > 0.7);  // the game goes on
    } else {
      // Black has seven points and a prisoner, White three points.
      CHECK(answer["rootInfo"]["scoreLead"] == 5);
      CHECK(answer["rootInfo"]["winrate"] == 1);
    }
  }
}

TEST_CASE("Analysis engine: hashes of a position know its symmetries") {
  Judge judge;
  Client client(judge);
  for (const char* vertex : {"A2", "D5", "C3"}) {
    Json one = query(vertex, {1});
    one["moves"] = Json::array({{"B", vertex}});
    client.send(one);
  }
  std::map<std::string, Json> hashes;
  for (const Json& answer : client.finish()) {
    hashes[answer["id"]] = answer["rootInfo"]["symHash"];
    // Ogatak would warn of another than KataGo's.
    CHECK_FALSE(answer["rootInfo"].contains("thisHash"));
  }
  CHECK(hashes["A2"] == hashes["D5"]);
  CHECK(hashes["A2"] != hashes["C3"]);
}

TEST_CASE("Analysis engine: the urgent first, then the oldest") {
  Judge judge;
  Client client(judge, 1);
  judge.hold(true);
  client.send(query("first"));
  judge.wait_for_call();
  for (const auto& [id, priority] :
       std::vector<std::pair<const char*, int>>{{"low", -1}, {"a", 0}, {"b", 0}, {"high", 5}}) {
    Json json = query(id);
    json["priority"] = priority;
    json["maxVisits"] = 1;
    client.send(json);
  }
  judge.hold(false);
  std::string order;
  for (const Json& answer : client.finish()) order += answer["id"].get<std::string>() + " ";
  CHECK(order == "first high a b low ");
}

TEST_CASE("Analysis engine: terminated positions are answered at once, with what there is") {
  Judge judge;
  Client client(judge, 1);
  judge.hold(true);
  Json endless = query("endless");
  endless["maxVisits"] = 1'000'000'000;
  client.send(endless);
  judge.wait_for_call();
  client.send(query("waits", {0, 1, 2}));
  client.send(
      {{"id", "t1"}, {"action", "terminate"}, {"terminateId", "waits"}, {"turnNumbers", {1}}});
  const Json gone = client.wait_for([](const Json& a) { return a.contains("noResults"); });
  CHECK(gone ==
        Json::parse(R"({"id":"waits","turnNumber":1,"isDuringSearch":false,"noResults":true})"));
  client.wait_for([](const Json& a) { return a["id"] == "t1" && a["action"] == "terminate"; });
  judge.hold(false);
  client.send({{"id", "t2"}, {"action", "terminate"}, {"terminateId", "endless"}});
  std::map<std::string, int> finals;
  for (const Json& answer : client.finish())
    if (answer.contains("isDuringSearch")) ++finals[answer["id"].get<std::string>()];
  CHECK(finals["endless"] == 1);
  CHECK(finals["waits"] == 3);
}

TEST_CASE("Analysis engine: answers during a search, the last one after them") {
  Judge judge;
  Client client(judge, 2);
  Json json = query("live");
  json["maxVisits"] = 1'000'000'000;
  json["reportDuringSearchEvery"] = 0.01;
  client.send(json);
  client.wait_for([](const Json& a) {
    return a["isDuringSearch"] == true && a["rootInfo"]["visits"].get<int>() > 50;
  });
  client.send({{"id", "end"}, {"action", "terminate_all"}});
  const auto answers = client.finish();
  std::vector<Json> live;
  for (const Json& answer : answers)
    if (answer["id"] == "live") live.push_back(answer);
  REQUIRE(live.size() >= 2);
  std::int64_t visits = 0;
  for (std::size_t i = 0; i < live.size(); ++i) {
    CHECK(live[i]["isDuringSearch"] == (i + 1 < live.size()));
    CHECK(live[i]["rootInfo"]["visits"].get<std::int64_t>() >= visits);
    visits = live[i]["rootInfo"]["visits"].get<std::int64_t>();
  }
}

TEST_CASE("Analysis engine: more positions than it keeps are refused, none is lost") {
  Judge judge;
  Client client(judge, 1);
  judge.hold(true);
  Json many = query("many");
  many["maxVisits"] = 1;
  Json moves = Json::array();
  for (int i = 0; i < 999; ++i) moves.push_back({i % 2 == 0 ? "B" : "W", "pass"});
  many["moves"] = moves;
  many["analyzeTurns"] = Json::array();
  for (int i = 0; i < 1000; ++i) many["analyzeTurns"].push_back(i);
  const int fit = AnalysisEngine::kMostPositions / 1000;
  for (int i = 0; i < fit + 2; ++i) client.send(many);
  client.send({{"id", "t"}, {"action", "terminate_all"}});
  judge.hold(false);
  int refused = 0, answered = 0;
  for (const Json& answer : client.finish()) {
    refused += answer.contains("error");
    answered += answer.contains("isDuringSearch");
  }
  CHECK(refused == 2);
  CHECK(answered == 1000 * fit);
}

TEST_CASE(
    "Analysis engine: actions are answered beside the queue, a client that is gone gets nothing") {
  Judge judge;
  Client client(judge, 2);
  client.send({{"id", "v"}, {"action", "query_version"}});
  client.send({{"id", "m"}, {"action", "query_models"}, {"extra", 1}});
  client.send({{"id", "c"}, {"action", "clear_cache"}});
  auto answers = client.finish();
  REQUIRE(answers.size() == 3);
  CHECK(answers[0]["git_hash"] == "Ponnuki 1.2.3");
  CHECK(answers[1]["models"][0]["name"] == "judge");
  CHECK(answers[1]["extra"] == 1);
  CHECK(answers[2] == Json::parse(R"({"id":"c","action":"clear_cache"})"));
  Json json = query("endless");
  json["maxVisits"] = 1'000'000'000;
  client.send(json);
  judge.wait_for_call();
  client.engine().abandon();
  CHECK(client.finish().size() == 3);
}

}  // namespace ponnuki::analysis
