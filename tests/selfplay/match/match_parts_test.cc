// The parts of a match on their own: the clock, the openings, the log of results.
#include <catch2/catch.hpp>
#include <cstdio>
#include <set>

#include "engine/file.h"
#include "engine/symmetry.h"
#include "selfplay/match/match_clock.h"
#include "selfplay/match/match_log.h"
#include "selfplay/match/match_openings.h"
#include "selfplay/match/match_report.h"

namespace ponnuki::selfplay {

TEST_CASE("match clock: absolute time") {
  MatchClock clock({.main_seconds = 10}, 0.1);
  CHECK(clock.spend(9));
  CHECK(clock.left()->seconds == Approx(1));
  CHECK(clock.spend(1.05));  // within the grace
  CHECK_FALSE(clock.spend(0.2));
}

TEST_CASE("match clock: Canadian byo-yomi after main time") {
  MatchClock clock({.main_seconds = 10, .byo_seconds = 6, .byo_stones = 2}, 0);
  CHECK(clock.left()->stones == 0);
  CHECK(clock.spend(12));  // 2 seconds of the first period, one stone of it played
  CHECK(clock.left()->stones == 1);
  CHECK(clock.left()->seconds == Approx(4));
  CHECK(clock.spend(3.9));  // a new period
  CHECK(clock.left()->stones == 2);
  CHECK(clock.left()->seconds == Approx(6));
  CHECK(clock.spend(5));
  CHECK_FALSE(clock.spend(1.5));
}

TEST_CASE("match clock: the longest move is all that is left, with the first period of byo-yomi") {
  MatchClock absolute({.main_seconds = 10}, 0.5);
  CHECK(absolute.view()->longest_move == Approx(10.5));
  CHECK(absolute.spend(4));
  CHECK(absolute.view()->longest_move == Approx(6.5));
  MatchClock canadian({.main_seconds = 10, .byo_seconds = 6, .byo_stones = 2}, 0.5);
  CHECK(canadian.view()->longest_move == Approx(16.5));
  CHECK(canadian.spend(12));
  CHECK(canadian.view()->longest_move == Approx(4.5));
  CHECK(canadian.view()->left.stones == 1);
  CHECK(canadian.spend(4));
  CHECK(canadian.view()->longest_move == Approx(6.5));
}

TEST_CASE("match clock: none") {
  MatchClock clock({}, 0);
  CHECK_FALSE(clock.view());
  CHECK_FALSE(clock.left());
  CHECK(clock.spend(1e9));
}

TEST_CASE("openings: a list by seed, the same each time, no two alike under symmetry") {
  for (const BoardSize size : {BoardSize{9, 9}, BoardSize{19, 19}, BoardSize{13, 9}}) {
    const auto openings = generate_openings(size, 100, 7);
    CHECK(openings == generate_openings(size, 100, 7));
    CHECK(openings != generate_openings(size, 100, 8));
    const auto more = generate_openings(size, 120, 7);
    CHECK(std::equal(openings.begin(), openings.end(), more.begin()));
    std::set<std::string> images;
    for (const Opening& opening : openings) {
      CHECK((opening.size() >= 2 && opening.size() <= 4));
      CHECK(images.count(to_string(opening, size)) == 0);
      for (int s = 0; s < Symmetry::count(size); ++s) {
        Opening image;
        for (const Point p : opening) image.push_back(Symmetry(s).apply(p, size));
        images.insert(to_string(image, size));
      }
      for (const Point p : opening) CHECK((p.x() >= 2 && p.x() < size.width - 2));
    }
  }
  CHECK(generate_openings({2, 2}, 30, 1).size() == 30);  // repeats where there are too few
}

TEST_CASE("openings: from a file") {
  const BoardSize nine{9, 9};
  const auto openings = parse_openings(R"(# a comment
    D4 F6    # first
    F6 D4
    -
    C3 G7 C7
    )",
                                       nine, Rules{});
  REQUIRE(openings);
  REQUIRE(openings->size() == 3);  // the second is the first, turned
  CHECK(to_string((*openings)[0], nine) == "D4 F6");
  CHECK((*openings)[1].empty());
  CHECK(parse_openings("D4\nD4 D4", nine, Rules{}).error().message == "line 2: illegal move D4");
  CHECK(parse_openings("D4 K10", nine, Rules{}).error().message ==
        "line 1: 'K10' is not a vertex of this board");
  CHECK(parse_openings("# nothing", nine, Rules{}).error().message == "no opening in it");
}

namespace {

GameSummary summary(int number, int winner) {
  GameSummary game;
  game.number = number;
  game.black = number % 2;
  game.winner = winner;
  game.ending = "score";
  game.result = winner < 0 ? "0" : winner == game.black ? "B+1.5" : "W+1.5";
  game.moves = 10 + number;
  game.names = {"one", "two"};
  game.claims = {"B+1.5", "\"\xFF"};
  game.thought_moves = {5, 5};
  game.seconds = {1, 2};
  return game;
}

}  // namespace

