// Knowledge: what searches have found about positions, for all pages and, in a file, for later
// runs. Nothing is computed twice. Thread-safe.
//
// Searches end where people turn the page, after any number of visits. A finding is kept under the
// largest of some standard efforts that it reached (review/assessment_cache.h).
#pragma once

#include <optional>

#include "engine/mutex.h"
#include "review/assessment_cache.h"

namespace ponnuki::web {

class Knowledge {
 public:
  explicit Knowledge(review::AssessmentCache cache) : cache_(std::move(cache)) {}

  /// The finding of the most visits, if it has at least so many; nothing else.
  std::optional<review::Assessment> find(const Position& position, std::int64_t least) const;
  /// Keeps a finding, unless a better one is there. The error of the file, only once.
  Status add(const Position& position, review::Assessment finding);

 private:
  mutable Mutex mutex_;
  review::AssessmentCache cache_ PONNUKI_GUARDED_BY(mutex_);
};

}  // namespace ponnuki::web
