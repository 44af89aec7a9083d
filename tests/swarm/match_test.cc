// Matches that workers play: parts as messages, and the desk that hands them out.
#include <catch2/catch.hpp>

#include "nn/model/initial_model.h"
#include "selfplay/learning/published_net.h"
#include "swarm/match_desk.h"
#include "swarm/signing_key.h"

namespace ponnuki::swarm {
namespace {

using namespace std::chrono_literals;
using selfplay::NetMatchGame;

const Clock::time_point kStart{};
constexpr BoardSize kSize{5, 5};

/// Of games of 5×5, without openings.
MatchPart whole_match(int games) {
  MatchPart whole{"match", {"new", "old"}, {}, 0, games};
  whole.terms.size = kSize;
  whole.terms.games = games;
  whole.terms.simulations = 2;
  return whole;
}

MatchDesk desk_of(int games) {
  return {whole_match(games), {[](const std::string& worker) { return worker != "mallory"; }}};
}

PlayedPart played(const MatchPart& part) {
  const auto net =
      *selfplay::network_of(nn::make_initial_model({1, 8}, 1), nn::kernels::Precision::kFp32);
  const std::atomic<bool> stop{false};
  return play_part(part, {net, net}, 1, nullptr, stop);
}

TEST_CASE("match part: it comes out as it went in") {
  MatchPart part = whole_match(11);
  part.terms.komi = 6.5;
  part.terms.seed = 0xfedcba9876543210;
  part.first = 4;
  part.games = 3;
  part.openings = {{Point::at(1, 2), Point::at(2, 2)}, {}};
  const auto read = read_part(to_json(part));
  REQUIRE(read);
  CHECK(to_json(*read) == to_json(part));

  const PlayedPart games{"match", {{4, {Point::pass(), Point::at(1, 2)}}, {5, {}}}};
  const auto read_games = read_played(to_json(games, {5, 5}), {5, 5});
  REQUIRE(read_games);
  CHECK(read_games->games.front().moves == games.games.front().moves);
  CHECK(to_json(*read_games, {5, 5}) == to_json(games, {5, 5}));
}

TEST_CASE("match part: what is out of bounds is refused") {
  MatchPart part = whole_match(10);
  part.openings = {5, {Point::at(0, 0), Point::at(4, 4)}};
  const std::string good = to_json(part);
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    REQUIRE(text.find(from) != std::string::npos);
    return text.replace(text.find(from), from.size(), to);
  };
  CHECK(read_part(good));
  for (const std::string& bad :
       {with("[5,5]", "[5,26]"), with("[5,5]", "[1,5]"), with("[5,5]", "5"),
        with("\"first\":0", "\"first\":-2"), with("\"first\":0", "\"first\":10"),
        with("\"games\":10", "\"games\":12"), with("\"games\":10", "\"games\":0"),
        with("\"ofGames\":10", "\"ofGames\":10000000"),
        with("\"simulations\":2", "\"simulations\":1e9"), with("[0,24]", "[0,26]"),
        with("[0,24]", "[0,0]"), with("[0,24]", "[25,25]"), with("[0,24],", ""), std::string("{}"),
        std::string("["), std::string(70, '[')}) {
    INFO(bad);
    CHECK_FALSE(read_part(bad));
  }
  for (const char* bad :
       {"", "[]", R"({"match":"m","games":[{"number":0,"moves":[26]}]})",
        R"({"match":"m","games":[{"number":0,"moves":[-1]}]})",
        R"({"match":"m","games":[{"number":0,"moves":["A1"]}]})", R"({"match":"m","games":[0]})"}) {
    INFO(bad);
    CHECK_FALSE(read_played(bad, {5, 5}));
  }
}

TEST_CASE("match desk: all games are played once, whoever plays them") {
  MatchDesk desk = desk_of(11);
  const auto first = desk.take("ann", 4, kStart), second = desk.take("ben", 100, kStart);
  REQUIRE(first);
  REQUIRE(second);
  CHECK(first->first == 0);
  CHECK(first->games == 4);
  CHECK(second->first == 4);
  CHECK(second->games == 7);
  CHECK_FALSE(desk.take("carla", 4, kStart));
  REQUIRE(desk.count("ben", played(*second)));
  CHECK(desk.tally().games() == 7);
  REQUIRE(desk.count("ben", played(*second)));  // it was sent twice
  CHECK(desk.tally().games() == 7);
  CHECK_FALSE(desk.is_over());
  REQUIRE(desk.count("ann", played(*first)));
  CHECK(desk.is_over());
  CHECK(desk.shares() == std::map<std::string, int>{{"ann", 4}, {"ben", 7}});
}

TEST_CASE("match desk: who dies gives its games back, who plays on keeps them") {
  MatchDesk desk = desk_of(8);
  const auto lost = desk.take("ann", 4, kStart), kept = desk.take("ben", 4, kStart);
  desk.note_progress("ben", kStart + 50s);
  CHECK_FALSE(desk.take("carla", 4, kStart + 59s));
  const auto again = desk.take("carla", 4, kStart + 60s);
  REQUIRE(again);
  CHECK(again->first == lost->first);
  CHECK_FALSE(desk.take("carla", 4, kStart + 109s));
  REQUIRE(desk.count("ann", played(*lost)));  // it was only slow
  CHECK(desk.tally().games() == 4);
  REQUIRE(desk.count("ben", played(*kept)));
  CHECK(desk.is_over());
}

TEST_CASE("match desk: at the end a machine plays what others have had for the longest time") {
  MatchDesk desk = desk_of(6);
  static_cast<void>(desk.take("ann", 2, kStart + 2s));
  static_cast<void>(desk.take("ben", 2, kStart));
  static_cast<void>(desk.take("here", 2, kStart));
  const auto late = desk.take_late("here", 2, kStart + 3s);
  REQUIRE(late);
  CHECK(late->first == 2);
  CHECK(desk.take_late("here", 2, kStart + 3s)->first == 0);
  CHECK_FALSE(desk.take_late("here", 2, kStart + 3s));  // it has all of them
}

TEST_CASE("match desk: games that are wrong are refused with the reason") {
  MatchDesk desk = desk_of(4);
  const auto part = desk.take("ann", 4, kStart);
  REQUIRE(part);
  const PlayedPart good = played(*part);
  PlayedPart bad = good;
  std::string reason;
  NetMatchGame& game = bad.games.front();
  const std::string name = "game " + std::to_string(game.number);
  SECTION("of another match") {
    bad.match = "another";
    reason = "the match is over";
  }
  SECTION("with another opening") {
    game.moves.front() = game.moves[1];
    reason = name + ": another opening";
  }
  SECTION("with an illegal move") {
    game.moves.insert(game.moves.end() - 2, game.moves.front());
    reason = name + ": an illegal move";
  }
  SECTION("broken off") {
    game.moves.pop_back();
    reason = name + ": no end";
  }
  SECTION("with moves after its end") {
    game.moves.push_back(Point::pass());
    reason = name + ": moves after its end";
  }
  SECTION("twice") {
    bad.games.push_back(game);
    reason = "a game is there twice";
  }
  const Status counted = desk.count("ann", bad);
  REQUIRE_FALSE(counted);
  CHECK(counted.error().message == reason);
  CHECK(desk.tally().games() == 0);
  CHECK(desk.count("ann", good));
  CHECK(desk.is_over());
}

TEST_CASE("match desk: who is not trusted gets nothing and counts nothing") {
  MatchDesk desk = desk_of(2);
  CHECK_FALSE(desk.take("mallory", 2, kStart));
  const auto part = desk.take("ann", 2, kStart);
  REQUIRE(part);
  CHECK_FALSE(desk.count("mallory", played(*part)));
  CHECK(
      desk.count("ann", {"match", {{-1, {}}, {7, {}}}}));  // no games of the match: nothing counts
  CHECK(desk.tally().games() == 0);
}

TEST_CASE("match desk: games count if their worker has signed them") {
  const SigningKey ann = *SigningKey::make(), mallory = *SigningKey::make();
  const auto has_signed = [&](const std::string& worker, const PlayedPart& part) {
    return is_signed(ann.public_key(), signed_text(part, worker, kSize), part.signature);
  };
  MatchDesk desk(whole_match(2), {{}, has_signed});
  PlayedPart part = played(*desk.take("ann", 2, kStart));
  const auto count_signed = [&](const SigningKey& key, const std::string& worker) {
    part.signature = *key.sign(signed_text(part, worker, kSize));
    return desk.count("ann", *read_played(to_json(part, kSize), kSize));
  };
  CHECK_FALSE(desk.count("ann", part));
  CHECK_FALSE(count_signed(mallory, "ann"));
  CHECK_FALSE(count_signed(ann, "ben"));
  CHECK(desk.tally().games() == 0);
  CHECK(count_signed(ann, "ann"));
  CHECK(desk.is_over());
}

}  // namespace
}  // namespace ponnuki::swarm
