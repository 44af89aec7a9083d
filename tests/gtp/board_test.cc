// Size, komi, moves, undo and showboard, as conversations.
#include <catch2/catch.hpp>

#include "tests/gtp/transcript.h"

namespace ponnuki::gtp::test {

TEST_CASE("Any two komi are told apart, also between half points") {
  const std::string walls =
      "boardsize 9\nkata-set-rules chinese\n"
      "gogui-play_sequence b e1 w f1 b e2 w f2 b e3 w f3 b e4 w f4 b e5 w f5 b e6 w f6 b e7 w f7 "
      "b e8 w f8 b e9 w f9 b pass w pass\n";
  const std::pair<const char*, const char*> rows[] = {
      {"6.75", "B+2.25"},     {"7", "B+2"},   {"7.25", "B+1.75"},     {"7.5", "B+1.5"},
      {"8.9999", "B+0.0001"}, {"9", "0"},     {"9.0001", "W+0.0001"}, {"8.75", "B+0.25"},
      {"-6.75", "B+15.75"},   {"-7", "B+16"}, {"6.75", "B+2.25"},
  };
  for (const char* rules : {"chinese", "aga", "tromp-taylor", "japanese"}) {
    Bench bench;
    bench.send(walls + "kata-set-rules " + rules);
    for (const auto& [komi, score] : rows) {
      INFO(rules << ", komi " << komi);
      bench.send(std::string("komi ") + komi);
      CHECK(bench.send("final_score") == std::string("= ") + score + "\n\n");
    }
  }
}

TEST_CASE("boardsize keeps komi and rules and clears the board") {
  Bench bench;
  CHECK(bench.send("kata-set-rules japanese\nkomi 5.5\nplay b D4\nboardsize 13\nget_komi") ==
        "= \n\n= \n\n= \n\n= \n\n= 5.5\n\n");
  CHECK(bench.session().position().rules().scoring == ScoringRule::kTerritory);
  CHECK(bench.send("list_stones b\nquery_boardsize") == "= \n\n= 13\n\n");
}

TEST_CASE("Sizes in every spelling") {
  Bench bench;
  struct Row {
    std::string command, answer;
  };
  const Row rows[] = {
      {"boardsize 19", "= \n\n= 19\n\n"},
      {"boardsize 9 13", "= \n\n= 9 13\n\n"},
      {"boardsize 9:13", "= \n\n= 9 13\n\n"},
      {"rectangular_boardsize 25 2", "= \n\n= 25 2\n\n"},
      {"boardsize 26", "? unacceptable size\n\n= 25 2\n\n"},
      {"boardsize 1", "? unacceptable size\n\n= 25 2\n\n"},
      {"boardsize 99999999999", "? unacceptable size\n\n= 25 2\n\n"},
      {"boardsize -5", "? unacceptable size\n\n= 25 2\n\n"},
  };
  for (const Row& row : rows) {
    INFO(row.command);
    CHECK(bench.send(row.command + "\nquery_boardsize") == row.answer);
  }
  for (const char* bad :
       {"boardsize", "boardsize x", "boardsize 9 x", "boardsize 9 9 9", "boardsize 9.5"}) {
    INFO(bad);
    CHECK(bench.send(bad).starts_with("? syntax error"));
  }
}

TEST_CASE("Any finite komi is accepted") {
  Bench bench;
  CHECK(bench.send(
            "komi 0\nget_komi\nkomi -3.5\nget_komi\nkomi 200\nget_komi\nkomi 6.25\nget_komi") ==
        "= \n\n= 0\n\n= \n\n= -3.5\n\n= \n\n= 200\n\n= \n\n= 6.25\n\n");
  CHECK(bench.send("komi 1e30").starts_with("= "));
  for (const char* bad : {"komi", "komi x", "komi nan", "komi inf", "komi 1 2"}) {
    INFO(bad);
    CHECK(bench.send(bad).starts_with("? syntax error"));
  }
}

TEST_CASE("play takes either colour at any time and names what is wrong") {
  Bench bench;
  CHECK(bench.send("play b d4\nplay BLACK D5\nPlay w A1") == "= \n\n= \n\n? unknown command\n\n");
  CHECK(bench.send("play w pass\nplay White PASS\nplay b c3") == "= \n\n= \n\n= \n\n");
  CHECK(bench.send("play b D4\nplay w D4") == "? illegal move\n\n? illegal move\n\n");
  for (const char* bad : {"play", "play b", "play b I5", "play b K1", "play b A10", "play b A0",
                          "play g A1", "play b A1 A2", "play b resign"}) {
    INFO(bad);
    CHECK(bench.send(bad) == "? invalid color or coordinate\n\n");
  }
}

TEST_CASE("Ko is forbidden, and so is suicide of one stone") {
  Bench bench;
  bench.send("play b B1\nplay b A2\nplay b B3\nplay w C1\nplay w D2\nplay w C3\nplay b C2");
  CHECK(bench.send("play w B2\nplay b C2") == "= \n\n? illegal move\n\n");
  CHECK(bench.send("clear_board\nplay b A2\nplay b B1\nplay w A1") ==
        "= \n\n= \n\n= \n\n? illegal move\n\n");
}

TEST_CASE("undo takes back moves and passes, but not the setup") {
  Bench bench;
  CHECK(bench.send("undo") == "? cannot undo\n\n");
  CHECK(bench.send("play b D4\nplay w pass\nundo\nundo\nundo\nlist_stones b") ==
        "= \n\n= \n\n= \n\n= \n\n? cannot undo\n\n= \n\n");
  CHECK(bench.send("fixed_handicap 2\nundo\nplay w D4\nundo\nundo\nlist_stones b") ==
        "= G7 C3\n\n? cannot undo\n\n= \n\n= \n\n? cannot undo\n\n= G7 C3\n\n");
  CHECK(
      bench
          .send("clear_board\nplay b A1\nplay w A2\nplay b A3\ngg-undo 2\ngg-undo 2\nlist_stones b")
          .ends_with("= \n\n? cannot undo\n\n= A1\n\n"));
}

TEST_CASE("undo brings captured stones back") {
  Bench bench;
  bench.send("play w A1\nplay b A2\nplay b B1");
  CHECK(bench.send("list_stones w\ncaptures b") == "= \n\n= 1\n\n");
  CHECK(bench.send("undo\nlist_stones w\ncaptures b") == "= \n\n= A1\n\n= 0\n\n");
}

TEST_CASE("gogui-play_sequence plays all moves or none") {
  Bench bench;
  CHECK(bench.send("gogui-play_sequence B D4 W E5 B pass\nlist_stones b\nlist_stones w") ==
        "= \n\n= D4\n\n= E5\n\n");
  CHECK(bench.send("gogui-play_sequence W C3 B D4\nlist_stones w") ==
        "? illegal move D4\n\n= E5\n\n");
}

TEST_CASE("showboard starts on a new line and has coordinates around") {
  Bench bench;
  bench.send("boardsize 4 3\nkomi 0.5\nplay b B2\nplay w C1");
  CHECK(bench.send("showboard") == lines(R"(
    = 
        A B C D
      3 . . . . 3
      2 . X . . 2
      1 . .(O). 1
        A B C D
    Next player: black, moves: 2, captured black stones: 0, captured white stones: 0
    Rules: tromp-taylor, komi: 0.5

  )"));
}

TEST_CASE("Play may go on after two passes") {
  Bench bench;
  CHECK(bench.send("play b pass\nplay w pass\nplay b D4\nplay w D4") ==
        "= \n\n= \n\n= \n\n? illegal move\n\n");
}

TEST_CASE("A game has a most number of moves, however they are sent") {
  const std::string full = "? a game has at most 10000 moves: clear_board begins another one\n\n";
  const auto passes = [](int count) {
    std::string text = "gogui-play_sequence";
    for (int i = 0; i < count; ++i) text += " b pass";
    return text;
  };
  Bench bench;
  CHECK(bench.send(passes(10'001)) == full);
  CHECK(bench.session().position().move_count() == 0);  // all or none
  CHECK(bench.send(passes(9'999)) == "= \n\n");
  CHECK(bench.send("play w pass") == "= \n\n");
  for (const char* command : {"play b E5", "genmove b", "kata-genmove_analyze b",
                              "cgos-genmove_analyze b", "gogui-play_sequence b E5"}) {
    CAPTURE(command);
    CHECK(bench.send(command) == full);
  }
  CHECK(bench.send("gg-undo 10001") == "? cannot undo\n\n");
  CHECK(bench.send("undo\nlast_move\nundo\ngg-undo 9997\nlast_move") ==
        "= \n\n= black pass\n\n= \n\n= \n\n= black pass\n\n");
  CHECK(bench.session().position().move_count() == 1);
  CHECK(bench.send("play w E5") == "= \n\n");
}

}  // namespace ponnuki::gtp::test
