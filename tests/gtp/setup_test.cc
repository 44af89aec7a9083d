// Handicap and setup positions.
#include <catch2/catch.hpp>
#include <set>
#include <sstream>

#include "gtp/handicap.h"
#include "tests/gtp/transcript.h"

namespace ponnuki::gtp::test {

TEST_CASE("Fixed handicap points") {
  struct Row {
    std::string command, points;
  };
  const Row rows[] = {
      {"boardsize 9\nfixed_handicap 2", "G7 C3"},
      {"boardsize 9\nfixed_handicap 3", "C7 G7 C3"},
      {"boardsize 9\nfixed_handicap 4", "C7 G7 C3 G3"},
      {"boardsize 9\nfixed_handicap 5", "C7 G7 E5 C3 G3"},
      {"boardsize 9\nfixed_handicap 6", "C7 G7 C5 G5 C3 G3"},
      {"boardsize 9\nfixed_handicap 7", "C7 G7 C5 E5 G5 C3 G3"},
      {"boardsize 9\nfixed_handicap 8", "C7 E7 G7 C5 G5 C3 E3 G3"},
      {"boardsize 9\nfixed_handicap 9", "C7 E7 G7 C5 E5 G5 C3 E3 G3"},
      {"boardsize 7\nfixed_handicap 4", "C5 E5 C3 E3"},
      {"boardsize 8\nfixed_handicap 2", "F6 C3"},
      {"boardsize 12\nfixed_handicap 4", "C10 K10 C3 K3"},
      {"boardsize 13\nfixed_handicap 9", "D10 G10 K10 D7 G7 K7 D4 G4 K4"},
      {"boardsize 19\nfixed_handicap 9", "D16 K16 Q16 D10 K10 Q10 D4 K4 Q4"},
      {"boardsize 19\nfixed_handicap 2", "Q16 D4"},
  };
  for (const Row& row : rows) {
    Bench bench;
    INFO(row.command);
    CHECK(bench.send(row.command) == "= \n\n= " + row.points + "\n\n");
  }
}

TEST_CASE("Fixed handicaps that do not exist") {
  for (const char* command : {"boardsize 6\nfixed_handicap 2", "boardsize 7\nfixed_handicap 5",
                              "boardsize 10\nfixed_handicap 5", "boardsize 9\nfixed_handicap 1",
                              "boardsize 9\nfixed_handicap 10", "boardsize 9\nfixed_handicap x",
                              "boardsize 9\nfixed_handicap", "boardsize 9\nfixed_handicap -2"}) {
    INFO(command);
    CHECK(Bench().send(command) == "= \n\n? invalid handicap\n\n");
  }
  CHECK(
      Bench().send("play b A1\nfixed_handicap 2\nset_free_handicap A2 A3\nplace_free_handicap 2") ==
      "= \n\n? board not empty\n\n? board not empty\n\n? board not empty\n\n");
}

TEST_CASE("After handicap White moves, and the rules know the number of stones") {
  Bench bench;
  bench.send("kata-set-rules chinese\nfixed_handicap 4");
  CHECK(bench.session().position().to_move() == Color::kWhite);
  CHECK(bench.session().position().white_bonus() == 4);
  CHECK(bench.send("get_handicap") == "= 4\n\n");
  CHECK(bench.send("clear_board\nget_handicap") == "= \n\n= 0\n\n");
}

TEST_CASE("A position sent as plays is no handicap, in whatever order its stones come") {
  struct Row {
    std::string plays, handicap, score;
  };
  const std::string black = " b e1 b e2 b e3 b e4 b e5 b e6 b e7 b e8 b e9";
  const std::string white = " w f1 w f2 w f3 w f4 w f5 w f6 w f7 w f8 w f9";
  const std::string rows_together =
      " b e1 w f1 w f2 b e2 b e3 w f3 w f4 b e4 b e5 w f5 w f6 b e6 b e7 w f7 w f8 b e8 b e9 w f9";
  const std::string handicap =
      " b e1 b e2 w f1 b e3 w f2 b e4 w f3 b e5 w f4 b e6 w f5 b e7 w f6"
      " b e8 w f7 b e9 w f8 b pass w f9";
  const Row rows[] = {
      {black + white, "0", "B+2"}, {white + black, "0", "B+2"},
      {rows_together, "0", "B+2"}, {" b e1" + rows_together.substr(5), "0", "B+2"},
      {handicap, "2", "0"},  // White alternates with Black: a game
  };
  for (const Row& row : rows) {
    INFO(row.plays);
    Bench bench;
    bench.send("boardsize 9\nkata-set-rules chinese\nkomi 7");
    REQUIRE(bench.send("gogui-play_sequence" + row.plays + " b pass w pass") == "= \n\n");
    CHECK(bench.send("get_handicap") == "= " + row.handicap + "\n\n");
    CHECK(bench.send("final_score") == "= " + row.score + "\n\n");
  }
}

TEST_CASE("Handicap stones are forgotten by White's second stone in a row, and return with undo") {
  Bench bench;
  bench.send("kata-set-rules chinese\nplay b C3\nplay b G7\nplay w G3");
  CHECK(bench.send("get_handicap\nplay w C7\nget_handicap\nundo\nget_handicap") ==
        "= 2\n\n= \n\n= 0\n\n= \n\n= 2\n\n");
  bench.send("clear_board\nfixed_handicap 3\nplay b E5\nplay w A1");
  CHECK(bench.send("get_handicap\nplay w A2\nget_handicap") == "= 4\n\n= \n\n= 3\n\n");
}

TEST_CASE("set_free_handicap places all stones or none") {
  Bench bench;
  CHECK(bench.send("set_free_handicap A1 C3 E5\nlist_stones b") == "= \n\n= E5 C3 A1\n\n");
  CHECK(bench.session().position().to_move() == Color::kWhite);
  bench.send("clear_board");
  for (const char* bad : {"set_free_handicap A1 A1", "set_free_handicap A1 pass",
                          "set_free_handicap A1 Z9", "set_free_handicap A1 A10"}) {
    INFO(bad);
    CHECK(bench.send(bad) == "? bad vertex list\n\n");
  }
  CHECK(bench.send("set_free_handicap\nlist_stones b") == "? invalid handicap\n\n= \n\n");
  // Clients that probe for support send a single stone; it is no handicap to the rules.
  CHECK(bench.send("set_free_handicap a1\nget_handicap") == "= \n\n= 0\n\n");
}

TEST_CASE("place_free_handicap returns exactly as many stones as asked for") {
  for (const int n : {2, 5, 9, 10, 20, 27}) {
    Bench bench;
    const std::string answer = bench.send("place_free_handicap " + std::to_string(n));
    REQUIRE(answer.starts_with("= "));
    std::istringstream words(answer.substr(2));
    std::set<std::string> stones;
    for (std::string word; words >> word;) stones.insert(word);
    CHECK(stones.size() == static_cast<std::size_t>(n));
    CHECK(bench.session().position().board().stone_count() == n);
    CHECK(bench.session().position().to_move() == Color::kWhite);
  }
  CHECK(Bench().send("place_free_handicap 28") == "? invalid handicap\n\n");
  CHECK(Bench().send("place_free_handicap 1") == "? invalid handicap\n\n");
  CHECK(Bench().send("boardsize 5\nplace_free_handicap 3") == "= \n\n= C4 B3 C3\n\n");
}

TEST_CASE("set_position replaces the board or leaves it alone") {
  Bench bench;
  CHECK(bench.send("play b D4\nset_position b A1 w B2 b C3\nlist_stones b\nlist_stones w\nundo") ==
        "= \n\n= \n\n= C3 A1\n\n= B2\n\n? cannot undo\n\n");
  CHECK(bench.send("set_position b A1 w A1").starts_with("? a vertex is named twice"));
  CHECK(bench.send("set_position w A1 b A2 b B1").starts_with("? illegal position"));
  CHECK(bench.send("set_position b").starts_with("? expected pairs"));
  CHECK(bench.send("set_position b pass").starts_with("? invalid color or coordinate"));
  CHECK(bench.send("list_stones b\nset_position\nlist_stones b") == "= C3 A1\n\n= \n\n= \n\n");
}

TEST_CASE("gogui-setup adds stones and gogui-setup_player says who moves") {
  Bench bench;
  CHECK(bench.send("gogui-setup b A1 w B2\ngogui-setup_player w\nlist_stones w") ==
        "= \n\n= \n\n= B2\n\n");
  CHECK(bench.session().position().to_move() == Color::kWhite);
  CHECK(bench.send("gogui-setup_player x") == "? invalid color\n\n");
}

}  // namespace ponnuki::gtp::test
