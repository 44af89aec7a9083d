// Spool: the blocks of a worker that the learner has not stored yet, as files. What an
// acknowledgement of the broker is worth depends on its disks; so a block stays here until the
// learner has said that it is stored.
//
//     lock              held while a worker uses the folder
//     stored            the last number that the learner has stored, and the highest number so far
//     0000000012.block  a block that waits
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/mutex.h"
#include "engine/result.h"
#include "selfplay/files/locked_file.h"
#include "swarm/block.h"

namespace ponnuki::swarm {

/// Thread-safe.
class Spool {
 public:
  static constexpr std::size_t kMostBytes = std::size_t{1} << 30;

  /// Makes the folder if it is missing. Returns an error if another worker uses it.
  static Result<std::unique_ptr<Spool>> open(const std::string& folder, const std::string& worker,
                                             std::size_t most_bytes = kMostBytes);

  /// The number of the next block. It grows for ever, also over restarts.
  std::uint64_t next() const;
  /// Numbers the block and writes it, synced. After an error nothing is there.
  Status add(GameBlock block);
  /// No more blocks should come until the learner has stored some.
  bool is_full() const;
  /// The numbers of the blocks that wait, the oldest first.
  std::vector<std::uint64_t> waiting() const;
  Result<GameBlock> read(std::uint64_t number) const;
  /// The learner has stored all blocks up to this number: their files go.
  void forget_up_to(std::uint64_t number);

 private:
  Spool(std::string folder, std::string worker, std::size_t most_bytes, selfplay::LockedFile lock)
      : folder_(std::move(folder)),
        worker_(std::move(worker)),
        most_bytes_(most_bytes),
        lock_(std::move(lock)) {}
  Status find_blocks();
  std::string path_of(std::uint64_t number) const;
  Status write_counters() PONNUKI_REQUIRES(mutex_);

  const std::string folder_, worker_;
  const std::size_t most_bytes_;
  selfplay::LockedFile lock_;
  mutable Mutex mutex_;
  std::vector<std::pair<std::uint64_t, std::size_t>> waiting_
      PONNUKI_GUARDED_BY(mutex_);  // numbers and bytes
  std::uint64_t last_ PONNUKI_GUARDED_BY(mutex_) = 0;
  std::uint64_t stored_ PONNUKI_GUARDED_BY(mutex_) = 0;
};

}  // namespace ponnuki::swarm
