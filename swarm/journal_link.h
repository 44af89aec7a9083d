// The journal of a run: a list of entries at the hub to which one process at a time appends, the
// learner. It is its lease: each entry names the entry before it, so that a learner that was away
// while another one took over is refused. And it is a copy of the run's folder, for those others.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/result.h"

namespace ponnuki::swarm {

struct JournalEntry {
  enum class Kind {
    kBeat,      // the holder is there
    kSnapshot,  // all files follow
    kFile,      // a part of a file; the last part replaces the file
    kAppend,    // bytes that a file has from `offset` on
    kRemove,    // the file is gone
    kReady,     // the folder is as the holder's was
  };
  Kind kind = Kind::kBeat;
  std::string holder;        // who has appended it
  std::string token;         // kSnapshot: who has asked for it
  std::string path;          // of a file, from the folder on
  std::int64_t offset = 0;   // kAppend
  bool is_last_part = true;  // kFile
  std::string body = {};     // at most kMostPart bytes

  static constexpr std::size_t kMostPart = 512 * 1024;
};

/// Errors: the hub cannot be reached for now. Thread-safe.
class JournalLink {
 public:
  virtual ~JournalLink() = default;
  /// The numbers of the first and the last entry that are there; 0 and 0 if there is none.
  struct Range {
    std::uint64_t first = 0, last = 0;
  };
  virtual Result<Range> range() = 0;
  /// Nothing if there is no such entry.
  virtual Result<std::optional<JournalEntry>> read(std::uint64_t number) = 0;
  /// Appends an entry behind the one of that number. Returns its number; nothing if that one is not
  /// the last one any more.
  virtual Result<std::optional<std::uint64_t>> append(const JournalEntry& entry,
                                                      std::uint64_t behind) = 0;
  /// Asks the holder for a snapshot with this token.
  virtual Status ask_for_snapshot(const std::string& token) = 0;
  /// The last token that was asked for; "" if there is none.
  virtual Result<std::string> wanted_snapshot() = 0;
};

}  // namespace ponnuki::swarm
