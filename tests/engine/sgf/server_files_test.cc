// Records of servers as files: several in one, in other character sets, and what is told of them.
// The formats themselves are in servers_test.cc.
#include <catch2/catch.hpp>

#include "engine/sgf/converter.h"
#include "engine/sgf/servers/server_record.h"
#include "engine/sgf/servers/split_records.h"
#include "engine/sgf/sgf.h"

namespace ponnuki::sgf {
namespace {

const std::string kGib =
    "\\HS\n\\[GIBOKIND=Korea\\]\n\\[GAMEBLACKNAME=석탄 (9D)\\]\n\\HE\n\\GS\n2 1 0\n4 0 &4\n"
    "INI 0 1 0 &4\nSTO 0 2 1 15 3\nSTO 0 3 2 3 15\n\\GE\n";
const std::string kNgf =
    "Rated game\n19\n석탄   9D\nsnow  7D*\nwww.cyberoro.com\n0\n0\n6\n20170316 [09:37]\n5\n"
    "백 불계승\n2\nPMABBREER\nPMACWEEEE\n";
const std::string kUgf =
    "[Header]\nLang=EUC-KR\nCrypt=0,PLAIN_UGF_FILE,READ_WRITE\nSize=19\nPlayerB=석탄,7d,,\n"
    "[Data]\nQP,B1,1,0\nDC,W1,2,35\n";

std::string encoded(const std::string& text, const std::string& charset) {
  Converter converter(charset, "UTF-8");
  std::string bytes;
  REQUIRE(converter.ok());
  REQUIRE(converter.convert(text, "?", bytes) == 0);
  return bytes;
}

SgfTree parsed(const std::string& bytes) {
  auto tree = parse_sgf(bytes);
  INFO((tree ? "" : tree.error().message));
  REQUIRE(tree.ok());
  return std::move(*tree);
}

std::string error_of(const std::string& bytes) {
  const auto tree = parse_sgf(bytes);
  return tree ? "" : tree.error().message;
}

TEST_CASE("Files of servers: UTF-16 and UTF-8 with a byte order mark, and the set is told") {
  for (const std::string& text : {kGib, kNgf, kUgf}) {
    const std::string utf8 = write_sgf(parsed(text));
    CHECK(utf8.find("석탄") != std::string::npos);
    CHECK(parsed(text).charset() == "UTF-8");
    CHECK(write_sgf(parsed("\xEF\xBB\xBF" + text)) == utf8);
    CHECK(write_sgf(parsed("\xFF\xFE" + encoded(text, "UTF-16LE"))) == utf8);
    CHECK(parsed("\xFE\xFF" + encoded(text, "UTF-16BE")).charset() == "UTF-16BE");
    const SgfTree korean = parsed(encoded(text, "EUC-KR"));
    CHECK(write_sgf(korean) == utf8);
    CHECK(korean.charset() == "CP949");
    CHECK(korean.notes(0).empty());
  }
  const SgfTree bare = parsed(encoded(kGib, "UTF-16LE"));
  CHECK(bare.notes(0) == std::vector<std::string>{"no byte order mark: read as UTF-16LE, a guess"});
}

TEST_CASE("Files of servers: several records in one file are several games") {
  for (const std::string& text : {kGib, kNgf, kUgf}) {
    INFO(text);
    for (const char* between : {"", "\n", "\r\n \r\n"}) {
      const SgfTree tree = parsed(text + between + text + between + text);
      REQUIRE(tree.roots().size() == 3);
      for (const SgfNodeId root : tree.roots()) {
        const auto game = replay_sgf(tree, root, Rules{});
        REQUIRE(game.ok());
        CHECK(game->moves_played == 2);
      }
    }
    CHECK(parsed(text + "\x1a and more\n").roots().size() == 1);
    CHECK(parsed("\n\n" + text).roots().size() == 1);
  }
}

TEST_CASE("Files of servers: the parts of a file") {
  CHECK(split_records(ServerFormat::kGib, "").size() == 1);
  CHECK(split_records(ServerFormat::kGib, "a\n\\HS\nb\n\\HS\nc") ==
        std::vector<std::string_view>{"a\n\\HS\nb\n", "\\HS\nc"});
  CHECK(split_records(ServerFormat::kUgf, "[header]\r[Header]\r[HEADER]").size() == 3);
  CHECK(split_records(ServerFormat::kNgf, kNgf + "PMADBCCCC\n").size() == 1);
}

TEST_CASE("Files of servers: errors name the game of a file and its line or move, never a byte") {
  const std::string bad = "\\HS\nINI 0 1 0\nSTO 0 2 1 99 3\n";
  CHECK(error_of(bad) == "GIB: line 3: 'STO 0 2 1 99 3' is no move on a 19x19 board");
  CHECK(error_of(kGib + bad) == "GIB game 2: line 3: 'STO 0 2 1 99 3' is no move on a 19x19 board");
  const SgfTree twice = parsed("\\HS\nSTO 0 2 1 3 3\nSTO 0 3 2 3 3\n");
  CHECK(replay_sgf(twice, 0, Rules{}).error().message ==
        "move 2: white D16 is illegal: the point is not empty");
}

TEST_CASE("Files of servers: games and moves of a file are bounded together") {
  std::string many;
  for (int i = 0; i < 10'001; ++i) many += "\\HS\n";
  CHECK(error_of(many) == "GIB: more than 10000 games in one file");
  const auto tree = parse_sgf(kGib + kGib, {.max_nodes = 5});
  REQUIRE_FALSE(tree.ok());
  CHECK(tree.error().message == "GIB game 2: too many moves");
}

}  // namespace
}  // namespace ponnuki::sgf
