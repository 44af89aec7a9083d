// Records of Asian servers: GIB, NGF, UGF. The files here are made by hand.
#include <catch2/catch.hpp>

#include "engine/sgf/charset.h"
#include "engine/sgf/servers/record_fields.h"
#include "engine/sgf/servers/result_words.h"
#include "engine/sgf/servers/server_record.h"
#include "engine/sgf/sgf.h"
#include "engine/utf8.h"

namespace ponnuki::sgf {
namespace {

/// The whole record as SGF, without what all records have.
std::string sgf_of(const std::string& bytes) {
  const auto tree = parse_sgf(bytes);
  if (!tree) return "error: " + tree.error().message;
  std::string text = write_sgf(*tree);
  const std::string begin = "(;FF[4]GM[1]CA[UTF-8]";
  REQUIRE(text.starts_with(begin));
  REQUIRE(text.ends_with(")\n"));
  text = text.substr(begin.size(), text.size() - begin.size() - 2);
  std::erase(text, '\n');
  return text;
}

SgfGame game_of(const std::string& bytes) {
  const auto tree = parse_sgf(bytes);
  REQUIRE(tree.ok());
  auto game = replay_sgf(*tree, tree->roots().front(), Rules{});
  REQUIRE(game.ok());
  return std::move(*game);
}

const std::string kGib =
    "\\HS\r\n"
    "\\[GIBOKIND=Global\\]\r\n"
    "\\[GAMERESULT=white 3.5 win\\]\r\n"
    "\\[GAMENAME=Rated] game\\]\r\n"
    "\\[GAMEDATE=2016- 3- 6-17-29-25\\]\r\n"
    "\\[GAMEPLACE=Tygem Baduk\\]\r\n"
    "\\[GAMEWHITENAME=snow (white) (10K)\\]\r\n"
    "\\[GAMEBLACKNAME=coal (9D)\\]\r\n"
    "\\[GAMEINFOMAIN=GBKIND:3,GTYPE:1,GTIME:1200-30-3,GRLT:1,ZIPSU:35,DUM:0,GONGJE:65,TCNT:3\\]\r\n"
    "\\HE\r\n\\GS\r\n2 1 0\r\n4 0 &4\r\n"
    "INI 0 1 0 &4 \r\n"
    "STO 0 2 1 15 3 \r\n"
    "STO 0 3 2 3 15 \r\n"
    "SKI 0 4 \r\n"
    "STO 0 5 2 16 16 \r\n"
    "\\GE\r\n";

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  const std::size_t at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), by);
}

const std::string kNgf =
    "Rated game\n19\nsnow         9DP\ncoal man     7D*\nwww.cyberoro.com\n0\n0\n6\n"
    "20170316 [09:37]\n5\nWhite wins by  resign!\n4\n"
    "PMABBREER\nPMACWEEEE\nPMADBAAAA\nPMAEWBTTB\n";

const std::string kUgf =
    "[Header]\r\nVer=UGF2,200\r\nLang=SJIS\r\nCrypt=0,PLAIN_UGF_FILE,READ_WRITE\r\n"
    "Title=26th,Gosei,,5th game\r\nPlace=Tokyo\r\nDate=2001/08/20,09:00:00,2001/08/21,00:00:00\r\n"
    "Rule=JPN\r\nSize=19\r\nHdcp=0,5.50\r\nPtime=J;240;0;0,J;240;0;0,0,0\r\nWinner=B,1.50\r\n"
    "Copyright=someone\r\nCoordinateType=IGS\r\nPlayerW=Snow,Gosei,0,\r\nPlayerB=Coal,9-dan,0,\r\n"
    "[Data]\r\nQP,B1,1,0\r\nDC,W1,2,35\r\nYA,B1,3,0\r\nAS,W2,4,0 '00:00:31\r\n[Figure]\r\n"
    ".Text,0\r\nCC,B1,1,0\r\n";

}  // namespace

