// TrainingRun: the folder of a training run, as a page shows it while it runs (`ponnuki web --train`).
// Only reads. Thread-safe.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "engine/mutex.h"
#include "engine/result.h"
#include "engine/sgf/tree.h"
#include "selfplay/records/record_file.h"

namespace ponnuki::web {

class TrainingRun {
 public:
  static constexpr std::size_t kMostGames = 20;

  /// Returns an error if the folder has no run.
  static Result<std::unique_ptr<TrainingRun>> open(const std::string& folder);

  /// The curves of the run, and its latest games. Short if there is nothing new since the answer of
  /// that number, which is part of the answer.
  Result<std::string> message(std::int64_t since);
  /// One of the latest games of the last message, as a record of this program.
  Result<sgf::SgfTree> game(std::size_t number, const std::string& program) const;

 private:
  explicit TrainingRun(std::string folder) : folder_(std::move(folder)) {}
  void read_games() PONNUKI_REQUIRES(mutex_);

  const std::string folder_;
  mutable Mutex mutex_;
  std::int64_t number_ PONNUKI_GUARDED_BY(mutex_) = 0;  // of the newest answer
  std::string metrics_ PONNUKI_GUARDED_BY(mutex_);
  std::string newest_ PONNUKI_GUARDED_BY(mutex_);     // file of games: its path and size
  selfplay::Games games_ PONNUKI_GUARDED_BY(mutex_);  // the latest first
};

}  // namespace ponnuki::web
