// AssessmentCache: assessments by position and effort, kept in a file. An analysis that is started
// again goes on where it was, and has the same results.
//
// The file holds one line an assessment, in the order they came: "KEY JSON" with 16 hexadecimal
// digits of key. Each line is written at once and whole; lines that are cut off or damaged are
// ignored. When the file has grown beyond a limit it becomes FILE.old, which replaces an older one,
// and both are read.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "review/assessment.h"

namespace ponnuki::review {

class AssessmentCache {
 public:
  static constexpr std::size_t kMostBytes = std::size_t{256} << 20;

  /// Remembers nothing.
  AssessmentCache();
  /// Makes the file and its folder where they are missing. `judge` names everything beside the
  /// position that assessments depend on: the net, its settings.
  static Result<AssessmentCache> open(const std::string& path, const std::string& judge,
                                      std::size_t most_bytes = kMostBytes);
  AssessmentCache(AssessmentCache&&) noexcept;
  AssessmentCache& operator=(AssessmentCache&&) noexcept;
  ~AssessmentCache();

  /// The newest assessment of this position by a search with exactly these limits.
  std::optional<Assessment> find(const Position& position, const Effort& effort) const;
  /// The error, told once, is that the file cannot be written; then nothing more is written.
  Status add(const Position& position, const Assessment& assessment);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace ponnuki::review