TEST_CASE("GIB: names, ranks, komi, result, time, moves and a pass") {
  CHECK(sgf_of(kGib) ==
        "SZ[19]PB[coal]BR[9d]PW[snow (white)]WR[10k]KM[6.5]RU[Korean]RE[W+3.5]DT[2016-03-06]"
        "PC[Tygem Baduk]GN[Rated\\] game]TM[1200]OT[3x30 byo-yomi];B[pd];W[dp];B[];W[qq]");
  const SgfGame game = game_of(kGib);
  CHECK(game.info.rules.komi == 6.5F);
  CHECK(game.info.rules.scoring == ScoringRule::kTerritory);
  CHECK(game.info.seconds == 1200);
  CHECK(game.moves_played == 4);
}

TEST_CASE("GIB: results by number, by GAMETAG, and in words") {
  const auto result = [](const std::string& info) {
    const std::string head = kGib.substr(0, kGib.find("\\[GAMEINFOMAIN"));
    const std::string tail = kGib.substr(kGib.find("\\HE"));
    const std::string text = sgf_of(head + info + tail);
    const std::size_t at = text.find("RE[");
    return at == std::string::npos ? "" : text.substr(at + 3, text.find(']', at) - at - 3);
  };
  const auto main = [&](int code, int score) {
    return result("\\[GAMEINFOMAIN=GRLT:" + std::to_string(code) +
                  ",ZIPSU:" + std::to_string(score) + ",GONGJE:65\\]\n");
  };
  CHECK(main(0, 105) == "B+10.5");
  CHECK(main(1, 110) == "W+11");
  CHECK(main(3, 0) == "B+R");
  CHECK(main(4, 0) == "W+R");
  CHECK(main(7, 0) == "B+T");
  CHECK(main(8, 0) == "W+T");
  CHECK(main(255, 0) == "W+3.5");  // GAMERESULT
  CHECK(result("\\[GAMETAG=S1,R3,D5,G0,W4,Z0,T30-3-1200,C2016:03:26:17:29,I:w,L:8\\]\n") == "W+R");
  CHECK(result("") == "W+3.5");
}

TEST_CASE("GIB: komi, and the rules that go with it") {
  const auto komi = [](const std::string& number) {
    const auto info = game_of(replaced(kGib, "GONGJE:65", "GONGJE:" + number)).info;
    return std::pair(info.rules.komi, info.rules.scoring);
  };
  CHECK(komi("65") == std::pair(6.5F, ScoringRule::kTerritory));
  CHECK(komi("0") == std::pair(0.0F, ScoringRule::kTerritory));
  CHECK(komi("75") == std::pair(7.5F, ScoringRule::kArea));
  CHECK(komi("375") == std::pair(7.5F, ScoringRule::kArea));  // zi
}

TEST_CASE("GIB: handicap stones, which are not among the moves") {
  const auto setup = [](const std::string& handicap, const std::string& moves) {
    const std::string head = kGib.substr(0, kGib.find("INI"));
    const std::string text = sgf_of(head + "INI 0 1 " + handicap + " &4 \n" + moves + "\\GE\n");
    return text.substr(std::min(text.find("HA["), text.size()));
  };
  CHECK(setup("0", "").empty());
  CHECK(setup("1", "").empty());
  CHECK(setup("2", "STO 0 2 2 3 3 \n") == "HA[2]AB[pd][dp];W[dd]");
  CHECK(setup("3", "") == "HA[3]AB[pd][dp][dd]");
  CHECK(setup("3", "STO 0 2 2 15 15 \n") == "HA[3]AB[pd][dp][dd];W[pp]");
  CHECK(setup("3", "STO 0 2 2 3 3 \n") == "HA[3]AB[pd][dp][pp];W[dd]");
  CHECK(setup("4", "") == "HA[4]AB[pd][dp][dd][pp]");
  CHECK(setup("5", "") == "HA[5]AB[pd][dp][dd][pp][jj]");
  CHECK(setup("6", "") == "HA[6]AB[pd][dp][dd][pp][dj][pj]");
  CHECK(setup("7", "") == "HA[7]AB[pd][dp][dd][pp][dj][pj][jj]");
  CHECK(setup("8", "") == "HA[8]AB[pd][dp][dd][pp][dj][pj][jd][jp]");
  CHECK(setup("9", "") == "HA[9]AB[pd][dp][dd][pp][dj][pj][jd][jp][jj]");
  CHECK(setup("2", "SKI 0 2 \nSTO 0 3 1 9 9 \n") == "HA[2]AB[pd][dp];W[];B[jj]");
  const SgfGame game = game_of(replaced(replaced(kGib, "INI 0 1 0", "INI 0 1 2"),
                                        "STO 0 2 1 15 3 \r\nSTO 0 3 2 3 15 ", "STO 0 2 2 2 2 "));
  CHECK(game.game.position().handicap() == 2);
}