TEST_CASE("match log: what was written is there again, but for a line that was cut") {
  const std::string path = "match_log_test.tmp.jsonl";
  std::remove(path.c_str());
  {
    auto log = MatchLog::open(path, "{\"match\":1}", false);
    REQUIRE(log);
    REQUIRE(log->append(summary(0, 1)));
    REQUIRE(log->append(summary(1, -1)));
  }
  CHECK(MatchLog::open(path, "{\"match\":1}", false).error().message ==
        "'" + path + "' exists; give --resume to go on with it");
  CHECK_FALSE(MatchLog::open(path, "{\"match\":2}", true));
  REQUIRE(write_file_atomically(path, read_file(path).value() + "{\"game\":2,\"bla"));
  {
    auto log = MatchLog::open(path, "{\"match\":1}", true);
    REQUIRE(log);
    REQUIRE(log->earlier_games().size() == 2);
    CHECK(log->earlier_games()[0].winner == 1);
    CHECK(log->earlier_games()[1].winner == -1);
    CHECK(log->earlier_games()[1].black == 1);
    CHECK(log->earlier_games()[1].seconds[1] == 2);
    REQUIRE(log->append(summary(2, 0)));
  }
  CHECK(MatchLog::open(path, "{\"match\":1}", true)->earlier_games().size() == 3);
  REQUIRE(write_file_atomically(path, "{\"match\":1}\n{\"game\":-1}\n"));
  CHECK_FALSE(MatchLog::open(path, "{\"match\":1}", true));
  REQUIRE(write_file_atomically(path, "{\"mat"));  // killed at once
  CHECK(MatchLog::open(path, "{\"match\":1}", true)->earlier_games().empty());
  CHECK(read_file(path).value() == "{\"match\":1}\n");
  REQUIRE(write_file_atomically(path, "my notes"));
  CHECK(MatchLog::open(path, "{\"match\":1}", true).error().message ==
        "'" + path + "' is no file of results; give another file");
  CHECK(read_file(path).value() == "my notes");
  std::remove(path.c_str());
}

TEST_CASE("match log: any flipped bit of a game is found, and the line is named") {
  const std::string path = "match_log_bits_test.tmp.jsonl", head = "{\"match\":1}\n";
  std::remove(path.c_str());
  REQUIRE(MatchLog::open(path, "{\"match\":1}", true)->append(summary(0, 1)));
  const std::string line = read_file(path)->substr(head.size());
  for (std::size_t at = 0; at + 30 < line.size(); ++at) {
    CAPTURE(at);
    std::string damaged = line;
    damaged[at] ^= 1;
    REQUIRE(write_file_atomically(path, head + damaged));
    const auto log = MatchLog::open(path, "{\"match\":1}", true);
    REQUIRE_FALSE(log);
    CHECK(log.error().message.starts_with(path + " line "));
    CHECK(log.error().message.ends_with("delete this line, and its game is played anew"));
    CHECK(*read_file(path) == head + damaged);
  }
  REQUIRE(write_file_atomically(path, head + to_json_line(summary(0, 1)) + "\n"));  // of 0.1.0
  CHECK(MatchLog::open(path, "{\"match\":1}", true)->earlier_games().size() == 1);
  std::remove(path.c_str());
}

TEST_CASE("match log: one process at a time, and each game once") {
  const std::string path = "match_log_lock_test.tmp.jsonl", head = "{\"match\":1}";
  std::remove(path.c_str());
  {
    auto log = MatchLog::open(path, head, true);
    REQUIRE(log);
    REQUIRE(log->append(summary(3, 1)));
    CHECK(MatchLog::open(path, head, true).error().message ==
          "'" + path + "': another process plays this match; stop it first, or give another file");
  }
  REQUIRE(
      write_file_atomically(path, read_file(path).value() + to_json_line(summary(3, 0)) + "\n"));
  CHECK(MatchLog::open(path, head, true).error().message ==
        path + " line 3: game 3 is there twice; delete one of its lines");
  std::remove(path.c_str());
}

TEST_CASE("match report: rates by colour, faults, disputes") {
  // Engine 0 has Black in even games.
  std::vector<GameSummary> games = {summary(0, 0), summary(1, 0), summary(2, 1), summary(3, -1)};
  games[2].ending = "crash";
  games[1].ending = "time";
  games[0].claims_differ = true;
  const MatchReport report = make_match_report(games, Sprt{});
  CHECK((report.all.wins == 2 && report.all.draws == 1 && report.all.losses == 1));
  CHECK((report.as_black.wins == 1 && report.as_black.losses == 1));
  CHECK((report.as_white.wins == 1 && report.as_white.draws == 1));
  CHECK((report.black_games.wins == 1 && report.black_games.losses == 2));
  CHECK(report.crashes == std::array<int, 2>{1, 0});
  CHECK(report.time_losses == std::array<int, 2>{0, 1});
  CHECK(report.disputed == std::vector<int>{0});
  CHECK(report.mean_moves == Approx(11.5));
  CHECK(report.seconds_per_move[1] == Approx(0.4));
  CHECK(to_text(report).find("2-1-1  62.5 % (95 % CI 21.9 to 90.8)") != std::string::npos);
  CHECK(to_json(report).find("\"disputedGames\":[0]") != std::string::npos);
  CHECK(to_json(make_match_report({summary(0, 0)})).find("\"elo\":null") != std::string::npos);
}

}  // namespace ponnuki::selfplay
