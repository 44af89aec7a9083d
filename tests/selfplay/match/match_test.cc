// Games and matches of real processes: tests/support/fake_engine.cc, which crashes, hangs and
// cheats as it is told.
#include "selfplay/match/match.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "engine/file.h"
#include "engine/sgf/sgf.h"
#include "selfplay/match/match_report.h"

namespace ponnuki::selfplay {
namespace {

std::string fake(const std::string& arguments = "") {
  return std::string("'") + PONNUKI_FAKE_ENGINE + "' " + arguments;
}

MatchGameOptions small_board() {
  MatchGameOptions options;
  options.size = {5, 5};
  options.rules.komi = 0.5F;
  return options;
}

MatchGame game_of(const std::string& black, const std::string& white,
                  const MatchGameOptions& options = small_board(), double patience = 20) {
  GtpPlayer b({.command_line = fake(black), .start_seconds = 20, .move_seconds = patience});
  GtpPlayer w({.command_line = fake(white), .start_seconds = 20, .move_seconds = patience});
  return play_match_game({&b, &w}, {}, options);
}

/// A folder of its own that goes with the test.
/// Named after the process, since ctest runs several tests at once in one folder.
struct Folder {
  std::string path = "match_test." + std::to_string(getpid()) + ".tmp";
  Folder() {
    std::filesystem::remove_all(path);
    std::filesystem::create_directory(path);
  }
  ~Folder() { std::filesystem::remove_all(path); }
};

}  // namespace

TEST_CASE("gtp client: answers, refusals, chatter, crash") {
  auto client = GtpClient::start(fake("--noise --refuse --crash-at 2"));
  REQUIRE(client);
  GtpClient& gtp = **client;
  CHECK(gtp.send("name", 20).text == "Fake");
  CHECK(gtp.send("unknown_to_it", 20).text == "");
  const GtpReply refused = gtp.send("play B A1", 20);
  CHECK(refused.kind == GtpReply::Kind::kRefused);
  CHECK(refused.text == "illegal move");
  CHECK(gtp.send("genmove B", 20).text == "PASS");  // 200 kB of stderr do not block it
  const GtpReply died = gtp.send("genmove B", 20);
  CHECK(died.kind == GtpReply::Kind::kDied);
  CHECK(died.text == "ended with exit code 3 at 'genmove B'");
  CHECK_FALSE(gtp.alive());
  CHECK(gtp.stderr_tail().find("out of luck") != std::string::npos);
  CHECK(gtp.send("name", 20).text == "is not running");
}

TEST_CASE("gtp client: a program that hangs is killed, one that is not there has died") {
  auto hanging = GtpClient::start(fake("--hang-at 1"));
  REQUIRE(hanging);
  CHECK((*hanging)->send("genmove B", 0.2).kind == GtpReply::Kind::kTimeout);
  CHECK_FALSE((*hanging)->alive());
  auto missing = GtpClient::start("/no/such/engine");
  REQUIRE(missing);
  CHECK((*missing)->send("name", 20).text == "ended with exit code 127 at 'name'");
}

TEST_CASE("gtp client: a program that writes without end is killed") {
  for (const char* kind : {"lines", "line", "answer"}) {
    CAPTURE(kind);
    auto client = GtpClient::start(fake(std::string("--flood ") + kind));
    REQUIRE(client);
    const GtpReply reply = (*client)->send("genmove B", 60);
    CHECK(reply.kind == GtpReply::Kind::kDied);
    CHECK(reply.text == "writes too much after 'genmove B'");
    CHECK_FALSE((*client)->alive());
  }
  // What it says to people may be long, but its time is up nevertheless.
  auto client = GtpClient::start(fake("--flood stderr"));
  REQUIRE(client);
  CHECK((*client)->send("genmove B", 0.5).kind == GtpReply::Kind::kTimeout);
  CHECK((*client)->stderr_tail().size() <= 4000);
}

TEST_CASE("match game: two passes, and the referee counts") {
  const MatchGame game = game_of("--moves 'C3 C2' --claim B+24.5", "--claim W+1");
  CHECK(game.ending == Ending::kScore);
  CHECK(game.winner == Color::kBlack);
  CHECK(game.result() == "B+24.5");
  CHECK(game.claims == std::array<std::string, 2>{"B+24.5", "W+1"});
  CHECK(game.claims_differ());
  CHECK(game.thought_moves == std::array<int, 2>{3, 2});
  CHECK_FALSE(game_of("--moves C3 --claim 'B+24.5 (sure)'", "").claims_differ());
}

TEST_CASE("match game: how games end and who is to blame") {
  struct Row {
    const char *what, *black, *white;
    const char *ending, *result, *detail;
  };
  const std::vector<Row> rows = {
      {"resigns", "--resign-at 2", "--moves 'C3 C2'", "resign", "W+R", ""},
      {"plays on a stone", "--moves C3", "--moves C3", "illegal", "B+F", "white played C3"},
      {"plays off the board", "--moves J9", "", "illegal", "W+F", "black answered 'J9'"},
      {"talks nonsense", "--say 'no idea'", "", "illegal", "W+F", "black answered 'no idea'"},
      {"refuses a legal move", "--moves C3", "--refuse", "refused", "B+F",
       "white refused C3: illegal move"},
      {"crashes", "--moves C3", "--crash-at 1", "crash", "B+F",
       "white genmove: ended with exit code 3 at 'genmove W'"},
      {"never passes", "--say pass --moves A1", "--resign-at 9", "score", "W+0.5", ""},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    const MatchGame game = game_of(row.black, row.white);
    CHECK(to_string(game.ending) == std::string(row.ending));
    CHECK(game.result() == row.result);
    CHECK(game.detail == row.detail);
  }
}

TEST_CASE("match game: time") {
  const MatchGame hung = game_of("--hang-at 1", "", small_board(), 0.2);
  CHECK(hung.ending == Ending::kTime);
  CHECK(hung.result() == "W+T");
  MatchGameOptions options = small_board();
  options.time = {.main_seconds = 0.1};
  options.time_grace_seconds = 0;
  const MatchGame slow = game_of("--moves C3", "--slow 0.3", options);
  CHECK(slow.ending == Ending::kTime);
  CHECK(slow.winner == Color::kBlack);
}

TEST_CASE("match game: a program that hangs is not waited for longer than its clock allows") {
  MatchGameOptions options = small_board();
  options.time =
      GENERATE(TimeControl{.main_seconds = 0.1}, TimeControl{.byo_seconds = 0.1, .byo_stones = 1},
               TimeControl{.main_seconds = 0.1, .byo_seconds = 0.1, .byo_stones = 5});
  constexpr double kForEver = 1e6;
  const MatchGame game = game_of("--hang-at 1", "", options, kForEver);
  CHECK(game.ending == Ending::kTime);
  CHECK(game.result() == "W+T");
  CHECK(game.detail == "black genmove: no answer to 'genmove B'");
}

TEST_CASE("match game: the ko rule is the referee's") {
  // Black takes the ko at C3; White may not take back at once.
  const char* black = "--moves 'B4 A3 B2 C3'";
  const char* white = "--moves 'C4 D3 C2 B3'";
  MatchGameOptions options = small_board();
  const MatchGame game = game_of(black, std::string(white) + " ", options);
  // B4 C4 A3 D3 B2 C2 C3 B3x: White takes with B3, and Black's next C3 would take back.
  CHECK(game.game.position().board().at(Point::at(2, 2)) == Color::kEmpty);
  const MatchGame retaken = game_of("--moves 'B4 A3 B2 C3 C3'", white, options);
  CHECK(retaken.ending == Ending::kIllegal);
  CHECK(retaken.detail == "black played C3");
}

TEST_CASE("match game: cut off after max_moves") {
  MatchGameOptions options = small_board();
  options.max_moves = 3;
  const MatchGame game = game_of("--moves 'C3 B2'", "--moves 'D4 E5'", options);
  CHECK(game.ending == Ending::kMaxMoves);
  CHECK(game.game.position().move_count() == 3);
}

TEST_CASE("match game: a program is told what it lists") {
  const Folder folder;
  const std::string log = folder.path + "/log";
  MatchGameOptions options = small_board();
  options.size = {9, 9};
  options.time = {60, 30, 5};
  game_of("--kata --log " + log, "", options);
  CHECK(read_file(log).value() == R"(list_commands
name
version
boardsize 9
clear_board
kata-set-rules )" + rules_to_json(options.rules) +
                                      R"(
komi 0.5
time_settings 60 30 5
time_left B 60 0
genmove B
play W pass
quit
)");
}

