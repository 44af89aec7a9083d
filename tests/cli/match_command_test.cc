// ponnuki match: a whole match of two scripted programs, and errors for wrong options.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/support/program_run.h"

namespace ponnuki::cli {
namespace {

using Run = test::ProgramRun;

Run match(std::vector<std::string> args) {
  args.insert(args.begin(), "match");
  return test::run_ponnuki(args);
}

std::string fake(const std::string& arguments) {
  return std::string("'") + PONNUKI_FAKE_ENGINE + "' " + arguments;
}

TEST_CASE("match: progress on stderr, the summary on stdout") {
  const std::vector<std::string> args = {"--engine1", fake("--name One --moves A1"),
                                         "--engine2", fake("--name Two --crash-at 1"),
                                         "--games",   "2",
                                         "--size",    "5x7",
                                         "--rules",   "aga"};
  const Run run = match(args);
  CHECK(run.code == 0);
  CHECK_THAT(run.out, Catch::StartsWith("One 1 against Two 1, 2 games\n") &&
                          Catch::Contains("wins-draws-losses  2-0-0") &&
                          Catch::Contains("crashes            0 / 2"));
  CHECK_THAT(run.err, Catch::Contains("game 0: B+F crash") && Catch::Contains("2-0-0"));
}

TEST_CASE("match: the summary as JSON") {
  const Run run = match({"--engine1", fake("--say resign"), "--engine2", fake("--say resign"),
                         "--games", "4", "--sprt", "--json"});
  CHECK(run.code == 0);
  const auto json = nlohmann::json::parse(run.out);
  CHECK(json["games"] == 4);
  CHECK(json["engine1"]["score"] == 0.5);
  CHECK(json["sprt"]["verdict"] == "");
}

TEST_CASE("match: territory is counted where the rules say so") {
  const Run run = match({"--engine1", fake("--say pass"), "--engine2", fake("--say pass"),
                         "--games", "2", "--rules", "japanese", "--komi", "6.5", "--net", "none",
                         "--json"});
  INFO(run.out << run.err);
  CHECK(run.code == 0);
  const auto json = nlohmann::json::parse(run.out);
  CHECK(json["games"] == 2);
  CHECK(json["engine1"]["score"] == 0.5);  // White wins each game, once with each engine
}

TEST_CASE("match: wrong options end with exit code 2, programs that do not start with 1") {
  const std::string ok = fake("");
  struct Row {
    std::vector<std::string> args;
    int code;
    const char* error;
  };
  const std::vector<Row> rows = {
      {{}, 2, "--engine1 is missing"},
      {{"--engine1", ok}, 2, "--engine2 is missing"},
      {{"--engine1", ok, "--engine2", ok, "--size", "40"}, 2, "--size: '40' is not a board size"},
      {{"--engine1", ok, "--engine2", ok, "--rules", "japanese", "--net", "/no/net"}, 2, "/no/net"},
      {{"--engine1", ok, "--engine2", ok, "--resume"}, 2, "--resume needs --results"},
      {{"--engine1", ok, "--engine2", ok, "--openings", "/no/such"}, 2, "--openings: cannot open"},
      {{"--engine1", ok, "--engine2", "false"}, 1, "the match cannot go on"},
  };
  for (const Row& row : rows) {
    const Run run = match(row.args);
    INFO(row.error);
    CHECK(run.code == row.code);
    CHECK(run.out.empty());
    CHECK_THAT(run.err, Catch::StartsWith("ponnuki: ") && Catch::Contains(row.error));
  }
}

}  // namespace
}  // namespace ponnuki::cli
