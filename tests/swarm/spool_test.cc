// The blocks that wait on a worker's disk, and the learner's ledger of what it has stored.
#include "swarm/spool.h"

#include <catch2/catch.hpp>
#include <filesystem>

#include "engine/file.h"
#include "swarm/ledger.h"
#include "tests/support/temporary_folder.h"

namespace ponnuki::swarm {
namespace {

namespace fs = std::filesystem;
using Numbers = std::vector<std::uint64_t>;

GameBlock block(const std::string& body) { return {kWire, "ann", 0, 0, "net", "options", body}; }

TEST_CASE("spool: numbers grow for ever, also over restarts") {
  const test::TemporaryFolder folder;
  {
    const auto spool = std::move(*Spool::open(folder / "spool", "ann"));
    CHECK(spool->next() == 1);
    for (const char* body : {"one", "two", "three"}) REQUIRE(spool->add(block(body)));
    spool->forget_up_to(2);
    CHECK(spool->waiting() == Numbers{3});
    CHECK(Spool::open(folder / "spool", "ann").error().message.find("is used by another worker") !=
          std::string::npos);
  }
  {
    const auto spool = std::move(*Spool::open(folder / "spool", "ann"));
    CHECK(spool->waiting() == Numbers{3});
    CHECK(spool->next() == 4);
    CHECK(spool->read(3)->body == "three");
    CHECK(spool->read(3)->number == 3);
    spool->forget_up_to(3);
    CHECK(spool->waiting().empty());
  }
  CHECK((*Spool::open(folder / "spool", "ann"))->next() == 4);
  CHECK_FALSE(Spool::open(folder / "spool", "ben"));
}

TEST_CASE("spool: a damaged block is told, and a full spool") {
  const test::TemporaryFolder folder;
  const auto spool = std::move(*Spool::open(folder / "spool", "ann", 1000));
  REQUIRE(spool->add(block("some games")));
  CHECK_FALSE(spool->is_full());
  REQUIRE(spool->add(block(std::string(1000, 'x'))));
  CHECK(spool->is_full());
  const std::string path = folder / "spool/0000000001.block";
  std::string text = *read_file(path);
  text.back() ^= 1;
  REQUIRE(write_file_atomically(path, text));
  CHECK(spool->read(1).error().message == "'" + path + "' is damaged");
}

TEST_CASE("ledger: it knows what is stored and what was refused") {
  const test::TemporaryFolder folder;
  const std::string path = folder / "ledger.jsonl";
  const auto none = [](std::int64_t) { return std::optional<std::int64_t>(); };
  {
    const auto ledger = std::move(*Ledger::open(path, 1, none));
    REQUIRE(ledger->write(1, 0, {{"ann", 1, 8, ""}, {"ben", 1, 0, "a wrong score"}}));
    REQUIRE(ledger->write(1, 500, {{"ann", 2, 5, ""}, {"ben", 2, 0, "a wrong score"}}));
  }
  const auto ledger = std::move(*Ledger::open(path, 2, none));  // the file of cycle 1 is gone
  CHECK(ledger->stored("ann") == 2);
  CHECK(ledger->stored("carl") == 0);
  CHECK(ledger->accounts().at("ann").games == 13);
  CHECK(ledger->accounts().at("ben").refused == 2);
  CHECK(ledger->accounts().at("ben").reasons.at("a wrong score") == 2);
}

TEST_CASE("ledger: it knows the last nets, also after a restart") {
  const test::TemporaryFolder folder;
  const std::string path = folder / "ledger.jsonl";
  const auto none = [](std::int64_t) { return std::optional<std::int64_t>(); };
  {
    const auto ledger = std::move(*Ledger::open(path, 1, none));
    for (int net = 1; net <= 25; ++net) REQUIRE(ledger->add_net(std::to_string(net), 1000 * net));
    REQUIRE(ledger->add_net("24", 26000));
  }
  const auto nets = (*Ledger::open(path, 2, none))->nets();
  REQUIRE(nets.size() == Ledger::kNets);
  CHECK(nets[0] == "24");
  CHECK(nets[1] == "25");
  CHECK(nets.back() == "6");
}

TEST_CASE("ledger: where nets follow each other fast, those of the last minutes are valid") {
  const test::TemporaryFolder folder;
  const std::string path = folder / "ledger.jsonl";
  const auto none = [](std::int64_t) { return std::optional<std::int64_t>(); };
  {
    const auto ledger = std::move(*Ledger::open(path, 1, none));
    for (int net = 1; net <= 100; ++net) REQUIRE(ledger->add_net(std::to_string(net), 10 * net));
    CHECK(ledger->nets().size() == 61);  // of 600 seconds
  }
  const auto ledger = std::move(*Ledger::open(path, 2, none));
  CHECK(ledger->nets().size() == 61);
  for (int net = 1; net <= 300; ++net) REQUIRE(ledger->add_net("fast" + std::to_string(net), 2000));
  CHECK(ledger->nets().size() == Ledger::kMostNets);
}

TEST_CASE("ledger: after a crash the file of games tells whether its games came") {
  const test::TemporaryFolder folder;
  const std::string path = folder / "ledger.jsonl";
  const auto [size, stored] = GENERATE(table<std::int64_t, std::uint64_t>({{500, 1}, {501, 2}}));
  {
    const auto ledger = std::move(*Ledger::open(path, 1, [](std::int64_t) { return 0; }));
    REQUIRE(ledger->write(1, 0, {{"ann", 1, 8, ""}}));
    REQUIRE(ledger->write(1, 500, {{"ann", 2, 5, ""}}));
  }
  for (const std::int64_t cycle : {1, 2}) {  // also if the next cycle has begun meanwhile
    const auto ledger = std::move(*Ledger::open(path, cycle, [&, bytes = size](std::int64_t) {
      return std::optional<std::int64_t>(bytes);
    }));
    CHECK(ledger->stored("ann") == stored);
  }
}

TEST_CASE("ledger: a last line that was cut off is forgotten, damage elsewhere is told") {
  const test::TemporaryFolder folder;
  const std::string path = folder / "ledger.jsonl";
  const auto all = [](std::int64_t) { return std::optional<std::int64_t>(1'000'000); };
  {
    const auto ledger = std::move(*Ledger::open(path, 1, all));
    for (std::uint64_t n = 1; n <= 3; ++n) REQUIRE(ledger->write(1, 0, {{"ann", n, 8, ""}}));
  }
  const std::string whole = *read_file(path);
  SECTION("cut off") {
    REQUIRE(write_file_atomically(path, whole.substr(0, whole.size() - 10)));
    CHECK((*Ledger::open(path, 1, all))->stored("ann") == 2);
  }
  SECTION("damaged") {
    std::string text = whole;
    text[text.find("\"ann\",1") + 1] = 'A';
    REQUIRE(write_file_atomically(path, text));
    CHECK(Ledger::open(path, 1, all).error().message.find("line 2 is damaged") !=
          std::string::npos);
    CHECK(*read_file(path) == text);
  }
}

}  // namespace
}  // namespace ponnuki::swarm
