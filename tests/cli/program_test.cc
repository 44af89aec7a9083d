// The program as a whole: help, version, unknown words, exit codes.
#include "cli/program.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>

#include "tests/support/program_run.h"

namespace ponnuki::cli {
namespace {

using Run = test::ProgramRun;

TEST_CASE("Help names every subcommand, and every subcommand has help") {
  const Run help = test::run_ponnuki({"--help"});
  CHECK(help.code == 0);
  CHECK(help.err.empty());
  CHECK(test::run_ponnuki({}).out == help.out);
  for (const auto& subcommand : make_subcommands()) {
    CHECK_THAT(help.out,
               Catch::Contains(subcommand->name()) && Catch::Contains(subcommand->summary()));
    const Run one = test::run_ponnuki({"help", subcommand->name()});
    CHECK(one.code == 0);
    CHECK_THAT(one.out, Catch::StartsWith("Usage: ponnuki " + subcommand->name()) &&
                            Catch::Contains("--config FILE"));
  }
}

TEST_CASE("Help fits terminals of 80 columns") {
  std::vector<std::vector<std::string>> all = {{"--help"}};
  for (const auto& subcommand : make_subcommands()) all.push_back({"help", subcommand->name()});
  for (const auto& args : all) {
    std::istringstream help(test::run_ponnuki(args).out);
    for (std::string line; std::getline(help, line);) {
      CAPTURE(args, line);
      const auto is_first_byte = [](char c) { return (c & 0xC0) != 0x80; };  // of a character
      CHECK(std::ranges::count_if(line, is_first_byte) <= 80);
      CHECK_FALSE(line.ends_with(' '));
    }
  }
}

TEST_CASE("The first word of two is no subcommand") {
  for (const std::vector<std::string>& args :
       {std::vector<std::string>{"net"}, {"net", "--help"}, {"net", "x"}, {"help", "net"}}) {
    const Run one = test::run_ponnuki(args);
    CHECK(one.code == 2);
    CHECK_THAT(one.err, Catch::StartsWith("ponnuki: 'net' alone is no subcommand; there are ") &&
                            Catch::Contains("net info, net show, net convert, net average\n"));
  }
}

TEST_CASE("The version is three numbers") {
  const Run version = test::run_ponnuki({"--version"});
  CHECK(version.code == 0);
  CHECK_THAT(version.out, Catch::Matches("ponnuki [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}

TEST_CASE("Wrong words end with exit code 2 and one line that says what there is") {
  for (const std::vector<std::string>& args : {std::vector<std::string>{"gpt"},
                                               {"--nonsense"},
                                               {"net"},
                                               {"net", "info"},
                                               {"net", "info", "/no/such/file"},
                                               {"net", "info", "x", "--visits", "3"}}) {
    const Run wrong = test::run_ponnuki(args);
    INFO(wrong.err);
    CHECK(wrong.code == 2);
    CHECK(wrong.out.empty());
    CHECK_THAT(wrong.err, Catch::StartsWith("ponnuki: "));
    CHECK(std::count(wrong.err.begin(), wrong.err.end(), '\n') == 1);
  }
}

}  // namespace
}  // namespace ponnuki::cli
