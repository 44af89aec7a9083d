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

/// The next state of the game that fulfils a condition; an empty object if none comes.
template <typename Condition>
Json next_game(test::FakePage& page, const Condition& is_wanted) {
  for (int i = 0; i < 20; ++i) {
    const Json game = page.next("game");
    if (game["type"] == "game" && is_wanted(game)) return game;
  }
  return Json::object();
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
  Json game = next_game(page, [](const Json& now) { return now["nodes"].size() == 3; });
  REQUIRE(game.contains("nodes"));
  CHECK(game["nodes"][2][1] == "W");
  page.send(Json{{"type", "undo"}});
  game = page.next("game");
  CHECK(game["nodes"].size() == 1);

  page.send(new_game());
  game = page.next("game");
  page.send(play(game, "pass"));
  game = page.next("game");
  page.send(play(game, "pass"));
  game = next_game(page, [](const Json& now) { return now.contains("judgement"); });
  REQUIRE(game.contains("judgement"));
  CHECK(game["phase"] == "marking");
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

TEST_CASE("page: a file comes as bytes, in any character set and packed") {
  test::WebFixture server;
  test::FakePage page(server);
  // (;SZ[9]PB[黑];B[ee]) in GB18030, without saying so; the same text, packed by gzip.
  const char* bytes = GENERATE("KDtTWls5XVBCW7raXTtCW2VlXSk=",
                               "H4sIAAAAAAACA9OwDo6KtowNcIredSvW2ik6NTVWEwDJlBFZFAAAAA==");
  page.send(Json{{"type", "import"}, {"base64", bytes}});
  const Json game = page.next("game");
  CHECK(game["width"] == 9);
  CHECK(game["nodes"].size() == 2);
  page.send(Json{{"type", "import"}, {"base64", "no bytes"}});
  CHECK(page.next("error")["text"] == "base64: these are no bytes in Base64");
}

TEST_CASE("page: the review says what each move lost, for either player") {
  test::WebFixture server;
  test::FakePage page(server);
  page.send(Json{{"type", "survey"}, {"visits", 10}});
  page.send(Json{{"type", "import"}, {"sgf", "(;SZ[9]KM[7];B[ee];W[cc];B[gg])"}});
  const Json game = page.next("game");
  for (int quick_and_slow = 0; quick_and_slow < 8; ++quick_and_slow) page.next("graph");
  page.send(Json{{"type", "review"}});
  const Json review = page.next("review");
  CHECK(review["version"] == game["version"]);
  REQUIRE(review["losses"].size() == 3);
  CHECK(review["losses"][0]["node"] == 1);
  CHECK(review["losses"][0]["best"] != "");
  CHECK(review["players"][0]["moves"] == 2);
  CHECK(review["players"][1]["moves"] == 1);
  CHECK(review["players"][0]["points"].size() == 3);
  CHECK(review["phases"].size() == 3);
}

TEST_CASE("page: the net alone, a layer, and the stones of a line") {
  test::WebFixture server;
  test::FakePage page(server);
  page.send(Json{{"type", "import"}, {"sgf", "(;SZ[9];B[ee](;W[cc];B[gg])(;W[gc]))"}});
  const Json game = page.next("game");
  page.send(about(game, "policy"));
  const Json policy = page.next("policy");
  REQUIRE(policy["policy"].size() == 82);
  CHECK(policy["policy"][40] == 0);  // there is a stone
  CHECK(policy["policy"][0] == 13);  // 1 / 79 of the fake evaluator's

  const auto layer = [&](const char* name) {
    Json message = about(game, "layer");
    message["layer"] = name;
    page.send(message);
  };
  layer("planes");
  const Json planes = page.next("layer");
  CHECK(planes["channels"] == 22);
  CHECK(planes["titles"][1] == "own stones");
  REQUIRE(planes["values"].size() == 22 * 81);
  CHECK(planes["values"][81 + 2 * 9 + 2] == 100);      // White's stone: it is White's turn
  CHECK(planes["values"][2 * 81 + 4 * 9 + 4] == 100);  // Black's
  layer(planes["layers"][0].get<std::string>().c_str());
  const Json first = page.next("layer");
  CHECK(first["values"].size() == 81 * first["channels"].get<std::size_t>());
  layer("filters");
  CHECK(page.next("layer")["width"] == 3);
  layer("nothing");
  CHECK(page.next("error")["text"] == "the net has no layer of this name");

  Json film = about(game, "film");
  film["node"] = 4;  // the variation
  page.send(film);
  const Json frames = page.next("film");
  CHECK(frames["nodes"] == Json{0, 1, 4});
  CHECK(frames["frames"][2].get<std::string>()[2 * 9 + 6] == 'O');
}

TEST_CASE("page: a position is copied and set up, and a variation becomes the main line") {
  test::WebFixture server;
  test::FakePage page(server);
  page.send(Json{{"type", "import"}, {"sgf", "(;SZ[9];B[ee](;W[cc];B[gg])(;W[gc]))"}});
  Json game = page.next("game");
  Json promote = about(game, "promote");
  promote["node"] = 4;
  page.send(promote);
  game = page.next("game");
  CHECK(game["last"] == 2);
  CHECK(game["nodes"][2][2] == "G7");
  CHECK(game["position"]["node"] == 2);

  page.send(about(game, "copy"));
  Json copy = page.next("game");
  CHECK(copy["game"] != game["game"]);
  CHECK(copy["nodes"].size() == 1);
  CHECK(copy["position"]["toMove"] == "B");
  Json stone = about(copy, "setup");
  stone["point"] = "C3";
  stone["stone"] = "W";
  page.send(stone);
  copy = page.next("game");
  CHECK(copy["position"]["stones"].get<std::string>()[6 * 9 + 2] == 'O');
  Json turn = about(copy, "setup");
  turn["toMove"] = "W";
  page.send(turn);
  CHECK(page.next("game")["position"]["toMove"] == "W");
}

TEST_CASE("page: mistakes that were tried come again on another day") {
  test::WebFixture server;
  test::FakePage page(server);
  page.send(Json{{"type", "import"}, {"sgf", "(;SZ[9];B[ee];W[cc])"}});
  const Json game = page.next("game");
  Json task{{"type", "answer"}, {"game", game["game"]}, {"node", 2},     {"move", "C7"},
            {"side", "W"},      {"points", 4.5},        {"right", false}};
  page.send(task);
  const Json quiz = page.next("quiz");
  CHECK(quiz["cards"] == 1);
  CHECK(quiz["days"] == 1);
  CHECK(quiz["due"].empty());
  task["game"] = "20200101-000000-0000";
  page.send(task);
  CHECK(page.next("error")["text"] == "there is no such game");
  page.send(Json{{"type", "delete"}, {"game", game["game"]}});
  page.next("games");
  page.send(Json{{"type", "quiz"}});
  CHECK(page.next("quiz")["cards"] == 0);
}

TEST_CASE("page: a game that cannot be stored goes on, says why, and is stored later") {
  test::WebFixture server;
  test::FakePage page(server);
  page.send(new_game());
  Json game = page.next("game");
  CHECK(game["problem"] == "");
  server.lose_folder();
  page.send(play(game, "E5"));
  game = page.next("game");
  CHECK_FALSE(game["problem"] == "");
  CHECK(game["nodes"].size() == 2);
  server.find_folder();
  page.send(play(game, "C3"));
  game = page.next("game");
  CHECK(game["problem"] == "");
  CHECK(server.store().load(game["game"])->find(";B[ee];W[cg]") != std::string::npos);
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
      {R"({"type":"training","since":0})", "no training run is shown: start with --train FOLDER"},
      {R"({"type":"trainingGame","number":0})",
       "no training run is shown: start with --train FOLDER"},
      {R"({"type":"answer","game":"a","node":0})", "node: the number of a position"},
      {with("teachWinrate", 2), "teachWinrate: a share from 0 to 1"},
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
