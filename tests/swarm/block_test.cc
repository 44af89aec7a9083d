// Blocks of games, and their inspection: ten kinds of games that are not what they claim to be.
#include "swarm/block.h"

#include <catch2/catch.hpp>

#include "swarm/inspection.h"
#include "tests/support/swarm_fixture.h"

namespace ponnuki::swarm {
namespace {

TEST_CASE("swarm block: games come out as they went in, in blocks that the hub takes") {
  const selfplay::Games games = test::random_games(600, 1);
  const auto bodies = pack(games);
  REQUIRE(bodies);
  CHECK(bodies->size() > 1);
  std::string before, after;
  for (const auto& game : games) write_game(*game, before);
  for (const std::string& body : *bodies) {
    CHECK(body.size() <= kMostBody);
    const auto unpacked = unpack_games(body);
    REQUIRE(unpacked);
    for (const auto& game : *unpacked) write_game(*game, after);
  }
  CHECK(before == after);
}

TEST_CASE("swarm: names") {
  CHECK(is_name("club-7_b"));
  for (const char* name : {"", "a.b", "a b", "*", ">", "ä"}) CHECK_FALSE(is_name(name));
}

/// What an inspection says of a block that was changed in some way.
class Case {
 public:
  Case() { block_.body = body({test::random_game(3)}); }

  static std::string body(const std::vector<selfplay::GameRecord>& records) {
    selfplay::Games games;
    for (const auto& record : records)
      games.push_back(std::make_shared<const selfplay::GameRecord>(record));
    return pack(games)->front();
  }
  GameBlock& block() { return block_; }
  std::string verdict() const {
    Inspection inspection({{{5, 5}}, "options", 1.0}, 1);
    inspection.set_nets({"new", "net"});
    const auto games = inspection.games_of(block_);
    return games ? "good" : games.error().message;
  }

 private:
  GameBlock block_{kWire, "ann", 1, 1, "net", "options", ""};
};

TEST_CASE("swarm inspection: an honest block is good, also of the net before") {
  CHECK(Case().verdict() == "good");
}

TEST_CASE("swarm inspection: what is wrong is refused with its reason") {
  Case with;
  GameBlock& block = with.block();
  selfplay::GameRecord game = test::random_game(3);
  SECTION("another wire version") {
    block.wire = 2;
    CHECK(with.verdict() == "another wire version");
  }
  SECTION("other options") {
    block.options = "others";
    CHECK(with.verdict() == "other options");
  }
  SECTION("a net that nobody announced, and one that is too old") {
    block.net = GENERATE("random", "old");
    CHECK(with.verdict() == "an unknown or old net");
  }
  SECTION("garbage") {
    block.body = "garbage";
    CHECK(with.verdict() == "no games: the block is not packed by gzip");
  }
  SECTION("a block that was cut") {
    block.body.resize(block.body.size() / 2);
    CHECK(with.verdict().starts_with("no games: "));
  }
  SECTION("a giant block") {
    block.body.resize(kMostBody + 1);
    CHECK(with.verdict() == "no games: the block is too long");
  }
  SECTION("an illegal move") {
    game.turns[1].move = game.turns[0].move;
    block.body = Case::body({game});
    CHECK(with.verdict().starts_with("no games: "));
  }
  SECTION("a wrong score") {
    game.white_score += 2;
    block.body = Case::body({game});
    CHECK(with.verdict() == "a wrong score");
  }
  SECTION("a score that no board has") {
    game.white_score = 1000;
    block.body = Case::body({game});
    CHECK(with.verdict() == "a score that no board has");
  }
  SECTION("wrong owners") {
    for (Color& owner : game.owner) owner = owner == Color::kBlack ? Color::kWhite : Color::kBlack;
    block.body = Case::body({game});
    CHECK(with.verdict() == "wrong owners");
  }
  SECTION("another ending") {
    game.ending = game.ending == selfplay::GameRecord::Ending::kPasses
                      ? selfplay::GameRecord::Ending::kBrokenOff
                      : selfplay::GameRecord::Ending::kPasses;
    block.body = Case::body({game});
    CHECK(with.verdict() != "good");
  }
  SECTION("a board of another size") {
    selfplay::GameRecord other;
    other.size = {4, 4};
    other.finish(Position(other.size, other.rules));
    block.body = Case::body({other});
    CHECK(with.verdict() == "a board of another size");
  }
}

}  // namespace
}  // namespace ponnuki::swarm
