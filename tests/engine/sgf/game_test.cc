// Records as games: setup, handicap, passes, rules and komi, illegal moves, and a Game written and
// read again.
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "engine/coord.h"
#include "engine/file.h"
#include "engine/sgf/sgf.h"

namespace ponnuki::sgf {
namespace {

Result<SgfGame> replayed(const std::string& text, int max_moves = 1000) {
  const auto tree = parse_sgf(text);
  if (!tree) return tree.error();
  return replay_sgf(*tree, tree->roots().front(), Rules{}, max_moves);
}

SgfGame played(const std::string& text, int max_moves = 1000) {
  auto record = replayed(text, max_moves);
  INFO(text);
  INFO((record ? "" : record.error().message));
  REQUIRE(record);
  return std::move(*record);
}

std::string stones(const SgfGame& record) { return record.game.position().board().to_diagram(); }

std::string diagram(const char* rows) { return Board::parse(rows).value().to_diagram(); }

}  // namespace

TEST_CASE("record: moves, passes of both kinds and the player to move") {
  const SgfGame record = played("(;SZ[5];B[cc];W[];B[tt];W[bb])");
  CHECK(record.moves_played == 4);
  CHECK(record.game.position().move_ago(3).point.is_pass());
  CHECK(record.game.position().move_ago(2).point.is_pass());
  CHECK(record.game.position().to_move() == Color::kBlack);
  CHECK(stones(record) == diagram(R"(
    . . . . .
    . O . . .
    . . X . .
    . . . . .
    . . . . .)"));
}

TEST_CASE("record: only the first moves when asked") {
  CHECK(played("(;SZ[5];B[cc];W[bb];B[aa])", 2).moves_played == 2);
  CHECK(played("(;SZ[5];B[cc];W[bb];B[aa])", 0).moves_played == 0);
  CHECK(played("(;SZ[5];B[cc];W[bb];B[aa])", 99).moves_played == 3);
}

TEST_CASE("record: setup with rectangles on a rectangular board") {
  const SgfGame record = played("(;SZ[7:4]AB[aa:cb][gd]AW[ed]AE[bb]PL[W])");
  CHECK(record.game.position().size() == BoardSize{7, 4});
  CHECK(record.game.position().to_move() == Color::kWhite);
  CHECK(stones(record) == diagram(R"(
    X X X . . . .
    X . X . . . .
    . . . . . . .
    . . . . O . X)"));
}

TEST_CASE("record: notes are bounded, and quote no control characters") {
  std::string text = "(;SZ[5]RU[\x1b[31m\xC2\x9B" + std::string(100, 'x') + "\\]]";
  for (int i = 0; i < 100; ++i) text += ";B[zz]";
  const SgfGame record = played(text + ")");
  CHECK(record.info.notes.size() == GameInfo::kMostNotes);
  CHECK(record.info.notes.back() == "further notes are left out");
  CHECK(record.info.notes.front().starts_with("RU[[31mxxx"));
  CHECK(record.info.notes.front().size() < 100);
}

TEST_CASE("record: setup during the game starts anew from that board") {
  const SgfGame record = played("(;SZ[5];B[aa];W[bb];AE[aa]AW[ee]PL[W];W[cc])");
  CHECK(record.moves_played == 3);
  CHECK(record.game.position().move_count() == 1);
  CHECK(stones(record) == diagram(R"(
    . . . . .
    . O . . .
    . . O . .
    . . . . .
    . . . . O)"));
}

TEST_CASE("record: who moves first") {
  struct Row {
    const char* text;
    Color player;
    int handicap;
  };
  const std::vector<Row> rows = {
      {"(;SZ[9])", Color::kBlack, 0},
      {"(;SZ[9]PL[W])", Color::kWhite, 0},
      {"(;SZ[9]PL[White])", Color::kWhite, 0},
      {"(;SZ[9]HA[2]AB[cc][gg])", Color::kWhite, 2},
      {"(;SZ[9]HA[1])", Color::kBlack, 0},
      {"(;SZ[9]AB[cc][gg];W[ee])", Color::kWhite, 2},
      {"(;SZ[9]AB[cc][gg];B[ee])", Color::kBlack, 0},
      {"(;SZ[9]AB[cc][gg]AW[aa];W[ee])", Color::kWhite, 0},
      {"(;SZ[9];C[only text];W[ee])", Color::kWhite, 0},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    const SgfGame record = played(row.text, 0);
    CHECK(record.game.position().to_move() == row.player);
    CHECK(record.game.position().handicap() == row.handicap);
  }
}

TEST_CASE("record: game properties") {
  const GameInfo info = played(R"((;GM[1]FF[4]SZ[13]RU[Japanese]KM[6.5]HA[0]PB[Honinbo\
 Shusaku]BR[4d]PW[Gennan
Inseki]WR[8d]RE[B+2]DT[1846-09-11]TM[3600]OT[3x30 byo-yomi]EV[Castle]RO[1]PC[Edo]GN[Ear-reddening]
SO[x]US[y]AP[z:1]GC[two
lines]))")
                            .info;
  CHECK(info.size == BoardSize{13, 13});
  CHECK(info.rules.scoring == ScoringRule::kTerritory);
  CHECK((info.rules_given && info.komi_given));
  CHECK(info.rules.komi == 6.5F);
  CHECK(info.black == "Honinbo Shusaku");
  CHECK(info.white == "Gennan Inseki");
  CHECK(info.black_rank + info.white_rank == "4d8d");
  CHECK(info.result == SgfResult{SgfResult::Kind::kScore, Color::kBlack, 2});
  CHECK(info.seconds == 3600.0);
  CHECK(info.overtime == "3x30 byo-yomi");
  CHECK(info.comment == "two\nlines");
  CHECK(info.program == "z:1");
}

TEST_CASE("record: sizes of boards as people write them") {
  struct Row {
    const char* written;
    int width, height;
    std::vector<std::string> notes;
  };
  const Row rows[] = {{"SZ[9]", 9, 9, {}},
                      {"SZ[13:9]", 13, 9, {}},
                      {"SZ[9x9]", 9, 9, {"SZ[9x9] is read as SZ[9]"}},
                      {"SZ[13 X 9]", 13, 9, {"SZ[13 X 9] is read as SZ[13:9]"}},
                      {"SZ[9×9]", 9, 9, {"SZ[9×9] is read as SZ[9]"}},
                      {"SZ[]", 19, 19, {}},
                      {"SZ[ ]", 19, 19, {}},
                      {"", 19, 19, {}}};
  for (const Row& row : rows) {
    INFO(row.written);
    const auto tree = parse_sgf(std::string("(;GM[1]") + row.written + ";B[ee])");
    REQUIRE(tree.ok());
    const auto info = read_game_info(*tree, 0, Rules{});
    REQUIRE(info.ok());
    CHECK(info->size ==
          BoardSize{static_cast<std::uint8_t>(row.width), static_cast<std::uint8_t>(row.height)});
    CHECK(info->notes == row.notes);
  }
}

TEST_CASE("record: komi as people and servers write it") {
  const std::pair<const char*, float> rows[] = {{"6.5", 6.5F},  {"0", 0},          {"-3.5", -3.5F},
                                                {"6,5", 6.5F},  {"375", 7.5F},     {"3.75", 7.5F},
                                                {"650", 6.5F},  {"2.75", 5.5F},    {"0.00", 0},
                                                {"7.50", 7.5F}, {"", Rules{}.komi}};
  for (const auto& [text, komi] : rows) {
    INFO(text);
    CHECK(played(std::string("(;KM[") + text + "])").info.rules.komi == komi);
  }
}

TEST_CASE("record: handicap stones count once, however they are recorded") {
  struct Row {
    const char* text;
    int handicap;
    std::vector<std::string> notes;
  };
  const Row rows[] = {
      {"(;SZ[9]HA[2]AB[dd][df];W[ee])", 2, {}},
      {"(;SZ[9]HA[2];AB[dd][df];W[ee])", 2, {}},
      {"(;SZ[9];AB[dd][df];W[ee])", 2, {}},
      {"(;SZ[9]HA[2];B[dd];B[df];W[ee])",
       2,
       {"HA[2]: the handicap stones are Black's first 2 moves"}},
      {"(;SZ[9]HA[3];B[dd];W[];B[df];W[tt];B[fd];W[ee])",
       3,
       {"HA[3]: the handicap stones are Black's first 3 moves"}},
      {"(;SZ[9]HA[4];W[ee];B[cc])",
       0,
       {"HA[4], but the record has no handicap stones: read as recorded, without"}},
      {"(;SZ[9]HA[4];B[ee];W[cc])",
       0,
       {"HA[4], but the record has no handicap stones: read as recorded, without"}},
      {"(;SZ[9]HA[4]AB[dd][df];W[ee])", 4, {"HA[4], but 2 black stones are set up"}},
      {"(;SZ[9]HA[1];B[ee];W[cc])", 0, {}},
      {"(;SZ[9]HA[0];B[ee];W[cc])", 0, {}},
      {"(;SZ[9]HA[];B[ee];W[cc])", 0, {}},
      {"(;SZ[9]HA[None];B[ee];W[cc])",
       0,
       {"HA[None] is not a number of handicap stones: read as none"}},
      {"(;SZ[9]HA[No];B[ee];W[cc])",
       0,
       {"HA[No] is not a number of handicap stones: read as none"}},
      {"(;SZ[9]HA[-1];B[ee];W[cc])",
       0,
       {"HA[-1] is not a number of handicap stones: read as none"}},
      {"(;SZ[9]HA[99];B[ee];W[cc])",
       0,
       {"HA[99] is not a number of handicap stones: read as none"}},
      {"(;SZ[9]HA[2 stones]AB[dd][df];W[ee])",
       2,
       {"HA[2 stones] is not a number of handicap stones: read as 2"}},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    const SgfGame record = played(row.text);
    CHECK(record.game.position().handicap() == row.handicap);
    CHECK(record.info.handicap == row.handicap);
    CHECK(record.info.notes == row.notes);
  }
}

TEST_CASE("record: White's bonus for two handicap stones that are moves is two points") {
  const SgfGame record = played("(;SZ[9]HA[2]KM[0.5]RU[Chinese];B[dd];B[df];W[fb];B[eb])");
  CHECK(record.game.position().white_bonus() == 2);
}

TEST_CASE("record: setup in mid-game keeps the prisoners") {
  const std::string capture = "(;SZ[5]RU[Japanese];B[ab];W[aa];B[ba]";
  const SgfGame plain = played(capture + ";W[dd];B[cc])");
  CHECK(plain.game.position().board().prisoners(Color::kWhite) == 1);
  SECTION("a stone that is there already changes nothing at all") {
    const SgfGame again = played(capture + ";AB[ba];W[dd];B[cc])");
    CHECK(again.game.position().evaluation_key() == plain.game.position().evaluation_key());
  }
  SECTION("another stone") {
    const SgfGame other = played(capture + ";AB[ee];W[dd];B[cc])");
    CHECK(other.game.position().board().prisoners(Color::kWhite) == 1);
    // One stone more of Black's fills no territory of his: area and bonus both grow by one.
    CHECK(other.game.position().white_bonus() == plain.game.position().white_bonus() + 1);
  }
  SECTION("White's bonus for the handicap stays") {
    const SgfGame handicap =
        played("(;SZ[9]HA[2]RU[Chinese]AB[cc][gg];W[ee];B[ef];AW[fe];W[aa];B[bb])");
    CHECK(handicap.game.position().handicap() == 2);
  }
}

TEST_CASE("record: a resignation that is written as a move ends the game") {
  struct Row {
    const char* text;
    int moves;
    std::string result;
    const char* note;
  };
  const Row rows[] = {
      {"(;SZ[9];B[ee];W[gc];B[cd];W[resign])", 3, "B+R",
       "move 4 (byte 26): white resigns: the game ends here"},
      {"(;SZ[9];B[ee];W[gc];B[Resign])", 2, "W+R",
       "move 3 (byte 20): black resigns: the game ends here"},
      {"(;SZ[9]RE[B+T];B[ee];W[resigns];B[cc])", 1, "B+T",
       "move 2 (byte 21): white resigns: the game ends here, the moves after it are left out"},
      {"(;SZ[9]RE[W+R];B[ee];W[resign])", 1, "W+R",
       "move 2 (byte 21): white resigns: the game ends here, but RE says W+R"},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    const SgfGame record = played(row.text);
    CHECK(record.moves_played == row.moves);
    CHECK(to_string(record.info.result) == row.result);
    CHECK(record.info.notes == std::vector<std::string>{row.note});
  }
}

TEST_CASE("record: passes as programs write them") {
  for (const char* pass : {"", "tt", "pass", "PASS", "Pass", "zz", "ZZ"}) {
    INFO(pass);
    const SgfGame record = played("(;SZ[19];B[dd];W[" + std::string(pass) + "];B[pp])");
    CHECK(record.moves_played == 3);
    CHECK(record.game.position().move_ago(2).point.is_pass());
    const bool unusual = pass == std::string("zz") || pass == std::string("ZZ");
    CHECK(record.info.notes.size() == (unusual ? 1 : 0));
  }
}

TEST_CASE("record: play that goes on after its end is played, and said once") {
  CHECK(played("(;SZ[5];B[cc];W[];B[];W[];B[])").info.notes.empty());
  const SgfGame record = played("(;SZ[5];B[cc];W[];B[];W[dd];B[];W[];B[db])");
  CHECK(record.moves_played == 7);
  CHECK(record.info.notes ==
        std::vector<std::string>{
            "move 4 (byte 22): play goes on after the passes that end the game"});
}

TEST_CASE("record: rules that nobody knows leave the caller's") {
  const GameInfo info = played("(;RU[house rules]KM[0.5])").info;
  CHECK_FALSE(info.rules_given);
  CHECK(info.rules_text == "house rules");
  CHECK(info.notes ==
        std::vector<std::string>{"RU[house rules] is not known: read as tromp-taylor"});
  Rules expected;
  expected.komi = 0.5F;
  CHECK(info.rules == expected);
}

TEST_CASE("record: what is wrong is named") {
  const std::pair<const char*, const char*> rows[] = {
      {"(;SZ[26])", "game at byte 2: board size SZ[26]: sides must be 2 to 25"},
      {"(;SZ[9x])", "game at byte 2: board size SZ[9x]: sides must be 2 to 25"},
      {"(;GM[2])", "game at byte 2: GM[2] is not Go (GM[1])"},
      {"(;SZ[9];B[aa];W[aa])", "move 2 (byte 14): white A9 is illegal: the point is not empty"},
      {"(;SZ[9];B[zy])", "move 1 (byte 8): B[zy] is not on the 9 board"},
      {"(;SZ[9]AB[aa][jj])", "move 1 (byte 2): AB[jj] is not on the 9 board"},
      {"(;SZ[9];PL[green])", "move 1 (byte 8): PL[green] is neither B nor W"},
      {"(;SZ[5];B[ab];B[ba];W[aa])",
       "move 3 (byte 20): white A5 is illegal: suicide of a single stone"},
      {"(;SZ[5]AB[ab][ba]AW[aa])", "move 1 (byte 2): the setup leaves a chain without liberties"},
  };
  for (const auto& [text, error] : rows) {
    INFO(text);
    const auto record = replayed(text);
    REQUIRE_FALSE(record);
    CHECK(record.error().message == error);
  }
}

TEST_CASE("record: a ko retaken at once is played as recorded") {
  const SgfGame record = played("(;SZ[5]AB[ba][ab][bc]AW[ca][bb][db][cc]PL[B];B[cb];W[bb])");
  CHECK(record.moves_played == 2);
}

TEST_CASE("record: a game written and read again is the same game") {
  Rules rules = chinese_rules();
  rules.komi = 6.5F;
  Board setup = Board::parse(R"(
    . . . . . . .
    . X . . . X .
    . . . . . . .
    . X . . . X .
    . . . . . . .)")
                    .value();
  Game game(setup, Color::kWhite, rules, 4);
  for (const char* vertex : {"D3", "C3", "pass", "D2", "D1", "pass", "pass"}) {
    game.play({game.position().to_move(), *parse_gtp_vertex(vertex, setup.size())});
  }
  GameInfo info;
  info.black = "a]b\\c";
  info.white = "碁";
  info.seconds = 12.5;
  info.result = parse_sgf_result("W+3.5");
  const SgfGame again = played(write_sgf(make_sgf(game, info)));
  CHECK(again.game.position().moves() == game.position().moves());
  CHECK(again.game.position().state_key() == game.position().state_key());
  CHECK(again.game.start().board().to_diagram() == setup.to_diagram());
  CHECK(again.game.position().rules() == rules);
  CHECK(again.info.handicap == 4);
  CHECK(again.info.black == info.black);
  CHECK(again.info.white == info.white);
  CHECK(again.info.result == info.result);
  CHECK(again.info.seconds == 12.5);
}

TEST_CASE("file: written whole or not at all") {
  const std::string path = "sgf_game_test.tmp.sgf";
  REQUIRE(write_file_atomically(path, "one"));
  REQUIRE(write_file_atomically(path, "two"));
  CHECK(read_file(path).value() == "two");
  CHECK(read_file(path, 2).error().message == "'" + path + "' is longer than the limit of 2 bytes");
  std::remove(path.c_str());
  CHECK_FALSE(write_file_atomically("/no/such/folder/x", "y"));
  CHECK_FALSE(read_file("."));
}

}  // namespace ponnuki::sgf
