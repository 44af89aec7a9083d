#include "swarm/hub_users.h"

#include <catch2/catch.hpp>

#include "engine/file.h"
#include "swarm/signing_key.h"
#include "tests/support/temporary_folder.h"

namespace ponnuki::swarm {
namespace {

TEST_CASE("hub users: they are there in another process, with their keys") {
  const test::TemporaryFolder folder;
  const std::string path = folder / "users.conf";
  {
    auto users = HubUsers::open(path);
    REQUIRE(users);
    CHECK_FALSE(users->has("ann"));
    REQUIRE(users->add_learner("learner", "UL"));
    REQUIRE(users->add_worker("ann", "UA", "club"));
    REQUIRE(users->add_worker("anna", "UB", "club"));
  }
  auto users = HubUsers::open(path);
  REQUIRE(users);
  CHECK(users->key_of("learner") == "UL");
  CHECK(users->key_of("ann") == "UA");
  CHECK(users->key_of("anna") == "UB");
  CHECK_FALSE(users->has("an"));
  CHECK(*read_file(path) ==
        R"(users: [
# learner
{ nkey: UL }
# ann
{ nkey: UA, permissions: {
  publish: ["games.club.ann", "stats.club.ann", "match.club.*.ann",
            "$JS.API.STREAM.MSG.GET.RUN_club", "$JS.API.STREAM.MSG.GET.NETS_club"]
  subscribe: ["_INBOX_ann.>", "run.club.announcement", "run.club.stored.ann"] } }
# anna
{ nkey: UB, permissions: {
  publish: ["games.club.anna", "stats.club.anna", "match.club.*.anna",
            "$JS.API.STREAM.MSG.GET.RUN_club", "$JS.API.STREAM.MSG.GET.NETS_club"]
  subscribe: ["_INBOX_anna.>", "run.club.announcement", "run.club.stored.anna"] } }
]
)");
  CHECK(*users->remove("ann"));
  CHECK_FALSE(*users->remove("ann"));
  users = HubUsers::open(path);
  CHECK_FALSE(users->has("ann"));
  CHECK(users->key_of("anna") == "UB");
}

TEST_CASE("hub users: the longest names are whole") {
  const test::TemporaryFolder folder;
  const std::string path = folder / "users.conf", name(40, 'n'), run(40, 'r');
  REQUIRE(HubUsers::open(path)->add_worker(name, "UA", run));
  CHECK_THAT(*read_file(path),
             Catch::EndsWith("\"run." + run + ".stored." + name + "\"] } }\n]\n"));
}

TEST_CASE("hub users: those of an older program have passwords and no keys") {
  const test::TemporaryFolder folder;
  const std::string path = folder / "users.conf";
  REQUIRE(write_file_atomically(path, R"(users: [
{ user: learner, password: "secret" }
{ user: ann, password: "secret", permissions: {
  publish: ["games.club.ann"] } }
]
)"));
  auto users = HubUsers::open(path);
  REQUIRE(users);
  CHECK(users->has("ann"));
  CHECK(users->key_of("ann").empty());
  REQUIRE(users->add_worker("ben", "UB", "club"));
  CHECK(*users->remove("learner"));
  CHECK(HubUsers::open(path)->has("ann"));
  CHECK(HubUsers::open(path)->key_of("ben") == "UB");
}

TEST_CASE("hub users: a file of somebody else is left alone") {
  const test::TemporaryFolder folder;
  const std::string path = folder / "users.conf";
  for (const char* text : {"", "users = []\n", "users: [\n  { user: x }\n]\n"}) {
    REQUIRE(write_file_atomically(path, text));
    CHECK_FALSE(HubUsers::open(path));
  }
}

TEST_CASE("worker keys: a user that is added later is known, and one that is removed is not") {
  const test::TemporaryFolder folder;
  const std::string path = folder / "users.conf";
  CHECK_FALSE(WorkerKeys::open(path));
  const auto ann = *SigningKey::make(), ben = *SigningKey::make();
  auto users = *HubUsers::open(path);
  REQUIRE(users.add_worker("ann", ann.public_key(), "club"));
  auto keys = WorkerKeys::open(path);
  REQUIRE(keys);
  CHECK(keys->has_signed("ann", "text", *ann.sign("text")));
  CHECK_FALSE(keys->has_signed("ann", "text", ""));
  CHECK_FALSE(keys->has_signed("ben", "text", *ben.sign("text")));
  REQUIRE(users.add_worker("ben", ben.public_key(), "club"));
  CHECK(keys->has_signed("ben", "text", *ben.sign("text")));
  CHECK_FALSE(keys->has_signed("ann", "text", *ben.sign("text")));
  REQUIRE(users.remove("ann"));
  CHECK_FALSE(keys->has_signed("ann", "text", *ann.sign("text")));
  REQUIRE(write_file_atomically(path, "damaged"));  // the last ones count
  CHECK(keys->has_signed("ben", "text", *ben.sign("text")));
}

}  // namespace
}  // namespace ponnuki::swarm
