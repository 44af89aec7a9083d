// No report overwrites another one or a file of the user.
#include "review/report_names.h"

#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/support/reviews.h"
#include "tests/support/temporary_folder.h"

namespace ponnuki::review {
namespace {

namespace fs = std::filesystem;

using test::TemporaryFolder;
using Names = std::vector<std::string>;

const char* const kRecord = "(;SZ[5];B[cc])";
const char* const kTwoGames = "(;SZ[5];B[cc])(;SZ[5];B[dd])";

std::vector<Record> games_of(const Names& arguments, const std::string& out) {
  const auto files = find_records(arguments, out);
  REQUIRE(files.ok());
  std::vector<Record> games;
  for (const Record& file : *files) {
    for (Record& game : scan_record(file, {}).games) games.push_back(std::move(game));
  }
  name_reports(games);
  return games;
}

/// The stems of all games, as paths below `folder` where they lie there.
Names stems(const TemporaryFolder& folder, const Names& arguments, const std::string& out = "") {
  Names found;
  for (const Record& game : games_of(arguments, out)) {
    const bool below = game.stem.starts_with(folder / "");
    found.push_back(below ? game.stem.substr((folder / "").size()) : game.stem);
  }
  return found;
}

std::string refusal(const Names& arguments, const ReportKinds& kinds) {
  const Status status = check_nothing_is_lost(games_of(arguments, ""), kinds);
  return status ? "" : status.error().message;
}

constexpr ReportKinds kAll{true, true, true, true, true};

}  // namespace

TEST_CASE("Names of reports: the games of a file leave its neighbours their names") {
  const TemporaryFolder folder;
  const std::string kifu = folder.write("kifu.sgf", kTwoGames);
  const std::string second = folder.write("kifu-2.sgf", kRecord);
  CHECK(stems(folder, {kifu, second}) == Names{"kifu-1", "kifu-2-2", "kifu-2"});
  CHECK(stems(folder, {second, kifu}) == Names{"kifu-2", "kifu-1", "kifu-2-2"});
  CHECK(stems(folder, {folder / ""}) == Names{"kifu-2", "kifu-1", "kifu-2-2"});
  // The same where the neighbour is not analysed now: its reports may be there already.
  CHECK(stems(folder, {kifu}) == Names{"kifu-1", "kifu-2-2"});
  folder.write("kifu-2-2.sgf", kRecord);
  CHECK(stems(folder, {kifu}) == Names{"kifu-1", "kifu-2-3"});
  folder.write("Kifu-1.SGF", kRecord);
  CHECK(stems(folder, {folder / "Kifu-1.SGF", kifu}) == Names{"Kifu-1", "kifu-1-2", "kifu-2-3"});
}

TEST_CASE("Names of reports: files of one name from several folders") {
  const TemporaryFolder folder;
  const std::string a = folder.write("a/game.sgf", kRecord),
                    b = folder.write("b/game.sgf", kRecord),
                    c = folder.write("c/Game.sgf", kRecord),
                    d = folder.write("d/game-2.sgf", kRecord);
  CHECK(stems(folder, {a, b, c, d}, "out") ==
        Names{"out/game", "out/game-3", "out/Game-4", "out/game-2"});
  CHECK(stems(folder, {folder / "a", folder / "b"}, "out") == Names{"out/game", "out/game-2"});
  CHECK(stems(folder, {a, b}) == Names{"a/game", "b/game"});
}

TEST_CASE("Names of reports: one file by several paths, links and other endings") {
  const TemporaryFolder folder;
  const std::string game = folder.write("games/game.sgf", kRecord);
  fs::create_directory_symlink(folder / "games", folder / "link");
  fs::create_symlink(game, folder / "other.sgf");
  CHECK(stems(folder, {game, game}) == Names{"games/game", "games/game-2"});
  CHECK(stems(folder, {game, folder / "link/game.sgf"}) == Names{"games/game", "link/game-2"});
  CHECK(stems(folder, {game, folder / "games/../games/game.sgf"}) ==
        Names{"games/game", "games/../games/game-2"});
  CHECK(stems(folder, {game, folder / "other.sgf"}) == Names{"games/game", "other"});
  const std::string text = folder.write("games/game", kRecord);
  CHECK(stems(folder, {game, text}) == Names{"games/game", "games/game-2"});
}

TEST_CASE("Names of reports: records of servers leave the name to an SGF beside them") {
  const TemporaryFolder folder;
  const std::string ugf = "[Header]\nSize=9\n[Data]\nEE,B1,1,0\n";
  const std::string ugi = folder.write("game.ugi", ugf), gib = folder.write("game.UGF", ugf);
  CHECK(stems(folder, {ugi}) == Names{"game-2"});  // game.UGF stands before it
  CHECK(stems(folder, {gib}) == Names{"game"});
  const std::string sgf = folder.write("game.sgf", kRecord);
  CHECK(stems(folder, {ugi, gib, sgf}) == Names{"game-2", "game-3", "game"});
  CHECK(stems(folder, {folder / ""}) == Names{"game-2", "game", "game-3"});
}

TEST_CASE("A report does not overwrite what is no report") {
  const TemporaryFolder folder;
  const std::string game = folder.write("foo.sgf", kRecord);
  CHECK(refusal({game}, kAll) == "");
  for (const char* ending : {"sgf", "jsonl", "csv", "html", "svg"}) {
    INFO(ending);
    const std::string file = folder.write(std::string("foo.analyzed.") + ending, kRecord);
    for (const Names& arguments : {Names{game}, Names{game, file}, Names{file, game}}) {
      const std::string error = refusal(arguments, kAll);
      CHECK(error.find("foo.sgf: its report '" + file + "' would overwrite") != std::string::npos);
      CHECK(error.find("--out") != std::string::npos);
    }
    CHECK(refusal({game}, {}) == "");  // without reports nothing is overwritten
    fs::remove(file);
    fs::create_directory(file);
    CHECK(refusal({game}, kAll) != "");
    fs::remove(file);
    fs::create_symlink(game, file);
    CHECK(refusal({game}, kAll) != "");
    fs::remove(file);
    fs::create_symlink("/dev/null", file);
    CHECK(refusal({game}, kAll) != "");
    fs::remove(file);
  }
  folder.write("foo.analyzed.sgf", "");
  CHECK(refusal({game}, kAll) == "");  // an empty file holds nothing
}

TEST_CASE(
    "A report overwrites an earlier report, and knows other programs' files by their contents") {
  const TemporaryFolder folder;
  const std::string game = folder.write("foo.sgf", kRecord);
  const GameReview review = test::review_of(kRecord, {{0.5, 0, {"C3"}}, {0.5, 0, {"B2"}}});
  REQUIRE(write_reports(review, kAll, folder / "foo", "Ponnuki 1.0").ok());
  CHECK(refusal({game}, kAll) == "");
  folder.write("foo.analyzed.jsonl",
               R"({"id":"1","isDuringSearch":false,"moveInfos":[],"rootInfo":{"thisHash":"A"},)"
               R"("turnNumber":0})"
               "\n");
  CHECK(refusal({game}, kAll).find("foo.analyzed.jsonl") != std::string::npos);
}

TEST_CASE("Whether reports can be written is known before the work") {
  const TemporaryFolder folder;
  const std::string game = folder.write("foo.sgf", kRecord);
  const ReportKinds html{.html = true};
  const auto check = [&](const std::string& out) {
    return check_reports_can_be_written(games_of({game}, out), html, out);
  };
  CHECK(check("").ok());
  CHECK(check(folder / "new/deep").ok());
  CHECK(fs::is_directory(folder / "new/deep"));
  CHECK(check(game).error().message.find("--out: " + game + ": cannot be made") !=
        std::string::npos);
  CHECK(check(game + "/below").error().message.find(game) != std::string::npos);
  CHECK(check("/proc/nowhere").error().message.find("/proc/nowhere") != std::string::npos);
  CHECK(check(folder / std::string(300, 'x')).error().message.find("xxx") != std::string::npos);
  const std::string long_name = folder.write(std::string(250, 'y') + ".sgf", kRecord);
  CHECK_FALSE(check_reports_can_be_written(games_of({long_name}, ""), html, "").ok());
  for (const fs::directory_entry& entry : fs::directory_iterator(folder / ""))
    CHECK(entry.path().string().find("foo.analyzed") == std::string::npos);  // nothing is left
}

}  // namespace ponnuki::review
