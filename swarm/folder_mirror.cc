#include "swarm/folder_mirror.h"

#include <fcntl.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "engine/descriptor.h"
#include "engine/file.h"
#include "engine/json_parse.h"
#include "engine/random_token.h"
#include "swarm/folder_changes.h"

namespace ponnuki::swarm {
namespace {

namespace fs = std::filesystem;
using Kind = JournalEntry::Kind;

}  // namespace

Result<FolderMirror> FolderMirror::open(const std::string& folder) {
  PONNUKI_TRY(make_folder_for_files(folder));
  FolderMirror mirror(folder);
  if (file_exists(note_path(folder))) {
    PONNUKI_TRY(const std::string text, read_plain_file(note_path(folder)));
    const auto json = parse_json(text);
    if (json && json->is_object()) mirror.place_ = json->value("place", std::uint64_t{0});
    mirror.applies_ = mirror.is_whole();
  } else if (file_exists(folder + "/state.bin")) {
    return Error{"'" + folder +
                 "' has a run of its own, which a copy would replace: give another folder"};
  }
  mirror.token_ = random_token();
  PONNUKI_TRY(mirror.note());
  return mirror;
}

Status FolderMirror::note() const {
  return write_file_atomically(note_path(folder_), nlohmann::json{{"place", place_}}.dump() + "\n");
}

void FolderMirror::begin_anew() {
  place_ = 0;
  applies_ = false;
  token_ = random_token();
}

Status FolderMirror::apply(JournalEntry entry, std::uint64_t number) {
  if (entry.kind == Kind::kSnapshot) return entry.token == token_ ? begin_snapshot() : Status();
  if (!applies_) return {};
  if (entry.kind == Kind::kBeat) {
    if (is_whole() && waiting_.empty()) place_ = number;
    return {};
  }
  if (entry.kind == Kind::kReady) return end_step(number);
  if (!is_copied(entry.path)) return {};
  if (in_snapshot_) return change(entry);
  waiting_.push_back(std::move(entry));
  return {};
}

Status FolderMirror::begin_snapshot() {
  in_snapshot_ = applies_ = true;
  waiting_.clear();
  files_.clear();
  place_ = 0;
  return note();
}

Status FolderMirror::change(const JournalEntry& entry) {
  if (entry.kind == Kind::kFile) return write_file(entry);
  if (entry.kind == Kind::kAppend) return append(entry);
  std::error_code ignored;
  fs::remove(path_of(entry.path), ignored);
  return {};
}

Status FolderMirror::write_file(const JournalEntry& entry) {
  if (entry.offset == 0) parts_.clear();
  if (static_cast<std::int64_t>(parts_.size()) != entry.offset ||
      parts_.size() + entry.body.size() > kLongestCopied) {
    begin_anew();  // a part is missing
    return {};
  }
  parts_ += entry.body;
  if (!entry.is_last_part) return {};
  files_.insert(entry.path);
  PONNUKI_TRY(make_folder(fs::path(path_of(entry.path)).parent_path().string()));
  return write_file_atomically(path_of(entry.path), std::exchange(parts_, {}));
}

Status FolderMirror::append(const JournalEntry& entry) {
  const std::string path = path_of(entry.path);
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  const auto size = file.is_open() ? ::lseek(file.get(), 0, SEEK_END) : -1;
  if (size < entry.offset) {
    begin_anew();
    return {};
  }
  for (std::size_t done = 0; done < entry.body.size();) {
    const auto count = uninterrupted([&] {
      return ::pwrite(file.get(), entry.body.data() + done, entry.body.size() - done,
                      entry.offset + static_cast<off_t>(done));
    });
    if (count <= 0) return system_error("write", path);
    done += static_cast<std::size_t>(count);
  }
  if (::fsync(file.get()) != 0) return system_error("sync", path);
  return {};
}

/// Makes the changes that have waited. After a snapshot, files that were here before it go.
Status FolderMirror::end_step(std::uint64_t number) {
  for (const JournalEntry& entry : std::exchange(waiting_, {})) {
    PONNUKI_TRY(change(entry));
    if (!applies_) return note();
  }
  if (std::exchange(in_snapshot_, false)) {
    std::error_code ignored;
    for (const std::string& path : copied_files(folder_))
      if (!files_.contains(path)) fs::remove(path_of(path), ignored);
  }
  place_ = number;
  return note();
}

Status FolderMirror::release(const std::string& folder) {
  std::error_code failed;
  fs::remove(note_path(folder), failed);
  if (failed) return Error{"cannot remove '" + note_path(folder) + "': " + failed.message()};
  return {};
}

}  // namespace ponnuki::swarm
