// Records of sites that write SGF in their own way.
#include <catch2/catch.hpp>

#include "engine/sgf/sgf.h"

namespace ponnuki::sgf {
namespace {

SgfTree parsed(const std::string& text) {
  auto tree = parse_sgf(text);
  INFO((tree ? "" : tree.error().message));
  REQUIRE(tree.ok());
  return std::move(*tree);
}

SgfGame played(const std::string& text) {
  const SgfTree tree = parsed(text);
  auto game = replay_sgf(tree, tree.roots().front(), Rules{});
  INFO((game ? "" : game.error().message));
  REQUIRE(game.ok());
  return std::move(*game);
}

TEST_CASE(
    "Loose records: the Nihon Ki-in and Sina leave out the first semicolon and name things anew") {
  const SgfGame nihon_kiin = played(
      "(\r\nTE[第10期名人戦]\r\nRD[2025-06-12]\r\nPC[東京]\r\nTM[1時間]\r\nLT[30秒]\r\nLC[5回]\r\n"
      "KO[黒6目半]\r\nRE[257手完, 黒中押し勝ち]\r\nPB[黒石]\r\nBR[九段]\r\nPW[白石]\r\nGK[1]\r\n"
      ";B[pd];W[dd];B[pq])\r\n");
  const GameInfo& info = nihon_kiin.info;
  CHECK(nihon_kiin.moves_played == 3);
  CHECK(info.black == "黒石");
  CHECK(info.event == "第10期名人戦");
  CHECK(info.date == "2025-06-12");
  CHECK(info.rules.komi == 6.5F);
  CHECK(info.komi_given);
  CHECK(to_string(info.result) == "B+R");
  CHECK(info.notes ==
        std::vector<std::string>{"byte 1: the ';' before the first node is missing",
                                 "KO[黒6目半] is not a plain number: read as komi 6.5"});
  const SgfGame sina =
      played("(\nTE[2018]\nRD[2018-04-24]\nKO[7.5]\nRE[黑胜2又3/4子]\n;B[pd];W[dd])");
  CHECK(sina.info.rules.komi == 7.5F);
  CHECK(to_string(sina.info.result) == "B+");
  CHECK(sina.moves_played == 2);
}

TEST_CASE(
    "Loose records: a game without the first semicolon may have variations, and others behind it") {
  const SgfTree tree = parsed(" (GM[1]SZ[9];B[ee](;W[cc])(;W[gg]))\n(;SZ[9];B[cc])");
  REQUIRE(tree.roots().size() == 2);
  CHECK(write_sgf(tree) ==
        "(;GM[1]CA[UTF-8]SZ[9];B[ee]\n(;W[cc])\n(;W[gg]))\n(;CA[UTF-8]SZ[9];B[cc])\n");
  CHECK(parsed("(CA[GB2312]PB[\xba\xda]SZ[9];B[ee])").charset() == "GB18030");
  CHECK(parse_sgf("(GM[1]SZ[9];B[ee]").ok());
  CHECK_FALSE(parse_sgf("(GM[1").ok());
  CHECK_FALSE(parse_sgf("(note) (GM[1];B[ee])").ok());
}

TEST_CASE("Loose records: results in words of Asian languages") {
  const std::pair<const char*, const char*> rows[] = {
      {"黑中盘胜", "B+R"},      {"白番中押し勝ち", "W+R"},
      {"白2目半勝ち", "W+2.5"}, {"흑 불계승", "B+R"},
      {"黑胜3/4子", "B+"},      {"和棋", "0"},
      {"W+3.5", "W+3.5"},       {"不明", "?"},
      {"White wins", "?"},
  };
  for (const auto& [text, result] : rows) {
    INFO(text);
    CHECK(to_string(played(std::string("(;SZ[9]RE[") + text + "];B[ee])").info.result) == result);
  }
}

TEST_CASE("Loose records: TE and KO of the standard stay what they are") {
  const GameInfo info = played("(;SZ[9]KM[6.5]TE[1]KO[]B[ee];W[cc]TE[2])").info;
  CHECK(info.event.empty());
  CHECK(info.rules.komi == 6.5F);
  CHECK(info.notes.empty());
}

}  // namespace
}  // namespace ponnuki::sgf
