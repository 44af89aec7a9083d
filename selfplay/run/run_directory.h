// RunDirectory: the folder of a training run, with everything that it needs to continue after it
// was killed.
//
//     lock              held while a process trains here
//     config.json       the effective configuration
//     state.conf        the options that were given; a run that continues uses them again
//     state.bin         learner and counters; replaced as a whole, every few seconds
//     records.bin, records.conf   the same for a run that learns from game records
//                                 (record_training.h)
//     games/000012.games   the games of a cycle, appended to as they are played
//     nets/000012.bin.gz   the net after a cycle
//     metrics.jsonl     one line for each cycle
//     index.html        the metrics as pictures
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "engine/result.h"
#include "selfplay/files/locked_file.h"
#include "selfplay/learning/learning_report.h"
#include "selfplay/learning/record_samples.h"

namespace ponnuki::selfplay {

/// What all processes together have done of the cycle that is under way.
struct CycleWork {
  std::int64_t played = 0;  // games
  double play_seconds = 0, learn_seconds = 0;
  std::int64_t batches = 0;  // learned
  LearningReport learned;    // of these batches
  bool match_begun = false;
};

/// The state after `cycle` cycles.
struct TrainingState {
  std::int64_t cycle = 0;
  std::int64_t games = 0;
  std::int64_t rows = 0;  // added to the window so far
  double seconds = 0;     // of work by all processes together
  double elo = 0;         // of the newest net that has played a match
  // The cycle of the net against which matches are played; 0: none yet.
  std::int64_t anchor = 0;
  double anchor_elo = 0;
  std::int64_t stage = 0;     // how many times the net has grown
  std::int64_t catch_up = 0;  // samples to learn before the next games
  RecordsPlace records;       // if it learns from game records as well
  CycleWork work;             // of the next cycle
  std::string learner;        // Learner::state()
};

/// The state of a run that learns from game records.
struct RecordsState {
  std::int64_t cycle = 0;  // number of nets so far
  RecordsPlace place;
  double seconds = 0;        // of work by all processes together
  double evaluated_at = 0;   // value of `seconds` at the last evaluation
  double learn_seconds = 0;  // since the last evaluation
  LearningReport learned;    // since the last evaluation
  std::string learner;       // Learner::state()
};

enum class RunKind { kOwnGames, kRecords };

class RunDirectory {
 public:
  /// Creates the folder if necessary, takes its lock, and removes temporary files that killed
  /// processes have left. Returns an error if another process holds the lock.
  static Result<RunDirectory> open(const std::string& path);
  /// Returns an error if the folder was moved away or replaced since it was opened: then another
  /// process may train in what is there now. All functions that write check this first.
  Status expect_in_place() const;
  const std::string& path() const { return path_; }
  std::string games_path(std::int64_t cycle) const { return games_path(path_, cycle); }
  std::string net_path(std::int64_t cycle) const;
  std::string metrics_path() const { return metrics_path(path_); }
  std::string state_path(RunKind kind) const;
  /// Paths of the run's files in a folder. The files need not exist.
  static std::string options_path(const std::string& folder, RunKind kind);
  static std::string games_path(const std::string& folder, std::int64_t cycle);
  static std::string metrics_path(const std::string& folder) { return folder + "/metrics.jsonl"; }

  /// Returns nothing if no state has been written yet, and an error if the file is damaged, or
  /// missing from a folder with the results of earlier cycles.
  Result<std::optional<TrainingState>> read_state() const;
  /// The state in a folder in which a process may train meanwhile; nothing if there is none.
  static Result<std::optional<TrainingState>> read_state(const std::string& folder);
  Status write_state(const TrainingState& state) const;
  /// Like read_state() and write_state(), for a run that learns from game records.
  Result<std::optional<RecordsState>> read_records_state() const;
  Status write_records_state(const RecordsState& state) const;
  /// Returns an error if the folder contains a run of the other kind.
  Status expect_no_records() const;
  Status expect_no_games() const;
  /// Returns an error if the options of a run in that folder are damaged. They may be missing.
  static Status check_options(const std::string& folder, RunKind kind);
  /// Writes the effective configuration, and the options that were given.
  Status write_config(RunKind kind, const std::string& json, const std::string& options) const;
  /// Adds a line, an object of JSON, with its checksum.
  Status append_metrics(const std::string& line) const;
  Status write_page(const std::string& html) const;
  /// "" if there are none.
  Result<std::string> read_metrics() const;
  /// Removes the lines of cycles after `cycle`, which a killed process may have left. If lines are
  /// damaged, the file is set aside under another name, and the new one has the others. `say` is
  /// called with a line about what is damaged or missing.
  Status cut_metrics(std::int64_t cycle, const std::function<void(const std::string&)>& say) const;
  /// Deletes the games of cycles before `cycle`.
  void forget_games_before(std::int64_t cycle) const;

 private:
  RunDirectory(std::string path, LockedFile lock)
      : path_(std::move(path)), lock_(std::move(lock)) {}

  Status write(const std::string& path, std::string_view contents) const;

  std::string path_;
  LockedFile lock_;
};

}  // namespace ponnuki::selfplay