TEST_CASE("GIB: Korean and Chinese, in their own character sets and in UTF-8") {
  // coal is 석탄, dan is 단 in EUC-KR; 煤 and 段 in GBK.
  const std::string korean =
      replaced(replaced(kGib, "Global", "Korea"), "coal (9D)", "\xbc\xae\xc5\xba (9\xb4\xdc)");
  CHECK(sgf_of(korean).find("PB[석탄]BR[9d]") != std::string::npos);
  const std::string chinese =
      replaced(replaced(kGib, "Global", "China"), "coal (9D)", "\xc3\xba(3\xb6\xce)");
  CHECK(sgf_of(chinese).find("PB[煤]BR[3d]") != std::string::npos);
  const std::string utf8 = replaced(replaced(kGib, "Global", "Korea"), "coal (9D)", "석탄 (2급)");
  CHECK(sgf_of(utf8).find("PB[석탄]BR[2k]") != std::string::npos);
  CHECK(sgf_of("\xEF\xBB\xBF" + utf8).find("PB[석탄]BR[2k]") != std::string::npos);
}

TEST_CASE("GIB: what is wrong is named with its line") {
  CHECK(sgf_of(replaced(kGib, "STO 0 2 1 15 3 ", "STO 0 2 1 19 3 ")) ==
        "error: GIB: line 15: 'STO 0 2 1 19 3' is no move on a 19x19 board");
  for (const char* bad : {"STO 0 2 3 15 3", "STO 0 2 1 15", "STO 0 2 1 -1 3", "STO 0 2 1 x 3",
                          "STO 0 2 1 99999999999999999999 3"}) {
    INFO(bad);
    CHECK(sgf_of(replaced(kGib, "STO 0 2 1 15 3 ", bad)).starts_with("error: GIB: line 15"));
  }
  CHECK(sgf_of(replaced(kGib, "INI 0 1 0", "INI 0 1 10")).find("no handicap") != std::string::npos);
  // A stone on a stone is found when the game is played, as in SGF.
  const auto tree = parse_sgf(replaced(kGib, "STO 0 3 2 3 15", "STO 0 3 2 15 3"));
  REQUIRE(tree.ok());
  const auto game = replay_sgf(*tree, tree->roots().front(), Rules{});
  REQUIRE_FALSE(game.ok());
  CHECK(game.error().message.find("move 2") != std::string::npos);
}

TEST_CASE("NGF: names, ranks, komi, result, moves and a pass") {
  CHECK(sgf_of(kNgf) ==
        "SZ[19]PB[coal man]BR[7d*]PW[snow]WR[9p]KM[6.5]RU[Korean]RE[W+R]DT[2017-03-16]"
        "EV[Rated game]PC[www.cyberoro.com];B[qd];W[dd];B[];W[as]");
  CHECK(game_of(kNgf).moves_played == 4);
  CHECK(sgf_of(replaced(kNgf, "\n", "\r\n")) == sgf_of(kNgf));
}