TEST_CASE("match: pairs of games with colours swapped, results, SGFs and a summary") {
  const Folder folder;
  MatchOptions options;
  options.engines[0].command_line = fake("--name One --moves 'C3'");
  options.engines[1].command_line = fake("--name Two --resign-at 1000");
  options.game = small_board();
  options.games = 6;
  options.parallel = 3;
  options.openings = {{Point::at(0, 0), Point::at(4, 4)}, {}};
  options.results_path = folder.path + "/results.jsonl";
  options.sgf_folder = folder.path + "/sgf";
  int calls = 0;
  const auto games =
      run_match(options, [&](const GameSummary&, const std::vector<GameSummary>&) { ++calls; });
  REQUIRE(games);
  REQUIRE(games->size() == 6);
  CHECK(calls == 6);
  for (int i = 0; i < 6; ++i) {
    const GameSummary& game = (*games)[static_cast<std::size_t>(i)];
    CHECK(game.number == i);
    CHECK(game.black == i % 2);
    CHECK(game.opening == (i / 2 % 2 == 0 ? "A5 E1" : ""));
    CHECK(game.names == std::array<std::string, 2>{"One 1", "Two 1"});
  }
  CHECK((*games)[2].result == "B+24.5");  // One alone on the board
  CHECK((*games)[3].result == "W+25.5");
  CHECK(make_match_report(*games).all.wins == 6);
  CHECK(make_match_report(*games).repeated_games == 2);
  const auto record = sgf::load_game_record(options.sgf_folder + "/game-0003.sgf", Rules{});
  REQUIRE(record);
  CHECK(record->info.white == "One 1");
  CHECK(record->info.result == sgf::parse_sgf_result("W+25.5"));
  CHECK(record->moves_played == (*games)[3].moves);
}

