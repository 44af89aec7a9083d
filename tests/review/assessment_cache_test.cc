// The cache: what is written is found again, by this run and the next, whatever happened to the
// file.
#include "review/assessment_cache.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "engine/file.h"
#include "tests/support/temporary_folder.h"

namespace ponnuki::review {
namespace {

namespace fs = std::filesystem;

struct Folder : test::TemporaryFolder {
  std::string file() const { return *this / "deep/cache"; }
};

Position after(Point move) {
  Position position({5, 5});
  position.play(move);
  return position;
}

constexpr Effort kEffort{10, 5};

Assessment of(double lead) {
  Assessment a;
  a.visits = 12;
  a.effort = kEffort;
  a.lead = lead;
  return a;
}

AssessmentCache open(const std::string& file, const std::string& judge = "net",
                     std::size_t most_bytes = AssessmentCache::kMostBytes) {
  auto cache = AssessmentCache::open(file, judge, most_bytes);
  REQUIRE(cache.ok());
  return std::move(*cache);
}

void append(const std::string& file, const std::string& text) {
  std::ofstream(file, std::ios::app) << text;
}

TEST_CASE("Cache: a file that is something else is not written to") {
  const test::TemporaryFolder folder;
  const std::string record = folder.write("game.sgf", "(;SZ[5];B[cc])");
  const auto cache = AssessmentCache::open(record, "judge");
  REQUIRE_FALSE(cache.ok());
  CHECK(cache.error().message.find("game.sgf' is no cache") != std::string::npos);
  CHECK(std::filesystem::file_size(record) == 14);
  CHECK(AssessmentCache::open(folder.write("empty", ""), "judge").ok());
  CHECK(AssessmentCache::open(folder.write("cut", "0123ab"), "judge").ok());
}

TEST_CASE("Cache: found at once and after opening it anew, the newest of a position") {
  const Folder folder;
  {
    AssessmentCache cache = open(folder.file());
    CHECK_FALSE(cache.find(after(Point::at(1, 1)), kEffort));
    REQUIRE(cache.add(after(Point::at(1, 1)), of(1)).ok());
    REQUIRE(cache.add(after(Point::at(2, 2)), of(2)).ok());
    REQUIRE(cache.add(after(Point::at(1, 1)), of(3)).ok());
    CHECK(cache.find(after(Point::at(1, 1)), kEffort)->lead == 3);
  }
  const AssessmentCache cache = open(folder.file());
  CHECK(cache.find(after(Point::at(1, 1)), kEffort)->lead == 3);
  CHECK(cache.find(after(Point::at(2, 2)), kEffort)->lead == 2);
  CHECK_FALSE(cache.find(after(Point::at(3, 3)), kEffort));
}

TEST_CASE("Cache: another judge, another komi, another effort is another search") {
  const Folder folder;
  AssessmentCache cache = open(folder.file());
  REQUIRE(cache.add(after(Point::at(1, 1)), of(1)).ok());
  Position other = after(Point::at(1, 1));
  other.set_komi(3);
  CHECK_FALSE(cache.find(other, kEffort));
  CHECK_FALSE(cache.find(after(Point::at(1, 1)), {20, 5}));
  CHECK_FALSE(open(folder.file(), "another net").find(after(Point::at(1, 1)), kEffort));
}

TEST_CASE("Cache: lines that are cut off or damaged are as if they were not there") {
  const Folder folder;
  REQUIRE(open(folder.file()).add(after(Point::at(1, 1)), of(1)).ok());
  append(folder.file(), "nonsense\n0123456789abcdef {\"broken\":\n\n");
  append(folder.file(), "0123456789abcdef {\"cut o");
  {
    AssessmentCache cache = open(folder.file());
    CHECK(cache.find(after(Point::at(1, 1)), kEffort)->lead == 1);
    REQUIRE(cache.add(after(Point::at(2, 2)), of(2)).ok());
  }
  CHECK(open(folder.file()).find(after(Point::at(2, 2)), kEffort)->lead ==
        2);  // not lost with the cut line
}

TEST_CASE("Cache: damaged lines are counted, whichever bit it is") {
  const Folder folder;
  REQUIRE(open(folder.file()).add(after(Point::at(1, 1)), of(1)).ok());
  const std::string whole = *read_file(folder.file());
  CHECK(open(folder.file()).damage().empty());
  for (std::size_t at = 0; at + 1 < whole.size(); ++at) {
    CAPTURE(at);
    std::string damaged = whole;
    damaged[at] ^= 1;
    std::ofstream(folder.file()) << "0123456789abcdef {}\n" << damaged;
    const AssessmentCache cache = open(folder.file());
    CHECK(cache.damage() == folder.file() + ": 1 line is damaged and left out");
    CHECK_FALSE(cache.find(after(Point::at(1, 1)), kEffort));
  }
  std::ofstream(folder.file()) << whole.substr(0, whole.size() - 9) << "\n?\n" << whole;
  CHECK(open(folder.file()).damage() == folder.file() + ": 2 lines are damaged and left out");
  CHECK(open(folder.file()).find(after(Point::at(1, 1)), kEffort)->lead == 1);
}

TEST_CASE("Cache: lines of earlier versions, without a checksum, are read") {
  const Folder folder;
  REQUIRE(open(folder.file()).add(after(Point::at(1, 1)), of(1)).ok());
  std::string line = *read_file(folder.file());
  line.erase(16, 17);
  std::ofstream(folder.file()) << line;
  CHECK(open(folder.file()).damage().empty());
  CHECK(open(folder.file()).find(after(Point::at(1, 1)), kEffort)->lead == 1);
}

TEST_CASE("Cache: a file that has grown too large is kept once more, then goes") {
  const Folder folder;
  REQUIRE(open(folder.file()).add(after(Point::at(1, 1)), of(1)).ok());
  AssessmentCache second = open(folder.file(), "net", 10);
  CHECK(fs::file_size(folder.file()) == 0);
  CHECK(second.find(after(Point::at(1, 1)), kEffort)->lead == 1);
  REQUIRE(second.add(after(Point::at(2, 2)), of(2)).ok());
  const AssessmentCache third = open(folder.file(), "net", 10);
  CHECK(third.find(after(Point::at(2, 2)), kEffort)->lead == 2);
  CHECK_FALSE(third.find(after(Point::at(1, 1)), kEffort));
}

TEST_CASE(
    "Cache: where it cannot be written, the error names the file, without one nothing is kept") {
  const auto cache = AssessmentCache::open("/proc/nowhere/cache", "net");
  REQUIRE_FALSE(cache.ok());
  CHECK(cache.error().message.find("/proc/nowhere/cache") != std::string::npos);
  AssessmentCache none;
  CHECK(none.add(after(Point::at(1, 1)), of(1)).ok());
  CHECK_FALSE(none.find(after(Point::at(1, 1)), kEffort));
}

TEST_CASE("Cache: a full disk is told once") {
  if (!fs::exists("/dev/full")) return;
  auto cache = AssessmentCache::open("/dev/full", "net");
  REQUIRE(cache.ok());
  CHECK_FALSE(cache->add(after(Point::at(1, 1)), of(1)).ok());
  CHECK(cache->add(after(Point::at(1, 1)), of(1)).ok());
}

}  // namespace
}  // namespace ponnuki::review