TEST_CASE("NGF: handicap and komi") {
  const auto with = [](const std::string& handicap, const std::string& komi) {
    std::string text = sgf_of("title\n19\nsnow 9D\ncoal 7D\nplace\n" + handicap + "\n0\n" + komi +
                              "\n20170316 [09:37]\n5\nProgressing!\n0\n");
    return text.substr(text.find("KM["), text.size());
  };
  CHECK(with("0", "6") == "KM[6.5]RU[Korean]DT[2017-03-16]EV[title]PC[place]");
  CHECK(with("0", "0").starts_with("KM[0.5]"));
  CHECK(with("0", "7.5").starts_with("KM[7.5]"));
  CHECK(with("1", "0").starts_with("KM[0]"));
  CHECK(with("2", "0") == "KM[0]RU[Korean]DT[2017-03-16]EV[title]PC[place]HA[2]AB[pd][dp]");
  CHECK(sgf_of(replaced(kNgf, "\n0\n0\n6\n", "\n12\n0\n6\n")).find("line 6: '12' is no handicap") !=
        std::string::npos);
}

TEST_CASE("NGF: other sizes, and what is off the board") {
  const std::string small =
      replaced(replaced(replaced(kNgf, "\n19\n", "\n9\n"), "PMABBREER", "PMABBFFFF"), "PMAEWBTTB",
               "PMAEWBJJB");
  CHECK(sgf_of(small).ends_with("[www.cyberoro.com];B[ee];W[dd];B[];W[ai]"));
  CHECK(sgf_of(replaced(small, "PMAEWBJJB", "PMAEWBKKB")) ==
        "error: NGF: line 16: 'PMAEWBKKB' is not on the board");
  CHECK(sgf_of(replaced(kNgf, "\n19\n", "\n99\n")).find("line 2: '99' is no size") !=
        std::string::npos);
}

TEST_CASE("NGF: the older form, with GI before each line of the header") {
  CHECK(sgf_of("GItitle\nGIsnow 1D\nGIcoal 5D\nGI\nGI\nGI2006-9-5\nGI19\nGI0\nGI0\nGI6\nGI2\n"
               "PMABBREER\nPMACWEEEE\nGI1\nIDB[2] 黑中盘胜(news)[EndTxt]\n") ==
        "SZ[19]PB[coal]BR[5d]PW[snow]WR[1d]KM[6.5]RU[Korean]RE[B+R]DT[2006-09-05]EV[title]"
        ";B[qd];W[dd]");
}

TEST_CASE("NGF: character sets told by the words of the record") {
  const auto with = [](const std::string& black, const std::string& result) {
    return sgf_of(
        replaced(replaced(kNgf, "coal man     7D*", black), "White wins by  resign!", result));
  };
  // 석탄 7단, 흑 1.5집 승 in EUC-KR
  CHECK(with("\xbc\xae\xc5\xba  7\xb4\xdc", "\xc8\xe6 1.5\xc1\xfd \xbd\xc2")
            .starts_with("SZ[19]PB[석탄]BR[7d]PW[snow]WR[9p]KM[6.5]RU[Korean]RE[B+1.5]"));
  // 煤 五段, 黑中盘胜 in GBK
  CHECK(with("\xc3\xba \xce\xe5\xb6\xce", "\xba\xda\xd6\xd0\xc5\xcc\xca\xa4")
            .starts_with("SZ[19]PB[煤]BR[5d]PW[snow]WR[9p]KM[6.5]RU[Korean]RE[B+R]"));
  // 石炭 7段, 黒中押し勝ち in Shift_JIS
  CHECK(with("\x90\xce\x92\x59 7\x92\x69", "\x8d\x95\x92\x86\x89\x9f\x82\xb5\x8f\x9f\x82\xbf")
            .starts_with("SZ[19]PB[石炭]BR[7d]PW[snow]WR[9p]KM[6.5]RU[Korean]RE[B+R]"));
}

TEST_CASE("UGF: names, ranks, komi, result, time, moves and a pass") {
  CHECK(sgf_of(kUgf) ==
        "SZ[19]PB[Coal]BR[9-dan]PW[Snow]WR[Gosei]KM[5.5]RU[Japanese]RE[B+1.5]DT[2001-08-20]"
        "EV[26th, Gosei, 5th game]PC[Tokyo]CP[someone]TM[14400];B[qd];W[dq];B[];W[aa]");
  // Without CoordinateType=IGS the second letter counts from above.
  CHECK(sgf_of(replaced(kUgf, "CoordinateType=IGS", "CoordinateType=JPN"))
            .ends_with(";B[qp];W[dc];B[];W[as]"));
}

