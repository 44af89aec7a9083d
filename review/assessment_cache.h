// AssessmentCache: assessments by position and effort, kept in a file, so that an analysis that is
// begun again goes on where it was, and comes to the same.
//
// The file holds one line an assessment, in the order they came: "KEY JSON" with 16 hexadecimal
// digits of key. Each is written at once and whole; a line that is cut off or damaged is as if it
// were not there. When the file has grown beyond a limit it becomes FILE.old, in place of an older
// one, and both are read.
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
  /// Makes the file and its folder where they are missing. `judge` is everything that decides what
  /// an assessment says beside the position: the net, its settings.
  static Result<AssessmentCache> open(const std::string& path, const std::string& judge,
                                      std::size_t most_bytes = kMostBytes);
  AssessmentCache(AssessmentCache&&) noexcept;
  AssessmentCache& operator=(AssessmentCache&&) noexcept;
  ~AssessmentCache();

  /// The newest of this position by a search of just these limits.
  std::optional<Assessment> find(const Position& position, const Effort& effort) const;
  /// The error, once, is that the file cannot be written; nothing more is then written.
  Status add(const Position& position, const Assessment& assessment);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace ponnuki::review
