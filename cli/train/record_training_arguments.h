// Options for learning from game records, in addition to those of all training.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/options/option_set.h"
#include "engine/result.h"
#include "selfplay/record_training.h"

namespace ponnuki::cli {

class RecordTrainingArguments {
 public:
  /// This object must outlive the parsing of `options`.
  void add(OptionSet& options);
  // Call all of these after parsing.
  /// True if --sgf was given.
  bool on() const { return !first_path_.empty(); }
  /// The same, or an error if options of both ways of training are mixed.
  Result<bool> wanted(const OptionSet& options) const;
  /// The options of the training; `common` has those of both ways. Errors name the option.
  Result<selfplay::RecordTrainingOptions> read(const selfplay::TrainingOptions& common) const;
  /// The games that were named, of these board sizes; all sizes if `sizes` is empty. Warnings go to
  /// `warn`.
  Result<selfplay::SplitCollection> collection(
      const std::vector<BoardSize>& sizes,
      const std::function<void(const std::string&)>& warn) const;

 private:
  std::string first_path_, augment_ = "yes";
  std::vector<std::string> more_paths_;
  double holdout_ = 0.05;
  selfplay::RecordTrainingOptions training_;
};

}  // namespace ponnuki::cli
