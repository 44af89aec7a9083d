// The folder of games.
#include "web/server/game_store.h"

#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/support/temporary_folder.h"

namespace ponnuki::web {
namespace {

namespace fs = std::filesystem;

TEST_CASE("game store: games are kept, listed newest first, and removed") {
  const test::TemporaryFolder folder;
  const auto opened = GameStore::open(folder / "games");
  REQUIRE(opened);
  GameStore& store = **opened;
  const std::string a = *store.new_id();
  CHECK(store.ids().empty());  // nothing is stored yet
  REQUIRE(store.save(a, "(;SZ[9])"));
  CHECK(*store.load(a) == "(;SZ[9])");

  const auto again = GameStore::open(folder / "games");
  REQUIRE(again);
  CHECK((*again)->ids() == std::vector<std::string>{a});
  REQUIRE((*again)->remove(a));
  CHECK((*again)->ids().empty());
  CHECK_FALSE((*again)->load(a));
  CHECK_FALSE((*again)->remove(a));
}

TEST_CASE("game store: ids come from pages, and only known ones name files") {
  const test::TemporaryFolder folder;
  folder.write("games/UPPER.sgf", "(;)");
  const std::string secret = folder.write("games/secret.txt", "secret");
  const auto store = GameStore::open(folder / "games");
  REQUIRE(store);
  for (const char* id :
       {"", ".", "..", "../secret", "secret.txt", "secret", "UPPER", "/etc/passwd"}) {
    CAPTURE(id);
    CHECK((*store)->load(id).error().message == "there is no such game");
    CHECK_FALSE((*store)->remove(id));
  }
  CHECK(fs::exists(secret));
}

TEST_CASE("game store: a folder that takes no files is told at once") {
  const test::TemporaryFolder folder;
  CHECK_FALSE(GameStore::open(folder.write("file", "x")));
}

}  // namespace
}  // namespace ponnuki::web