TEST_CASE("UGF: results, handicap stones, character sets") {
  const auto result = [](const std::string& winner) {
    const std::string text = sgf_of(replaced(kUgf, "Winner=B,1.50", "Winner=" + winner));
    const std::size_t at = text.find("RE[");
    return at == std::string::npos ? "" : text.substr(at + 3, text.find(']', at) - at - 3);
  };
  const std::pair<const char*, const char*> rows[] = {
      {"B,C", "B+R"}, {"W,C", "W+R"}, {"W,0.50", "W+0.5"}, {"W,T", "W+T"}, {"B,F2", "B+F"},
      {"B,", "B+"},   {"D,", "0"},    {"N1,E", "Void"},    {"A,", ""},     {"", ""}};
  for (const auto& [winner, expected] : rows) {
    INFO(winner);
    CHECK(result(winner) == expected);
  }
  const std::string handicap =
      replaced(replaced(kUgf, "Hdcp=0,5.50", "Hdcp=2,0.50"), "QP,B1,1,0", "DD,B1,0,0\r\nPP,B1,0,0");
  CHECK(sgf_of(replaced(handicap, "DC,W1,2,35", "DC,W1,1,35"))
            .find("HA[2]AB[dp][pd];W[dq];B[];W[aa]") != std::string::npos);
  // 石炭 in Shift_JIS, whose second bytes may be '\\' or ']'.
  CHECK(sgf_of(replaced(kUgf, "Coal,9-dan", "\x90\xce\x92\x59,\x8b\xe3\x92\x69"))
            .starts_with("SZ[19]PB[石炭]BR[9d]"));
  CHECK(sgf_of(replaced(kUgf, "Coal,9-dan", "\x83\x5c\x83\x5d,2k?"))
            .starts_with("SZ[19]PB[ソゾ]BR[2k?]"));
}

TEST_CASE("UGF: what is wrong is named") {
  CHECK(sgf_of(replaced(kUgf, "QP,B1,1,0", "QU,B1,1,0")) ==
        "error: UGF: line 18: 'QU,B1,1,0' is not on the board");
  CHECK(sgf_of(replaced(kUgf, "QP,B1,1,0", "QP,X1,1,0")) ==
        "error: UGF: line 18: 'QP,X1,1,0' is of neither player");
  CHECK(sgf_of(replaced(kUgf, "Size=19", "Size=199")) ==
        "error: UGF: Size=199 is no size of a board from 2 to 25");
  CHECK(sgf_of(replaced(kUgf, "Crypt=0,PLAIN_UGF_FILE", "Crypt=9666,UGF_FILE")).find("encrypted") !=
        std::string::npos);
}

TEST_CASE("Formats are told by the contents of a file, and SGF is SGF") {
  CHECK(server_format(kGib) == ServerFormat::kGib);
  CHECK(server_format(kNgf) == ServerFormat::kNgf);
  CHECK(server_format(kUgf) == ServerFormat::kUgf);
  CHECK_FALSE(server_format(""));
  CHECK_FALSE(server_format("(;C[\n\\\\HS\n[Header\\]\nPMABBREER\nPMACWEEEE\n])"));
  CHECK_FALSE(server_format("From: me\n\n(;SZ[9];B[cc])"));
  CHECK(sgf_of("nothing of all this").find("not an SGF game") != std::string::npos);
}

