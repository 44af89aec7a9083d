// The messages between a page and the server.
#include <catch2/catch.hpp>

#include "tests/support/page_fixture.h"

namespace ponnuki::web {
namespace {

using Json = nlohmann::json;

Json new_game(bool engine_is_white = false) {
  return {{"type", "new"},
          {"width", 9},
          {"height", 9},
          {"komi", 6.5},
          {"handicap", 0},
          {"rules", "japanese"},
          {"black", {{"engine", false}}},
          {"white", {{"engine", engine_is_white}}}};
}
Json about(const Json& game, const char* type) {
  return {{"type", type}, {"version", game["version"]}, {"node", game["position"]["node"]}};
}
Json play(const Json& game, const char* move) {
  Json message = about(game, "play");
  message["move"] = move;
  return message;
}

TEST_CASE("page: it is greeted, starts a game and plays") {
  test::WebFixture server;
  test::FakePage page(server);
  CHECK(page.next("hello")["protocol"] == 1);
  page.send(new_game());
  Json game = page.next("game");
  CHECK(game["phase"] == "playing");
  CHECK(game["position"]["stones"] == std::string(81, '.'));
  page.send(play(game, "E5"));
  const Json after = page.next("game");
  CHECK(after["position"]["node"] == 1);
  CHECK(after["position"]["stones"].get<std::string>()[40] == 'X');
  CHECK(after["nodes"][1] == Json::array({0, "B", "E5"}));
  page.send(play(after, "E5"));
  CHECK(page.next("error")["text"] == "the rules forbid that move");
  page.send(play(game, "C3"));
  CHECK(page.next("error")["text"] == "the game has changed meanwhile; try again");
}

TEST_CASE("page: the engine answers by itself, and marks dead stones") {
  test::WebFixture server;
  test::FakePage page(server);
  page.send(new_game(true));
  page.send(play(page.next("game"), "E5"));
  Json game = page.next("game");
  while (game["nodes"].size() < 3) game = page.next("game");
  CHECK(game["nodes"][2][1] == "W");
  page.send(Json{{"type", "undo"}});
  game = page.next("game");
  CHECK(game["nodes"].size() == 1);

  page.send(new_game());
  game = page.next("game");
  page.send(play(game, "pass"));
  game = page.next("game");
  page.send(play(game, "pass"));
  game = page.next("game");
  CHECK(game["phase"] == "marking");
  while (!game.contains("judgement")) game = page.next("game");
  const std::string score = game["judgement"]["score"];
  CHECK(score.substr(0, 2) == "W+");  // komi; an open board is estimated
  page.send(Json{{"type", "accept"}});
  CHECK(page.next("game")["result"] == score);
}

TEST_CASE("page: two pages see the same game") {
  test::WebFixture server;
  test::FakePage a(server), b(server);
  a.send(new_game());
  const Json game = a.next("game");
  b.send(Json{{"type", "open"}, {"game", game["game"]}});
  CHECK(b.next("game")["nodes"].size() == 1);
  a.send(play(game, "E5"));
  CHECK(b.next("game")["nodes"].size() == 2);
}

TEST_CASE("page: a record is opened, searched, commented and kept") {
  test::WebFixture server;
  std::string id;
  {
    test::FakePage page(server);
    page.send(Json{{"type", "survey"}, {"visits", 10}});
    page.send(Json{{"type", "import"}, {"sgf", "(;SZ[9]KM[7];B[ee];W[cc];B[gg])"}});
    Json game = page.next("game");
    id = game["game"];
    CHECK(game["phase"] == "review");
    CHECK(game["position"]["node"] == 3);
    CHECK(page.next("graph")["version"] == game["version"]);
    Json go = about(game, "go");
    go["node"] = 1;
    page.send(go);
    CHECK(page.next("position")["moveNumber"] == 1);
    page.send(Json{{"type", "analyse"}, {"visits", 30}});
    Json finding = page.next("analysis");
    while (finding["over"] == false) finding = page.next("analysis");
    CHECK(finding["node"] == 1);
    CHECK(finding["visits"] >= 30);
    CHECK(finding["moves"].size() > 1);
    Json comment = about(game, "comment");
    comment["node"] = 1;
    comment["text"] = "tengen";
    page.send(comment);
    CHECK(page.next("game")["comments"]["1"] == "tengen");
    Json nothing = about(game, "remove");
    nothing["node"] = 0;
    nothing["version"] = 2;
    page.send(nothing);
    CHECK(page.next("error")["text"] == "there is no such move");
    const auto saved = [&](const char* format) {
      page.send(Json{{"type", "download"}, {"format", format}});
      return page.next("file")["text"].get<std::string>();
    };
    CHECK(saved("sgf").find("C[tengen]") != std::string::npos);
    CHECK(saved("sgf").find("SBKV") == std::string::npos);
    CHECK(saved("analysis").find("SBKV") != std::string::npos);
    CHECK(saved("html").starts_with("<!"));
    page.send(Json{{"type", "download"}, {"format", "pdf"}});
    CHECK(page.next("error")["text"] == "a game is saved as sgf, analysis or html");
  }
  test::FakePage page(server);
  page.send(Json{{"type", "open"}, {"game", id}});
  CHECK(page.next("game")["comments"]["1"] == "tengen");
  page.send(Json{{"type", "games"}});
  CHECK(page.next("games")["games"][0]["game"] == id);
  page.send(Json{{"type", "delete"}, {"game", id}});
  CHECK(page.next("games")["games"].empty());
}

TEST_CASE("page: a wrong message gets one line that says what is wrong") {
  test::WebFixture server;
  test::FakePage page(server);
  page.next("hello");
  Json odd = new_game();
  const auto with = [&](const char* field, const Json& value) {
    Json changed = odd;
    changed[field] = value;
    return changed.dump();
  };
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"", "a message must be a JSON object"},
      {"[]", "a message must be a JSON object"},
      {"{", "a message must be a JSON object"},
      {"{}", "type: a message needs a type"},
      {R"({"type":7})", "type: a message needs a type"},
      {R"({"type":"fly"})", "there is no message of this type"},
      {R"({"type":"undo"})", "no game is open"},
      {R"({"type":"play","version":1,"node":0,"move":"E5"})", "no game is open"},
      {R"({"type":"open","game":"../../etc/passwd"})", "there is no such game"},
      {R"({"type":"open"})", "game: the id of a game"},
      {R"({"type":"import","sgf":"hello"})", ""},
      {R"({"type":"analyse","visits":-1})", "visits: a number of visits"},
      {R"({"type":"analyse","visits":1e99})", "visits: a number of visits"},
      {with("width", 26), "width: a number from 2 to 25"},
      {with("width", "9"), "width: a number from 2 to 25"},
      {with("komi", 0.25), "komi is a multiple of 0.5"},
      {with("komi", 1e9), "komi: points from -400 to 400"},
      {with("handicap", 10), "this board takes at most 9 handicap stones"},
      {with("rules", "mine"), ""},
      {with("black", 1), "black: a player"},
      {with("black", {{"engine", true}, {"level", "90k"}}),
       "black: a level is a rank from 20k to 9d"},
      {with("time", {{"system", "byoyomi"}}), "main: seconds, up to a day"},
      {with("time", {{"system", "hourglass"}, {"main", 1}}),
       "time: none, absolute, byoyomi or fischer"},
  };
  for (const auto& [message, answer] : cases) {
    CAPTURE(message);
    page.send(message);
    const Json error = page.next("error");
    REQUIRE(error["type"] == "error");
    CHECK_FALSE(error["text"].get<std::string>().empty());
    if (!answer.empty()) CHECK(error["text"] == answer);
    CHECK(page.waiting() == 0);
  }
}

}  // namespace
}  // namespace ponnuki::web
