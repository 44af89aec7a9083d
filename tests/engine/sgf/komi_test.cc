// KM as people, servers and programs write it.
#include "engine/sgf/komi.h"

#include <catch2/catch.hpp>
#include <cstdlib>

#include "engine/sgf/sgf.h"

namespace ponnuki::sgf {
namespace {

struct Row {
  const char* text;
  double komi;
  bool has_note;
};

void check(const std::vector<Row>& rows, const KomiSource& source) {
  for (const Row& row : rows) {
    INFO(row.text);
    const KomiReading reading = read_komi(row.text, source);
    REQUIRE(reading.komi);
    CHECK(*reading.komi == row.komi);
    CHECK(!reading.note.empty() == row.has_note);
    INFO(reading.note);
    CHECK((reading.note.empty() || reading.note.find(row.text) != std::string::npos));
  }
}

TEST_CASE("Komi: points are read as written, quarters too") {
  check({{"6.5", 6.5, false},
         {"0", 0, false},
         {"0.00", 0, false},
         {"-3.5", -3.5, false},
         {"6,5", 6.5, false},
         {" 7.50 ", 7.5, false},
         {"+6.5", 6.5, false},
         {"6.75", 6.75, false},
         {"7.25", 7.25, false},
         {"5.75", 5.75, false},
         {"0.25", 0.25, false},
         {"8.9999", 8.9999, false},
         {"50", 50, true},
         {"-60", -60, true}},
        {});
}

TEST_CASE("Komi: zi and hundredths") {
  const std::vector<Row> everywhere = {
      {"3.75", 7.5, true}, {"3.25", 6.5, true}, {"2.75", 5.5, true},  {"-3.75", -7.5, true},
      {"375", 7.5, true},  {"325", 6.5, true},  {"275", 5.5, true},   {"650", 6.5, true},
      {"750", 7.5, true},  {"550", 5.5, true},  {"-650", -6.5, true}, {"725", 7.25, true}};
  check(everywhere, {});
  check(everywhere, {.fox = true});
  check({{"50", 0.5, true},
         {"0", 0, false},
         {"-50", -0.5, true},
         {"6.5", 6.5, false},
         {"0.5", 0.5, false}},
        {.fox = true});
}

TEST_CASE("Komi: what we wrote ourselves is exact") {
  check({{"3.75", 3.75, false}, {"150", 150, false}, {"375", 375, false}, {"50", 50, false}},
        {.ours = true});
}

TEST_CASE("Komi: texts are read with a note") {
  check({{"None", 0, true},
         {"no", 0, true},
         {"6.5 points", 6.5, true},
         {"6.5目", 6.5, true},
         {"黒6目半", 6.5, true},
         {"komi -0.5", -0.5, true},
         {"3.75子", 7.5, true},
         {"黑贴3又3/4子", 7.5, true},
         {"2 3/4 zi", 5.5, true},
         {"1子", 2, true}},
        {});
  for (const char* text : {"much", "?", "99999", "1e400"}) {
    INFO(text);
    const KomiReading reading = read_komi(text, {});
    const bool is_odd = !reading.komi || !reading.note.empty();
    CHECK(is_odd);
  }
  CHECK_FALSE(read_komi("much", {}).komi);
  CHECK_FALSE(read_komi("99999", {}).komi);
  CHECK_FALSE(read_komi("", {}).komi);
  CHECK(read_komi("", {}).note.empty());
}

/// The komi of a record with these properties, and its notes.
GameInfo info_of(const std::string& properties) {
  const auto tree = parse_sgf("(;GM[1]FF[4]SZ[19]" + properties + ";B[pd])");
  REQUIRE(tree);
  auto info = read_game_info(*tree, 0, Rules{});
  REQUIRE(info);
  return *info;
}

TEST_CASE("Komi: where a record comes from decides") {
  CHECK(info_of("AP[foxwq]KM[50]RU[Japanese]").rules.komi == 0.5F);
  CHECK(info_of("AP[GNU Go:3.8]RN[3]TM[60]TC[3]TT[15]AP[foxwq]RL[0]KM[375]").rules.komi == 7.5F);
  CHECK(info_of("AP[Sabaki:0.52]TM[60]TC[3]TT[15]KM[50]").rules.komi == 0.5F);  // written anew
  CHECK(info_of("AP[CGoban:3]KM[50]").rules.komi == 50);
  CHECK(info_of("AP[CGoban:3]KM[50]").notes.size() == 1);
  CHECK(info_of("AP[Ponnuki:0.1.0]KM[3.75]RU[chinese]").rules.komi == 3.75F);
  CHECK(info_of("KM[3.75]RU[Japanese]").rules.komi == 7.5F);
  CHECK(info_of("KM[7.25]RU[Japanese]").rules.komi == 7.25F);
  CHECK(info_of("KM[7.25]RU[Japanese]").notes.empty());
  const GameInfo unusable = info_of("KM[much]");
  CHECK(unusable.rules.komi == Rules{}.komi);
  CHECK_FALSE(unusable.komi_given);
  CHECK(unusable.notes == std::vector<std::string>{"KM[much] is not a number: read as komi 7.5"});
}

TEST_CASE("Komi: what is written is read again to the last bit") {
  for (const float komi :
       {6.5F, 6.75F, 7.25F, 0.0F, -0.5F, 8.9999F, 3.75F, 150.0F, -399.75F, 0.1F, 1e-7F, 400.0F}) {
    Rules rules;
    rules.komi = komi;
    GameInfo info;
    info.program = "Ponnuki:0.1.0";
    const auto tree = parse_sgf(write_sgf(make_sgf(Game(BoardSize{9, 9}, rules), info)));
    REQUIRE(tree);
    const auto again = read_game_info(*tree, 0, Rules{});
    REQUIRE(again);
    CHECK(again->rules.komi == komi);
    CHECK(again->notes.empty());
  }
}

}  // namespace
}  // namespace ponnuki::sgf