TEST_CASE("Results in the words of servers") {
  const std::pair<const char*, const char*> rows[] = {
      {"White Win by Resign!", "W+R"},
      {"White wins by  resign!", "W+R"},
      {"Black wins by 0.5!", "B+0.5"},
      {"Black Win 6.5 >> White(50):Black(63)", "B+6.5"},
      {"White 19Win  >> White(83):Black(64)", "W+19"},
      {"White loses on time", "B+T"},
      {"Black wins by 16.5 points! >> White(66):Black(89)", "B+16.5"},
      {"Progressing!", ""},
      {"", ""},
      {"흑 1.5집 승", "B+1.5"},
      {"백 불계승", "W+R"},
      {"흑 시간승", "B+T"},
      {"백 반집승", "W+0.5"},
      {"흑 6집반 승", "B+6.5"},
      {"무승부", "0"},
      {"白5.5目勝ち!", "W+5.5"},
      {"黒中押し勝ち!", "B+R"},
      {"232手完、黒2目半勝ち", "B+2.5"},
      {"黒5.5目勝！ >> 白(64):黒(76)", "B+5.5"},
      {"白時間切れ勝ち！", "W+T"},
      {"黒時間切れ負け", "W+T"},
      {"白棋12子 >> 白方(94):黑方(82)", "W+12"},
      {"黑中盘胜", "B+R"},
      {"白11目胜", "W+11"},
      {"白超时负", "B+T"},
      {"ดำชนะด้วยแต้ม!7.5 >> ขาว(63):ดำ(77)", "B+7.5"},
  };
  for (const auto& [words, result] : rows) {
    INFO(words);
    CHECK(result_of_words(words) == result);
  }
}

TEST_CASE("Ranks and dates of servers") {
  const std::pair<const char*, const char*> ranks[] = {
      {"9D", "9d"},       {"10K", "10k"},     {"9DP", "9p"},  {"5段P", "5p"},
      {"7D*", "7d*"},     {"7段*", "7d*"},    {"2급", "2k"},  {"1단", "1d"},
      {"3级", "3k"},      {"五段", "5d"},     {"初段", "1d"}, {"2k?", "2k?"},
      {"9-dan", "9-dan"}, {"Gosei", "Gosei"}, {"", ""},       {"17", "17"}};
  for (const auto& [text, rank] : ranks) CHECK(rank_of_server(text) == rank);
  const std::pair<const char*, const char*> dates[] = {{"20170316 [09:37]", "2017-03-16"},
                                                       {"2015- 8-29-22-56-58", "2015-08-29"},
                                                       {"2012年11月22日 下午 6:3", "2012-11-22"},
                                                       {"2019/03/08,22:09:00", "2019-03-08"},
                                                       {"2006-9-5", "2006-09-05"},
                                                       {"//,", ""},
                                                       {"2017", ""},
                                                       {"20171316", ""},
                                                       {"date", ""}};
  for (const auto& [text, date] : dates) CHECK(date_of(text) == date);
}

TEST_CASE("Server records: torn and long files are read or refused, within bounds") {
  for (const std::string& whole : {kGib, kNgf, kUgf}) {
    for (std::size_t length = 0; length <= whole.size(); ++length) {
      const auto tree = parse_sgf(whole.substr(0, length));
      if (tree) REQUIRE(parse_sgf(write_sgf(*tree)));
    }
  }
  std::string many = kNgf;
  for (int i = 0; i < 1000; ++i) many += "PMAFBCCCC\n";
  CHECK(parse_sgf(many).ok());
  CHECK(parse_sgf(many, {.max_bytes = 100'000, .max_nodes = 500}).error().message ==
        "NGF: too many moves");
  CHECK_FALSE(parse_sgf(many, {.max_bytes = 5000}).ok());
  const std::string long_field = replaced(kGib, "coal (9D)", std::string(100'000, 'x'));
  CHECK(sgf_of(long_field).size() < 20'000);
  std::string wide = "x";  // so that the limit falls into a character
  for (int i = 0; i < 2000; ++i) wide += "\xe7\xa2\x81";
  for (const std::string& text :
       {replaced(kGib, "coal (9D)", wide), replaced(kNgf, "coal man", wide.substr(0, 1501)),
        replaced(kUgf, "Coal", wide)}) {
    const std::string written = sgf_of(text);
    CHECK(is_valid_utf8(written));
    CHECK(written.find("\xe7\xa2\x81]") != std::string::npos);
  }
}

}  // namespace ponnuki::sgf
