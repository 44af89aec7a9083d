// Options of learning from game records, beside those that all training has.
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
  /// This must outlive `options`' parsing.
  void add(OptionSet& options);
  /// After parsing: true if there is to be learned from records. An error if options of one way of
  /// training are there beside those of the other.
  bool on() const { return !first_path_.empty(); }
  Result<bool> wanted(const OptionSet& options) const;
  /// With what `common` has for both ways. Errors name the option.
  Result<selfplay::RecordTrainingOptions> read(const selfplay::TrainingOptions& common) const;
  /// The games that are named, of these sizes; none: of all. Warnings go to `warn`.
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
