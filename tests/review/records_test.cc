// Which records a command line names, and where their reports go.
#include "review/records.h"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <thread>

#include "review/report_files.h"
#include "review/sgf_report.h"
#include "tests/support/packed_record.h"
#include "tests/support/reviews.h"
#include "tests/support/temporary_folder.h"

namespace ponnuki::review {
namespace {

namespace fs = std::filesystem;

using test::TemporaryFolder;

const char* const kRecord = "(;SZ[5];B[cc])";

/// As paths below `folder`, where they lie there.
std::vector<std::string> stems(const TemporaryFolder& folder,
                               const std::vector<std::string>& arguments, const std::string& out) {
  const auto records = find_records(arguments, out);
  REQUIRE(records.ok());
  std::vector<std::string> found;
  for (const Record& record : *records)
    found.push_back(record.stem.starts_with(folder / "") ? record.stem.substr((folder / "").size())
                                                         : record.stem);
  return found;
}

TEST_CASE("Records: folders are searched, reports lie beside the records or in one folder") {
  const TemporaryFolder folder;
  const std::string b = folder.write("games/b.sgf", kRecord);
  folder.write("games/deep/a.SGF", kRecord);
  folder.write("games/readme.txt", kRecord);
  const std::string games = folder / "games";
  CHECK(stems(folder, {games}, "") == std::vector<std::string>{"games/b", "games/deep/a"});
  CHECK(stems(folder, {games}, "out") == std::vector<std::string>{"out/b", "out/deep/a"});
  CHECK(stems(folder, {b}, "out") == std::vector<std::string>{"out/b"});
  CHECK(stems(folder, {folder.write("game.txt", kRecord)}, "") ==
        std::vector<std::string>{"game.txt"});
}

TEST_CASE("Records: packed records are found in folders and read") {
  const TemporaryFolder folder;
  folder.write("games/a.sgf.gz", test::kGzipRecord);
  folder.write("games/b.SGF.XZ", "damaged");
  folder.write("games/c.txt.gz", test::kGzipRecord);
  const auto records = find_records({folder / "games"}, "");
  REQUIRE(records.ok());
  REQUIRE(records->size() == 2);
  CHECK((*records)[0].stem == folder / "games/a");
  CHECK((*records)[1].stem == folder / "games/b");
  const RecordScan scan = scan_record((*records)[0], {});
  CHECK(scan.errors.empty());
  REQUIRE(scan.games.size() == 1);
  CHECK(scan.games[0].positions == 2);
  CHECK(scan_record((*records)[1], {}).errors.size() == 1);
}

TEST_CASE("Records: a folder without records is an error, and so is a file that is not there") {
  const TemporaryFolder folder;
  folder.write("empty/readme.txt", kRecord);
  const auto none = find_records({folder / "empty"}, "");
  REQUIRE_FALSE(none.ok());
  CHECK(none.error().message.find("no game records") != std::string::npos);
  const auto missing = find_records({"nowhere.sgf"}, "");
  REQUIRE(missing.ok());
  const RecordScan scan = scan_record(missing->front(), {});
  REQUIRE(scan.errors.size() == 1);
  CHECK(scan.errors[0].find("nowhere.sgf") != std::string::npos);
}

TEST_CASE("Records: the games of a file, each by itself") {
  const TemporaryFolder folder;
  const std::string file = folder.write(
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
  const auto tree = RecordReader(options).read(scan.games[1]);
  REQUIRE(tree.ok());
  CHECK(tree->nodes().size() == 4);
}

TEST_CASE("Records: a pipe and standard input are read once, and their reports lie here") {
  const TemporaryFolder folder;
  const std::string pipe = folder / "pipe.sgf";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  std::jthread writer([&] { std::ofstream(pipe) << "(;SZ[5];B[cc];W[bb])(;SZ[5];B[dd])"; });
  const auto records = find_records({pipe, "-"}, "");
  REQUIRE(records.ok());
  CHECK((*records)[0].stem == "pipe");
  CHECK((*records)[1].stem == "stdin");
  const RecordOptions options;
  const RecordScan scan = scan_record((*records)[0], options);
  writer.join();
  REQUIRE(scan.games.size() == 2);
  RecordReader reader(options);
  CHECK(reader.read(scan.games[1])->main_moves() == 1);
  CHECK(reader.read(scan.games[0])->main_moves() == 2);
  CHECK(find_records({folder / ""}, "").error().message.find("no game records") !=
        std::string::npos);  // a pipe in a folder is not opened
}

TEST_CASE("Records: a device without end is an error, not a flood") {
  const auto records = find_records({"/dev/zero"}, "");
  const RecordScan scan = scan_record(records->front(), {});
  REQUIRE(scan.errors.size() == 1);
  CHECK(scan.errors[0].find("longer than the limit") != std::string::npos);
}

TEST_CASE("Records: our own reports are known, and files are written whole where they belong") {
  const TemporaryFolder folder;
  const GameReview review = test::review_of("(;SZ[5];B[cc])", {{0.5, 0, {"C3"}}, {0.5, 0, {"B2"}}});
  const ReportKinds kinds{true, true, true, true, true};
  const std::string stem = folder / "new/game";
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
  CHECK(nowhere.error().message.find("/proc/nowhere") != std::string::npos);
}

}  // namespace
}  // namespace ponnuki::review
