// Which records a command line names, and where their reports go.
#include "review/records.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "review/report_files.h"
#include "review/sgf_report.h"
#include "tests/support/reviews.h"

namespace ponnuki {
namespace {

namespace fs = std::filesystem;

struct Folder {
  Folder() {
    char name[] = "/tmp/ponnuki-records-XXXXXX";
    path = ::mkdtemp(name);
  }
  ~Folder() { fs::remove_all(path); }
  std::string add(const std::string& name, const std::string& text = "(;SZ[5];B[cc])") const {
    fs::create_directories((path / name).parent_path());
    std::ofstream(path / name) << text;
    return (path / name).string();
  }
  fs::path path;
};

std::vector<std::string> stems(const Folder& folder, const std::vector<std::string>& arguments,
                               const std::string& out) {
  const auto records = find_records(arguments, out);
  REQUIRE(records.ok());
  std::vector<std::string> found;
  for (const Record& record : *records)
    found.push_back(record.stem.starts_with(folder.path.string())
                        ? record.stem.substr(folder.path.string().size() + 1)
                        : record.stem);
  return found;
}

TEST_CASE("Records: folders are searched, reports lie beside the records or in one folder") {
  const Folder folder;
  const std::string b = folder.add("games/b.sgf");
  folder.add("games/deep/a.SGF");
  folder.add("games/readme.txt");
  const std::string games = (folder.path / "games").string();
  CHECK(stems(folder, {games}, "") == std::vector<std::string>{"games/b", "games/deep/a"});
  CHECK(stems(folder, {games}, "out") == std::vector<std::string>{"out/b", "out/deep/a"});
  CHECK(stems(folder, {b}, "out") == std::vector<std::string>{"out/b"});
  CHECK(stems(folder, {b, games}, "out") ==
        std::vector<std::string>{"out/b", "out/b-2", "out/deep/a"});  // none over another
  CHECK(stems(folder, {folder.add("game.txt")}, "") == std::vector<std::string>{"game.txt"});
}

TEST_CASE("Records: a folder without records is an error, and so is a file that is not there") {
  const Folder folder;
  folder.add("empty/readme.txt");
  const auto none = find_records({(folder.path / "empty").string()}, "");
  REQUIRE_FALSE(none.ok());
  CHECK(none.error().find("no game records") != std::string::npos);
  const auto missing = find_records({"nowhere.sgf"}, "");
  REQUIRE(missing.ok());
  const RecordScan scan = scan_record(missing->front(), {});
  REQUIRE(scan.errors.size() == 1);
  CHECK(scan.errors[0].find("nowhere.sgf") != std::string::npos);
}

TEST_CASE("Records: the games of a file, each by itself") {
  const Folder folder;
  const std::string file = folder.add(
      "many.sgf", "(;SZ[5];B[cc];W[bb])(;SZ[5];B[cc];W[cc])(;SZ[5];B[dd](;W[aa])(;W[ee]))");
  const auto records = find_records({file}, "out");
  RecordOptions options;
  const RecordScan scan = scan_record(records->front(), options);
  REQUIRE(scan.games.size() == 2);
  CHECK(scan.games[0].name == file + "#1");
  CHECK(scan.games[0].stem == "out/many-1");
  CHECK(scan.games[0].positions == 3);
  CHECK(scan.games[1].stem == "out/many-3");
  REQUIRE(scan.errors.size() == 1);
  CHECK(scan.errors[0].find(file + "#2: move 2") != std::string::npos);
  options.with_variations = true;
  CHECK(scan_record(records->front(), options).games[1].positions == 4);
  const auto tree = read_record(scan.games[1], options);
  REQUIRE(tree.ok());
  CHECK(tree->nodes().size() == 4);
}

TEST_CASE("Records: our own reports are known, and files are written whole where they belong") {
  const Folder folder;
  const GameReview review = test::review_of("(;SZ[5];B[cc])", {{0.5, 0, {"C3"}}, {0.5, 0, {"B2"}}});
  const ReportKinds kinds{true, true, true, true, true};
  const std::string stem = (folder.path / "new" / "game").string();
  REQUIRE(write_reports(review, kinds, stem, "Ponnuki 1.0").ok());
  const auto files = report_files(kinds, stem);
  REQUIRE(files.size() == 5);
  for (const std::string& file : files) CHECK(fs::file_size(file) > 0);
  const auto records = find_records({stem + ".analyzed.sgf"}, "");
  const RecordScan scan = scan_record(records->front(), {});
  CHECK(scan.games.empty());
  CHECK(scan.errors.empty());
  CHECK(scan.reports.size() == 1);
  const Status nowhere = write_reports(review, kinds, "/proc/nowhere/game", "Ponnuki 1.0");
  REQUIRE_FALSE(nowhere.ok());
  CHECK(nowhere.error().find("/proc/nowhere") != std::string::npos);
}

}  // namespace
}  // namespace ponnuki
