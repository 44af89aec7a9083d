// `ponnuki net info` and `net show`: what they write and print, and errors for every mistake.
#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "engine/file.h"
#include "tests/support/png_decoder.h"
#include "tests/support/program_run.h"
#include "tests/support/random_tower.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/xml_check.h"

namespace ponnuki::cli {
namespace {

using Run = test::ProgramRun;

Run show(std::vector<std::string> args) {
  args.insert(args.begin(), {"net", "show", "--net", "built-in"});
  return test::run_ponnuki(args);
}

constexpr const char* kGame = "(;FF[4]GM[1]SZ[9]KM[7];B[ee];W[cc];B[gc])";

TEST_CASE("net info: the summary, then a row a layer and the totals") {
  const Run info = test::run_ponnuki({"net", "info", "built-in", "--size", "9"});
  REQUIRE(info.code == 0);
  CHECK_THAT(info.out,
             Catch::Contains("receptive field   27x27, and the whole board") &&
                 Catch::Contains("\nconv1                 convolution  3x3, 22 -> 64      12,672"
                                 "   2.053  3x3\n") &&
                 Catch::Contains("\nblock3/gpool_to_bias  matrix ") && Catch::Contains("454,641"));
  CHECK(test::run_ponnuki({"net", "info", "built-in", "--size", "30"}).code == 2);
}

TEST_CASE("net info --json: the same for programs") {
  const Run info = test::run_ponnuki({"net", "info", "built-in", "--json"});
  REQUIRE(info.code == 0);
  const auto json = nlohmann::json::parse(info.out);
  CHECK(std::ranges::count(info.out, '\n') == 1);
  std::int64_t parameters = 0;
  for (const auto& layer : json["layers"]) parameters += layer["parameters"].get<std::int64_t>();
  CHECK(parameters == json["parameters"]);
  CHECK(json["layers"][0] ==
        nlohmann::json::parse(R"({"name": "conv1", "kind": "convolution", "shape": "3x3, 22 -> 64",
            "channels": 64, "perPoint": true, "parameters": 12672, "flops": 9149184,
            "seesWholeBoard": false, "sees": [3, 3]})"));
}

TEST_CASE("net info warns of bytes behind a net of KataGo's format") {
  const test::TemporaryFolder folder;
  const auto info_with = [&](const std::string& ending, const std::string& behind) {
    const std::string path = folder / ("net" + ending);
    REQUIRE(test::run_ponnuki({"net", "convert", "built-in", path}).code == 0);
    std::ofstream(path, std::ios::app) << behind;
    const Run info = test::run_ponnuki({"net", "info", path});
    CHECK(info.code == 0);
    return info.err;
  };
  for (const char* ending : {".bin", ".txt"}) {
    CAPTURE(ending);
    CHECK(info_with(ending, "\n \n").empty());
    CHECK_THAT(info_with(ending, "\n junk\n"),
               Catch::Contains("warning") && Catch::Contains("7 bytes follow the net"));
  }
}

TEST_CASE("net show writes the kind of file that its name says") {
  const test::TemporaryFolder folder;
  const std::string game = folder.write("game.sgf", kGame);
  for (const std::vector<std::string>& what : {std::vector<std::string>{"--planes"},
                                               {"--filters"},
                                               {"--policy"},
                                               {"--ownership"},
                                               {"--layer", "block1/conv1"},
                                               {"--layer", "planes"},
                                               {"--layer", "value/v3"}}) {
    CAPTURE(what[0], what.back());
    std::vector<std::string> args = {"--sgf", game, "--out", folder / "a.svg"};
    args.insert(args.end(), what.begin(), what.end());
    const Run svg = show(args);
    CHECK(svg.code == 0);
    CHECK(svg.out + svg.err == "");
    CHECK(test::xml_error(*read_file(folder / "a.svg")) == "");
    args[3] = folder / "a.png";
    CHECK(show(args).code == 0);
    CHECK(test::decode_png(*read_file(folder / "a.png")).width > 100);
  }
}

TEST_CASE("net show: the position is the game's end, or after --move N, or an empty board") {
  const test::TemporaryFolder folder;
  const std::string game = folder.write("game.sgf", kGame), out = folder / "a.svg";
  const auto heading = [&](std::vector<std::string> args) {
    args.insert(args.end(), {"--policy", "--out", out});
    const Run done = show(args);
    CAPTURE(done.err);
    REQUIRE(done.code == 0);
    return *read_file(out);
  };
  CHECK_THAT(heading({"--sgf", game}),
             Catch::Contains("game.sgf after move 3") && Catch::Contains("would White play?"));
  CHECK_THAT(heading({"--sgf", game, "--move", "2"}),
             Catch::Contains("game.sgf after move 2") && Catch::Contains("would Black play?"));
  CHECK_THAT(heading({"--sgf", game, "--move", "0"}), Catch::Contains("after move 0"));
  CHECK_THAT(heading({"--size", "5x7"}), Catch::Contains("The empty 5x7 board"));
  CHECK_THAT(heading({}), Catch::Contains("The empty 19x19 board"));
}

TEST_CASE("net show: rules and komi are the record's where none are given") {
  const test::TemporaryFolder folder;
  const std::string out = folder / "a.svg";
  const std::string game = folder.write("game.sgf", "(;FF[4]SZ[9]KM[5]RU[Chinese];B[ee];W[cc])");
  const auto planes = [&](std::vector<std::string> args) {
    args.insert(args.end(), {"--sgf", game, "--planes", "--out", out});
    REQUIRE(show(args).code == 0);
    return *read_file(out);
  };
  CHECK_THAT(planes({}),
             Catch::Contains("komi for me / 20: -0.25<") && Catch::Contains("ko: not simple: 0<"));
  CHECK_THAT(planes({"--rules", "tromp-taylor"}),
             Catch::Contains("komi for me / 20: -0.25<") && Catch::Contains("ko: not simple: 1<"));
  CHECK_THAT(planes({"--komi", "7"}),
             Catch::Contains("komi for me / 20: -0.35<") && Catch::Contains("ko: not simple: 0<"));
}

TEST_CASE("net show --all: planes, filters, answers, and every layer in its order") {
  const test::TemporaryFolder folder;
  const std::string out = folder / "new/sheets";
  const Run all = show({"--size", "5", "--all", "--out", out});
  REQUIRE(all.code == 0);
  CHECK(all.out == "59 pictures in " + out + "\n");
  std::vector<std::string> names;
  for (const auto& file : std::filesystem::directory_iterator(out)) {
    names.push_back(file.path().filename().string());
    CHECK(test::xml_error(*read_file(file.path().string())) == "");
  }
  CHECK(names.size() == 59);
  for (const char* const name : {"planes.svg", "filters.svg", "policy.svg", "ownership.svg",
                                 "layer-001-conv1.svg", "layer-055-value-ownership.svg"})
    CHECK(std::ranges::count(names, name) == 1);
}

TEST_CASE("net show: a net of Leela Zero's kind, on the board that it knows") {
  const test::TemporaryFolder folder;
  const std::string out = folder / "sheets", picture = folder / "a.svg";
  const std::string net =
      folder.write("leela.txt", test::random_leela_zero({.side = 9, .channels = 4, .blocks = 1}));
  const Run all = test::run_ponnuki({"net", "show", "--net", net, "--all", "--out", out});
  CAPTURE(all.err);
  REQUIRE(all.code == 0);
  CHECK(all.out == "19 pictures in " + out + "\n");  // planes, filters, policy, 16 layers
  CHECK_FALSE(std::filesystem::exists(out + "/ownership.svg"));
  CHECK_THAT(*read_file(out + "/planes.svg"),
             Catch::Contains("The empty 9x9 board") && Catch::Contains("17: White to move"));
  for (const auto& [size, what, says] :
       {std::array{"19", "--policy", "cannot judge boards of 19x19"},
        {"9", "--ownership", "has no ownership"}}) {
    const Run wrong =
        test::run_ponnuki({"net", "show", "--net", net, "--size", size, what, "--out", picture});
    CHECK(wrong.code == 2);
    CHECK_THAT(wrong.err, Catch::Contains(says));
    CHECK_FALSE(std::filesystem::exists(picture));
  }
}

TEST_CASE("net show: every mistake is one line that says what to do, and writes nothing") {
  const test::TemporaryFolder folder;
  const std::string game = folder.write("game.sgf", kGame), out = folder / "a.svg";
  const std::string broken = folder.write("broken.sgf", "(;FF[4]GM[1]SZ[9];B[ee");
  struct Mistake {
    std::vector<std::string> args;
    std::string says;
  };
  const std::vector<Mistake> mistakes = {
      {{"--out", out}, "choose one of --planes, --filters, --layer NAME"},
      {{"--planes", "--policy", "--out", out}, "choose one of --planes"},
      {{"--planes"}, "--out is missing"},
      {{"--all"}, "--out is missing: a folder"},
      {{"--planes", "--out", folder / "a.gif"}, "must end in .svg or .png"},
      {{"--layer", "block9/conv1", "--out", out}, "no layer 'block9/conv1'; near are block1/conv1"},
      {{"--layer", "", "--out", out}, "no layer ''"},
      {{"--policy", "--move", "3", "--out", out}, "give one with --sgf"},
      {{"--policy", "--sgf", game, "--move", "4", "--out", out},
       "--move: 4 is beyond the game, which has 3 moves"},
      {{"--policy", "--sgf", game, "--move", "-1", "--out", out}, "move: '-1' is not"},
      {{"--policy", "--sgf", game, "--size", "9", "--out", out}, "leave it out with --sgf"},
      {{"--policy", "--sgf", broken, "--out", out}, "broken.sgf"},
      {{"--policy", "--sgf", folder / "none.sgf", "--out", out}, "none.sgf"},
      {{"--policy", "--size", "1", "--out", out}, "--size: "},
      {{"--policy", "--rules", "klingon", "--out", out}, "--rules: "},
      {{"--policy", "--net", folder / "none.bin", "--out", out}, "there is no file"},
      {{"--policy", "--net", "none", "--out", out}, "there is no net to show"},
      {{"--policy", "--net", game, "--out", out}, "game.sgf"},
      {{"--all", "--format", "gif", "--out", folder / "all"}, "'gif' is not one of svg, png"}};
  for (const Mistake& mistake : mistakes) {
    const Run wrong = show(mistake.args);
    CAPTURE(mistake.says, wrong.err);
    CHECK(wrong.code == 2);
    CHECK(wrong.out.empty());
    CHECK_THAT(wrong.err, Catch::StartsWith("ponnuki: ") && Catch::Contains(mistake.says));
    CHECK(std::ranges::count(wrong.err, '\n') == 1);
    CHECK_FALSE(std::filesystem::exists(out));
  }
}

TEST_CASE("net show: a file that cannot be written is a failure, not bad input") {
  const test::TemporaryFolder folder;
  const std::string file = folder.write("file", "");
  for (const std::vector<std::string>& args :
       {std::vector<std::string>{"--filters", "--out", folder / "missing/a.svg"},
        {"--size", "2", "--all", "--out", file}}) {
    const Run failed = show(args);
    CAPTURE(failed.err);
    CHECK(failed.code == 1);
    CHECK_THAT(failed.err, Catch::StartsWith("ponnuki: --out: "));
    CHECK(std::ranges::count(failed.err, '\n') == 1);
  }
}

}  // namespace
}  // namespace ponnuki::cli