TEST_CASE("match: resumed, it plays only what is missing") {
  const Folder folder;
  MatchOptions options;
  for (auto& engine : options.engines) engine.command_line = fake();
  options.game = small_board();
  options.results_path = folder.path + "/results.jsonl";
  options.games = 3;
  REQUIRE(run_match(options, {}));
  const std::string before = read_file(options.results_path).value();
  CHECK(run_match(options, {}).error().message.find("--resume") != std::string::npos);
  options.resume = true;
  options.games = 5;
  int calls = 0;
  const auto games =
      run_match(options, [&](const GameSummary&, const std::vector<GameSummary>&) { ++calls; });
  REQUIRE(games);
  CHECK(games->size() == 5);
  CHECK(calls == 2);
  CHECK(read_file(options.results_path).value().starts_with(before));
  options.game.rules.komi = 1.5F;
  CHECK(run_match(options, {}).error().message.find("holds another match") != std::string::npos);
}

TEST_CASE("match: the records of another match are not written over") {
  const Folder folder;
  MatchOptions options;
  for (auto& engine : options.engines) engine.command_line = fake();
  options.game = small_board();
  options.sgf_folder = folder.path + "/sgf";
  options.results_path = folder.path + "/results.jsonl";
  options.games = 2;
  REQUIRE(run_match(options, {}));
  const std::string record = read_file(options.sgf_folder + "/game-0000.sgf").value();
  MatchOptions other = options;
  other.results_path.clear();
  CHECK(run_match(other, {}).error().message ==
        "'" + options.sgf_folder +
            "/game-0000.sgf' exists; give another folder for the records of this match");
  options.resume = true;
  options.games = 4;
  REQUIRE(run_match(options, {}));
  CHECK(read_file(options.sgf_folder + "/game-0000.sgf").value() == record);
  CHECK(file_exists(options.sgf_folder + "/game-0003.sgf"));
}

TEST_CASE("match: a program that crashed is started again") {
  const Folder folder;
  MatchOptions options;
  options.engines[0].command_line =
      fake("--moves C3 --crash-at 2 --crash-once " + folder.path + "/crashed");
  options.engines[1].command_line = fake("--moves B2");
  options.game = small_board();
  options.games = 4;
  options.openings = {{}};
  const auto games = run_match(options, {});
  REQUIRE(games);
  const MatchReport report = make_match_report(*games);
  CHECK(report.crashes == std::array<int, 2>{1, 0});
  INFO(to_text(report));
  CHECK(report.scored == 3);
}

TEST_CASE("match: programs that never start end it with what they said") {
  MatchOptions options;
  options.engines[0].command_line = R"(sh -c 'echo ready >&2; exec "$0"' )" + fake();
  options.engines[1].command_line = "sh -c 'echo loading >&2; echo no net found >&2; exit 2'";
  options.game = small_board();
  const auto games = run_match(options, {});
  REQUIRE_FALSE(games);
  CHECK(games.error().message ==
        "the match cannot go on: white start: ended with exit code 2 at 'list_commands'; "
        "engine2 said: no net found");
  options.game.rules.scoring = ScoringRule::kTerritory;
  CHECK(run_match(options, {}).error().message.find("need a judge") != std::string::npos);
}

TEST_CASE("match: an SPRT ends it early") {
  MatchOptions options;
  options.engines[1].command_line = fake("--say resign");
  options.game = small_board();
  options.games = 200;
  options.openings = {{}};
  options.sprt = Sprt{.elo0 = -300, .elo1 = 300, .alpha = 0.2, .beta = 0.2};
  // All wins have no variance: the test never ends on those, so let engine 1 lose some.
  options.engines[0].command_line = fake("--moves C3 --resign-at 3");
  const auto games = run_match(options, {});
  REQUIRE(games);
  CHECK(games->size() < 200);
  CHECK(options.sprt->verdict(tally_of(*games)) == "H1");
}

}  // namespace ponnuki::selfplay
