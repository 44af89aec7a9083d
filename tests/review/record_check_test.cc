// How records are read, in a line each, and what is odd about them.
#include "review/record_check.h"

#include <catch2/catch.hpp>

#include "tests/support/temporary_folder.h"

namespace ponnuki::review {
namespace {

FileCheck check(const std::string& sgf) {
  const test::TemporaryFolder folder;
  folder.write("game.sgf", sgf);
  return check_file(folder / "game.sgf");
}

TEST_CASE("Record check: a record without faults") {
  const FileCheck file = check(
      "(;GM[1]FF[4]CA[UTF-8]SZ[9]RU[Japanese]KM[6.5]RE[B+R];B[ee];W[cc](;B[gg])(;B[gc];W[cg]))");
  REQUIRE(file.games.size() == 1);
  CHECK(file.games[0].reading ==
        "9x9, japanese, komi 6.5, 3 moves and 2 in variations, result B+R, UTF-8");
  CHECK(file.games[0].notes.empty());
  CHECK(file.errors.empty());
}

TEST_CASE("Record check: what is assumed, and what is odd") {
  const FileCheck file = check("(;SZ[9]RU[house rules]HA[None];B[ee];W[resign])");
  REQUIRE(file.games.size() == 1);
  CHECK(file.games[0].reading ==
        "9x9, chinese (assumed), komi 7.5 (assumed), 1 move, result B+R, UTF-8");
  CHECK(file.games[0].notes ==
        std::vector<std::string>{"RU[house rules] is not known: read as chinese",
                                 "HA[None] is not a number of handicap stones: read as none",
                                 "move 2 (byte 37): white resigns: the game ends here"});
}

TEST_CASE("Record check: rules that the record does not state") {
  const auto rules = [](const std::string& properties) {
    const std::string reading = check("(;SZ[9]" + properties + ";B[ee])").games.at(0).reading;
    return reading.substr(5, reading.find(", komi") - 5);
  };
  // The komi of Japan and Korea.
  CHECK(rules("KM[6.5]") == "japanese (assumed)");
  CHECK(rules("KM[5.5]") == "japanese (assumed)");
  CHECK(rules("KM[0.5]") == "japanese (assumed)");
  CHECK(rules("KM[6目半]") == "japanese (assumed)");
  CHECK(rules("KO[黒6目半]") == "japanese (assumed)");
  // The komi of China, also in zi and hundredths.
  CHECK(rules("KM[7.5]") == "chinese (assumed)");
  CHECK(rules("KM[2.75]") == "chinese (assumed)");
  CHECK(rules("KM[650]") == "chinese (assumed)");
  CHECK(rules("KM[3又1/4子]") == "chinese (assumed)");
  CHECK(rules("KO[7.5]") == "chinese (assumed)");
  CHECK(rules("") == "chinese (assumed)");
  CHECK(rules("KM[0]") == "chinese (assumed)");
  // Unknown rules are judged by area.
  CHECK(rules("KM[6.5]RU[house rules]") == "chinese (assumed)");
  CHECK(rules("KM[6.5]RU[AGA]") == "aga");
}

TEST_CASE("Record check: broken games and files are errors, the others are checked") {
  const FileCheck games = check("(;SZ[9];B[ee];W[ee])\n(;SZ[9]KM[6.5];B[ee])");
  REQUIRE(games.games.size() == 1);
  CHECK(games.games[0].name.ends_with("game.sgf#2"));
  REQUIRE(games.errors.size() == 1);
  CHECK(games.errors[0].find("game.sgf#1: move 2 (byte 14): white E5 is illegal") !=
        std::string::npos);
  CHECK(check("no game").errors.size() == 1);
  CHECK(check_file("/nowhere/game.sgf").errors.size() == 1);
}

}  // namespace
}  // namespace ponnuki::review
