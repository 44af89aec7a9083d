// FolderMirror: a folder that becomes what another one was, by the entries of a journal.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "swarm/journal_link.h"

namespace ponnuki::swarm {

class FolderMirror {
 public:
  /// Makes the folder if it is missing. Returns an error if it has a run that is no copy.
  static Result<FolderMirror> open(const std::string& folder);

  /// The number of the last entry that was applied; 0: none, or the folder is not whole.
  std::uint64_t place() const { return place_; }
  /// Whether a run can go on here.
  bool is_whole() const { return place_ > 0; }
  /// The token of the snapshot that this folder asks for.
  const std::string& token() const { return token_; }

  /// Takes the entries in order. Changes are made where a kReady says that they belong together; so
  /// the folder is always as the other one was at some time. Entries that do not belong to a copy
  /// are passed over. Returns an error if the folder takes no files.
  Status apply(JournalEntry entry, std::uint64_t number);
  /// The folder is not whole any more: another snapshot is needed, with another token.
  void begin_anew();
  /// From now on the folder is no copy: it belongs to a learner. It may have been none before.
  static Status release(const std::string& folder);

 private:
  explicit FolderMirror(std::string folder) : folder_(std::move(folder)) {}
  std::string path_of(const std::string& path) const { return folder_ + "/" + path; }
  static std::string note_path(const std::string& folder) { return folder + "/copy.json"; }
  Status begin_snapshot();
  Status change(const JournalEntry& entry);
  Status write_file(const JournalEntry& entry);
  Status append(const JournalEntry& entry);
  Status end_step(std::uint64_t number);
  Status note() const;

  std::string folder_, token_;
  std::uint64_t place_ = 0;
  bool in_snapshot_ = false, applies_ = false;
  std::vector<JournalEntry> waiting_;  // until a kReady comes
  std::set<std::string> files_;        // of the snapshot
  std::string parts_;                  // of the file that comes
};

}  // namespace ponnuki::swarm
