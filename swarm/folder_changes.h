// FolderChanges: what has changed in a run's folder since it was last copied to the journal.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "engine/clock.h"
#include "swarm/journal_link.h"

namespace ponnuki::swarm {

inline constexpr std::size_t kLongestCopied = std::size_t{1} << 30;  // bytes of a file

/// Whether a path from a run's folder on belongs to what is copied: not locks, temporary files, and
/// what belongs to this machine alone. Paths that lead out of the folder do not.
bool is_copied(const std::string& path);

/// The files of a run's folder that are copied.
std::vector<std::string> copied_files(const std::string& folder);

class FolderChanges {
 public:
  explicit FolderChanges(std::string folder) : folder_(std::move(folder)) {}

  /// Everything is new again.
  void forget() { known_.clear(); }
  /// Calls `append` with entries for all changes, the run's state last, which is at most copied
  /// every 30 seconds. After an error of `append` the rest is found again by the next call.
  Status copy(const std::function<Status(JournalEntry)>& append);

 private:
  struct Seen {
    std::uint64_t inode = 0;
    std::int64_t size = 0, changed = 0;
    friend bool operator==(const Seen&, const Seen&) = default;
  };
  std::map<std::string, Seen> look() const;
  Status copy_file(const std::string& path, const Seen& now,
                   const std::function<Status(JournalEntry)>& append);

  const std::string folder_;
  std::map<std::string, Seen> known_;
  Clock::time_point state_copied_{};
};

}  // namespace ponnuki::swarm
