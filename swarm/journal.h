// Journal: the learner's side of the journal at the hub (swarm/journal_link.h): its lease, and the
// copy of its folder for processes that stand by (swarm/standby.h).
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "engine/clock.h"
#include "engine/mutex.h"
#include "swarm/folder_changes.h"
#include "swarm/journal_link.h"

namespace ponnuki::swarm {

/// A holder that has not appended for so long is taken to be dead. It appends every kBeat.
inline constexpr double kLeaseSeconds = 15, kBeatSeconds = 4;

/// The file of a run's folder with its name in the journal.
std::string holder_path(const std::string& folder);

/// Thread-safe.
class Journal {
 public:
  Journal(std::unique_ptr<JournalLink> link, const std::string& folder);

  /// Becomes the holder. If another one may live, waits until it was silent for kLeaseSeconds, and
  /// returns an error as soon as it is heard. A process of the same folder needs no waiting.
  Status take(const std::function<void(const std::string& line)>& say);
  /// Copies what has changed, for those who stand by, or just says that the holder is there. While
  /// nobody reads or writes the run's files. Returns an error if the hub cannot be reached, or if
  /// another process has become the holder.
  Status sync();
  /// Another process has become the holder, so this one must end.
  bool is_lost() const { return is_lost_; }
  /// Returns the error of that.
  Status expect_held() const;

 private:
  Status take_name();
  Status append(JournalEntry entry) PONNUKI_REQUIRES(mutex_);
  Status serve() PONNUKI_REQUIRES(mutex_);

  const std::unique_ptr<JournalLink> link_;
  const std::string folder_;
  std::string holder_;  // the same for all processes of this folder
  std::atomic<bool> is_lost_{false};
  Mutex mutex_;
  FolderChanges changes_ PONNUKI_GUARDED_BY(mutex_);
  std::uint64_t last_ PONNUKI_GUARDED_BY(mutex_) = 0;
  std::string served_ PONNUKI_GUARDED_BY(mutex_);  // the token of the last snapshot
  Clock::time_point beaten_ PONNUKI_GUARDED_BY(mutex_){}, asked_ PONNUKI_GUARDED_BY(mutex_){};
};

}  // namespace ponnuki::swarm
