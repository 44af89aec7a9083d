// loadsgf and printsgf.
#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "tests/gtp/transcript.h"
#include "tests/support/temporary_folder.h"

namespace ponnuki::gtp::test {

namespace {

/// A file of the test's own that is gone afterwards.
class TempFile {
 public:
  TempFile(const std::string& name, const std::string& text) : path_(folder_ / (name + ".sgf")) {
    if (!text.empty()) folder_.write(name + ".sgf", text);
  }
  const std::string& path() const { return path_; }

 private:
  ponnuki::test::TemporaryFolder folder_;
  std::string path_;
};

constexpr const char* kRecord = "(;GM[1]FF[4]SZ[9]KM[5.5]RU[Japanese];B[dd];W[ff];B[];W[gg])";

}  // namespace

TEST_CASE("loadsgf sets size, komi, rules and the position before a move") {
  const TempFile file("load", kRecord);
  Bench bench;
  CHECK(bench.send("boardsize 19\nloadsgf " + file.path() + "\nquery_boardsize\nget_komi") ==
        "= \n\n= black\n\n= 9\n\n= 5.5\n\n");
  CHECK(bench.session().position().move_count() == 4);
  CHECK(bench.session().position().rules().scoring == ScoringRule::kTerritory);
  CHECK(bench.send("loadsgf " + file.path() + " 2\nmove_history") == "= white\n\n= black D6\n\n");
  CHECK(bench.send("loadsgf " + file.path() + " 1\nmove_history") == "= black\n\n= \n\n");
  CHECK(bench.send("loadsgf " + file.path() + " 999\nundo\nlast_move") ==
        "= black\n\n= \n\n= black pass\n\n");
}

TEST_CASE("loadsgf logs what is odd about a record") {
  const TempFile file("odd", "(;SZ[9]RU[house rules]KM[375]HA[None];B[dd])");
  Bench bench;
  CHECK(bench.send("loadsgf " + file.path() + "\nget_komi") == "= white\n\n= 7.5\n\n");
  CHECK(bench.logged == file.path() + ": RU[house rules] is not known: read as tromp-taylor\n" +
                            file.path() + ": KM[375] is read as 3.75 zi: komi 7.5\n" + file.path() +
                            ": HA[None] is not a number of handicap stones: read as none\n");
}

TEST_CASE("A komi between half points comes back from its record") {
  const TempFile file("komi", "");
  Bench bench;
  bench.send("boardsize 9\nkomi 6.75\nprintsgf " + file.path() + "\nkomi 0");
  CHECK(bench.send("loadsgf " + file.path() + "\nget_komi") == "= black\n\n= 6.75\n\n");
}

TEST_CASE("A file name may have spaces") {
  const TempFile file("two words ", kRecord);
  CHECK(Bench().send("loadsgf " + file.path() + " 2") == "= white\n\n");
}

TEST_CASE("What cannot be loaded leaves the board alone") {
  const TempFile broken("broken", "(;GM[1]SZ[9];B[dd");
  Bench bench;
  bench.send("play b D4");
  for (const std::string& bad :
       {std::string("loadsgf /nowhere/x.sgf"), "loadsgf " + broken.path()}) {
    INFO(bad);
    CHECK(bench.send(bad).starts_with("? cannot load file"));
  }
  CHECK(bench.send("loadsgf x 0").starts_with("? "));
  CHECK(bench.send("loadsgf").starts_with("? syntax error"));
  CHECK(bench.send("list_stones b") == "= D4\n\n");
}

TEST_CASE("printsgf prints or writes a record that loadsgf reads") {
  Bench bench;
  bench.send("komi 6.5\nfixed_handicap 2\nplay w D4\nplay b pass");
  const std::string text = bench.send("printsgf");
  CHECK(text.starts_with("= (;"));
  CHECK(text.ends_with(")\n\n"));
  CHECK(text.find("\n\n") == text.size() - 2);
  const TempFile file("print", "");
  CHECK(bench.send("printsgf " + file.path()) == "= \n\n");
  Bench other;
  CHECK(other.send("loadsgf " + file.path() +
                   "\nget_komi\nget_handicap\nlist_stones b\nlist_stones w") ==
        "= white\n\n= 6.5\n\n= 2\n\n= G7 C3\n\n= D4\n\n");
  CHECK(bench.send("printsgf /nowhere/x.sgf").starts_with("? cannot write file"));
}

TEST_CASE("The record of a finished game has its result") {
  Bench bench;
  bench.send("boardsize 5\nkomi 0.5\nplay b C3\nplay w pass\nplay b pass");
  CHECK(bench.send("printsgf").find("RE[B+24.5]") != std::string::npos);
}

TEST_CASE("Without leave to touch files only printing remains") {
  GtpOptions options = bench_options();
  options.files = false;
  Bench bench(options);
  CHECK(bench.send("known_command loadsgf\nloadsgf x") == "= false\n\n? unknown command\n\n");
  CHECK(bench.send("printsgf").starts_with("= (;"));
  CHECK(bench.send("printsgf x.sgf").starts_with("? no files"));
}

}  // namespace ponnuki::gtp::test
