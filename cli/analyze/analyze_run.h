// AnalyzeRun: the work of `ponnuki analyze` once its options are read. It analyses the records one
// after another, shows a progress bar, and writes reports to standard output and files.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/subcommand.h"
#include "cli/terminal/progress_bar.h"
#include "review/records.h"
#include "review/report_files.h"
#include "review/reviewer.h"
#include "review/shown_rank.h"

namespace ponnuki::cli {

struct AnalyzeOptions {
  std::vector<std::string> arguments;  // files and folders
  review::ReportKinds kinds;
  review::RecordOptions records;
  review::ReviewOptions review;
  int move = -1;        // analyse only the position after N moves; -1: the whole game
  int best = 5;         // number of moves to list for a position
  bool resume = false;  // leave out games whose reports all exist
  bool json = false;    // print lines of JSON instead of text
  bool rank = false;    // print only the ranks that the players showed
  bool color = false;
  std::string program;  // name and version
};

class AnalyzeRun {
 public:
  AnalyzeRun(const AnalyzeOptions& options, Streams& streams);

  /// Reads all records, so that errors in them are reported before any work is done. Returns an
  /// error if no record is found, if the only record is broken, or if a report would overwrite a
  /// file of the user; other broken records are reported and counted as failures.
  Status find_games();
  /// An error if the reports cannot be written. Must be called after find_games().
  Status check_outputs() const;
  bool has_games() const { return !games_.empty(); }
  /// Must be called after find_games(). Returns an error if the options do not fit the game.
  Status review(Evaluator& evaluator, review::AssessmentCache& cache);

  /// kExitFailed if a record was broken or a report could not be written.
  int exit_code() const { return failures_ > 0 ? kExitFailed : kExitOk; }

 private:
  bool is_done(const review::Record& game) const;
  std::optional<review::ReviewTask> next_task(const Evaluator& evaluator);
  void show_progress(const review::ReviewProgress& progress);
  void tell(const review::GameReview& game);
  std::string text(const review::GameReview& game, const review::Record& record,
                   bool written) const;
  std::string whole_text(const review::GameReview& game) const;
  std::string key_position(const review::GameReview& game) const;
  std::string board_at(const review::GameReview& game, int node) const;
  void complain(const std::string& about);
  void fail(const std::string& error);

  const AnalyzeOptions& options_;
  Streams& streams_;
  ProgressBar bar_;
  review::RecordReader reader_;
  std::vector<review::Record> games_;
  std::int64_t positions_ = 0;  // of all games
  std::size_t next_ = 0;        // the game to begin next
  std::vector<const review::Record*> begun_;
  std::size_t done_ = 0;  // how many of begun_ are done
  review::RankTally ranks_;
  int failures_ = 0;
  Status fits_;  // an error if the options do not fit the game
};

}  // namespace ponnuki::cli
