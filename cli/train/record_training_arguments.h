// Options for learning from game records, in addition to the common options of training.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/options/option_set.h"
#include "engine/result.h"
#include "selfplay/run/record_training.h"

namespace ponnuki::cli {

/// What a net learns from.
enum class SampleSource { kOwnGames, kRecords, kBoth };

class RecordTrainingArguments {
 public:
  /// This object must outlive the parsing of `options`.
  void add(OptionSet& options);
  // --- to be called after parsing
  /// True if --sgf was given.
  bool on() const { return !first_path_.empty(); }
  /// Returns an error if options of one source are given for the other.
  Result<SampleSource> source(const OptionSet& options) const;
  /// Sets what a run with both sources has to know.
  void share(selfplay::TrainingOptions& training) const;
  /// The options of the training; `common` has the options that both kinds share. Errors name the
  /// option.
  Result<selfplay::RecordTrainingOptions> read(const selfplay::TrainingOptions& common) const;
  /// Reads the named games that have these board sizes, `threads` files at the same time. An empty
  /// `sizes` means all sizes. Warnings go to `warn`.
  Result<selfplay::SplitCollection> collection(
      const std::vector<BoardSize>& sizes, int threads,
      const std::function<void(const std::string&)>& warn) const;

 private:
  std::string first_path_, augment_ = "yes";
  std::vector<std::string> more_paths_;
  double holdout_ = 0.05, share_ = 1, record_openings_ = 0.5;
  selfplay::RecordTrainingOptions training_;
};

}  // namespace ponnuki::cli
