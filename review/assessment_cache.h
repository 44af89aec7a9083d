// AssessmentCache: a cache of assessments by position and effort, in a file. An analysis that is
// started again continues where it stopped, and has the same results.
//
// The file has one line for each assessment, in the order of their arrival: "KEY SUM JSON" with a
// key and a checksum of 16 hexadecimal digits each (docs/formats.md). Truncated or damaged lines
// are left out, and counted. When the file has grown beyond a limit it is renamed to FILE.old, which
// replaces an older one, and both are read.
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

  /// Makes a cache that stores nothing.
  AssessmentCache();
  /// Creates the file and its folder if they are missing. `judge` identifies everything besides the
  /// position that assessments depend on: the net and its settings.
  static Result<AssessmentCache> open(const std::string& path, const std::string& judge,
                                      std::size_t most_bytes = kMostBytes);
  /// True if the file begins as a cache does, or if there is none, or it is empty.
  static bool may_be(const std::string& path);
  /// What open() found damaged, as one line for the user; "" if nothing.
  std::string damage() const;
  AssessmentCache(AssessmentCache&&) noexcept;
  AssessmentCache& operator=(AssessmentCache&&) noexcept;
  ~AssessmentCache();

  /// The newest assessment of this position by a search with exactly these limits.
  std::optional<Assessment> find(const Position& position, const Effort& effort) const;
  /// Returns an error, only once, if the file cannot be written. After that nothing more is
  /// written.
  Status add(const Position& position, const Assessment& assessment);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace ponnuki::review
