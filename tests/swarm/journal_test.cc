// The journal: a lease, and a copy of a run's folder.
#include "swarm/journal.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <map>

#include "engine/file.h"
#include "selfplay/files/locked_file.h"
#include "swarm/folder_mirror.h"
#include "tests/support/temporary_folder.h"

namespace ponnuki::swarm {
namespace {

namespace fs = std::filesystem;
using Kind = JournalEntry::Kind;

/// A journal in memory. Several links lead to it.
struct Entries {
  std::vector<JournalEntry> all;
  std::string wanted;
  bool loses_answers = false;  // an entry is there, and its writer hears nothing
};

class MemoryLink : public JournalLink {
 public:
  explicit MemoryLink(Entries& entries) : entries_(entries) {}
  Result<Range> range() override { return Range{1, entries_.all.size()}; }
  Result<std::optional<JournalEntry>> read(std::uint64_t number) override {
    if (number == 0 || number > entries_.all.size()) return std::optional<JournalEntry>();
    return std::optional(entries_.all[number - 1]);
  }
  Result<std::optional<std::uint64_t>> append(const JournalEntry& entry,
                                              std::uint64_t behind) override {
    if (behind != entries_.all.size()) return std::optional<std::uint64_t>();
    entries_.all.push_back(entry);
    if (std::exchange(entries_.loses_answers, false)) return Error{"no answer"};
    return std::optional<std::uint64_t>(entries_.all.size());
  }
  Status ask_for_snapshot(const std::string& token) override {
    entries_.wanted = token;
    return {};
  }
  Result<std::string> wanted_snapshot() override { return entries_.wanted; }

