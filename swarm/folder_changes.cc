#include "swarm/folder_changes.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>

#include "engine/file.h"

namespace ponnuki::swarm {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using Kind = JournalEntry::Kind;

constexpr auto kStateEvery = 30s;
constexpr const char* kState = "state.bin";

/// These files only grow, unless they are replaced.
bool grows(const std::string& path) { return path.ends_with(".games") || path.ends_with(".jsonl"); }

}  // namespace

bool is_copied(const std::string& path) {
  const bool is_plain = !path.empty() && path.size() < 200 && path.front() != '/' &&
                        std::ranges::all_of(path, [](char c) {
                          return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '.' ||
                                 c == '-' || c == '_' || c == '/';
                        });
  if (!is_plain || path.find("..") != std::string::npos || path.find("/.") != std::string::npos)
    return false;
  const std::size_t slash = path.find('/');
  if (slash != std::string::npos) {
    const std::string folder = path.substr(0, slash);
    return folder == "games" || folder == "nets" || folder == "hub-nets";
  }
  static const std::vector<std::string> names = {kState,          "state.conf",  "config.json",
                                                 "metrics.jsonl", "index.html",  "records.bin",
                                                 "records.conf",  "ledger.jsonl"};
  return std::ranges::find(names, path) != names.end();
}

std::vector<std::string> copied_files(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code ignored;
  for (const auto& entry : fs::recursive_directory_iterator(folder, ignored)) {
    std::string path = entry.path().lexically_relative(folder).string();
    if (is_copied(path)) files.push_back(std::move(path));
  }
  return files;
}

std::map<std::string, FolderChanges::Seen> FolderChanges::look() const {
  std::map<std::string, Seen> found;
  for (const std::string& path : copied_files(folder_)) {
    struct stat status {};
    if (::stat((folder_ + "/" + path).c_str(), &status) != 0 || !S_ISREG(status.st_mode)) continue;
    found[path] = {status.st_ino, status.st_size,
                   status.st_mtim.tv_sec * 1'000'000'000LL + status.st_mtim.tv_nsec};
  }
  return found;
}

Status FolderChanges::copy(const std::function<Status(JournalEntry)>& append) {
  const auto now = look();
  const auto entry_of = [](Kind kind, const std::string& path) {
    JournalEntry entry;
    entry.kind = kind;
    entry.path = path;
    return entry;
  };
  for (auto known = known_.begin(); known != known_.end();) {
    if (now.contains(known->first)) {
      ++known;
      continue;
    }
    PONNUKI_TRY(append(entry_of(Kind::kRemove, known->first)));
    known = known_.erase(known);
  }
  for (const auto& [path, seen] : now)
    if (path != kState) PONNUKI_TRY(copy_file(path, seen, append));
  const auto state = now.find(kState);
  const bool is_known = known_.contains(kState);
  if (state == now.end() || (is_known && Clock::now() - state_copied_ < kStateEvery)) return {};
  PONNUKI_TRY(copy_file(kState, state->second, append));
  state_copied_ = Clock::now();
  return {};
}

Status FolderChanges::copy_file(const std::string& path, const Seen& now,
                                const std::function<Status(JournalEntry)>& append) {
  const auto known = known_.find(path);
  if (known != known_.end() && known->second == now) return {};
  const bool has_grown = known != known_.end() && grows(path) && known->second.inode == now.inode &&
                         known->second.size <= now.size;
  const auto bytes = read_plain_file(folder_ + "/" + path, kLongestCopied);
  if (!bytes) return {};  // it is gone meanwhile; or it comes next time
  // It may have grown since it was looked at; then the rest comes next time.
  const auto end = std::min(bytes->size(), static_cast<std::size_t>(now.size));
  std::size_t at = has_grown ? static_cast<std::size_t>(known->second.size) : 0;
  do {
    const std::size_t length = std::min(end - std::min(at, end), JournalEntry::kMostPart);
    JournalEntry entry;
    entry.kind = has_grown ? Kind::kAppend : Kind::kFile;
    entry.path = path;
    entry.offset = static_cast<std::int64_t>(at);
    entry.is_last_part = at + length >= end;
    entry.body = bytes->substr(at, length);
    PONNUKI_TRY(append(std::move(entry)));
    at += length;
  } while (at < end);
  known_[path] = now;
  return {};
}

}  // namespace ponnuki::swarm