 private:
  Entries& entries_;
};

std::unique_ptr<MemoryLink> link_to(Entries& entries) {
  return std::make_unique<MemoryLink>(entries);
}

const auto kSilent = [](const std::string&) {};

void write(const std::string& path, const std::string& text) {
  fs::create_directories(fs::path(path).parent_path());
  REQUIRE(write_file_atomically(path, text));
}

/// The files that are copied, with their contents.
std::map<std::string, std::string> files_in(const std::string& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string path = entry.path().lexically_relative(folder).string();
    if (entry.is_regular_file() && is_copied(path)) files[path] = *read_file(entry.path().string());
  }
  return files;
}

/// Applies what has come since the last call.
void follow(const Entries& entries, FolderMirror& mirror, std::size_t& next) {
  for (; next < entries.all.size(); ++next) REQUIRE(mirror.apply(entries.all[next], next + 1));
}

TEST_CASE("journal: a folder is copied, with what grows, changes and goes") {
  const test::TemporaryFolder folder;
  const std::string from = folder / "run", to = folder / "copy";
  write(from + "/state.bin", "first");
  write(from + "/games/000001.games", "games");
  write(from + "/nets/000001.bin.gz", std::string(JournalEntry::kMostPart + 10, 'n'));
  write(from + "/ledger.jsonl", "a\n");
  write(from + "/lock", "mine");
  write(to + "/games/000009.games", "of an earlier copy");
  Entries entries;
  Journal journal(link_to(entries), from);
  REQUIRE(journal.take(kSilent));
  auto mirror = FolderMirror::open(to);
  REQUIRE(mirror);
  std::size_t next = 0;
  REQUIRE(journal.sync());
  CHECK(entries.all.size() == 1);  // nobody has asked for a copy
  entries.wanted = mirror->token();
  Journal restarted(link_to(entries), from);  // asks at once who wants one
  REQUIRE(restarted.take(kSilent));
  REQUIRE(restarted.sync());
  follow(entries, *mirror, next);
  CHECK(mirror->is_whole());
  CHECK(files_in(to) == files_in(from));
  CHECK_FALSE(fs::exists(to + "/lock"));

  {
    auto games = selfplay::LockedFile::open(from + "/games/000001.games", "busy");
    REQUIRE(games);
    REQUIRE(games->append(" and more"));
  }
  write(from + "/games/000002.games", "");
  write(from + "/ledger.jsonl", "b\n");
  fs::remove(from + "/nets/000001.bin.gz");
  const std::size_t before = entries.all.size();
  REQUIRE(restarted.sync());
  const auto appended = std::ranges::count_if(
      entries.all, [](const JournalEntry& entry) { return entry.kind == Kind::kAppend; });
  CHECK(appended == 1);
  CHECK(entries.all.size() == before + 5);
  JournalEntry last = entries.all.back();
  entries.all.pop_back();
  follow(entries, *mirror, next);
  CHECK(files_in(to).at("ledger.jsonl") == "a\n");  // it is not known yet what belongs together
  entries.all.push_back(last);
  follow(entries, *mirror, next);
  CHECK(files_in(to) == files_in(from));
}

TEST_CASE("journal: a copy goes on after a restart, and asks anew if a part is missing") {
  const test::TemporaryFolder folder;
  const std::string to = folder / "copy";
  Entries entries;
  std::size_t next = 0;
  {
    auto mirror = FolderMirror::open(to);
    REQUIRE(mirror);
    entries.all = {{Kind::kSnapshot, "h", mirror->token(), ""},
                   {Kind::kFile, "h", "", "games/1.games", 0, true, "abc"},
                   {Kind::kReady, "h", "", ""}};
    follow(entries, *mirror, next);
  }
  auto mirror = FolderMirror::open(to);
  REQUIRE(mirror);
  CHECK(mirror->place() == 3);
  entries.all.push_back({Kind::kAppend, "h", "", "games/1.games", 3, true, "de"});
  entries.all.push_back({Kind::kReady, "h", "", ""});
  follow(entries, *mirror, next);
  CHECK(files_in(to).at("games/1.games") == "abcde");
  const std::string token = mirror->token();
  entries.all.push_back({Kind::kAppend, "h", "", "games/1.games", 9, true, "gap"});
  entries.all.push_back({Kind::kReady, "h", "", ""});
  follow(entries, *mirror, next);
  CHECK_FALSE(mirror->is_whole());
  CHECK(mirror->token() != token);
}

TEST_CASE("journal: paths that lead elsewhere are not written") {
  for (const char* path : {"../x", "/etc/x", "games/../../x", "lock", "games/a b", "other/x", "",
                           "nets/.hidden", "games"})
    CHECK_FALSE(is_copied(path));
  for (const char* path : {"state.bin", "games/000001.games", "nets/000001.bin.gz", "ledger.jsonl"})
    CHECK(is_copied(path));
}

TEST_CASE("journal: a learner that was away while another one took over is refused") {
  const test::TemporaryFolder folder;
  write(folder / "a/state.bin", "a");
  Entries entries;
  Journal stale(link_to(entries), folder / "a");
  REQUIRE(stale.take(kSilent));
  JournalEntry other;
  other.holder = "another";
  entries.all.push_back(other);
  entries.wanted = "token";  // so that there is something to write
  const Status refused = stale.sync();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message == "another learner has taken over this run: this one ends");
  CHECK(stale.is_lost());
}

TEST_CASE("journal: an answer that is lost, or a hub that has lost all, is no other learner") {
  const test::TemporaryFolder folder;
  write(folder / "a/state.bin", "a");
  Entries entries;
  Journal journal(link_to(entries), folder / "a");
  REQUIRE(journal.take(kSilent));
  entries.wanted = "token";
  entries.loses_answers = true;
  CHECK_FALSE(journal.sync());
  REQUIRE(journal.take(kSilent));
  CHECK_FALSE(journal.is_lost());
  entries.all.clear();
  Journal again(link_to(entries), folder / "a");
  REQUIRE(again.take(kSilent));
  REQUIRE(again.sync());
  CHECK(entries.all.size() == 4);  // a beat, the snapshot with one file
}

TEST_CASE("journal: a folder with a run of its own is not replaced by a copy") {
  const test::TemporaryFolder folder;
  write(folder / "run/state.bin", "mine");
  const auto mirror = FolderMirror::open(folder / "run");
  REQUIRE_FALSE(mirror);
  CHECK(mirror.error().message.find("has a run of its own") != std::string::npos);
}

}  // namespace
}  // namespace ponnuki::swarm
