// SearchPool: searches many positions with all processor cores.
//
//   any thread         add(job) → queue, by priority
//   worker threads     each takes some jobs and searches them side by side, their leaves in one
//                      call of the evaluator; if only one job is left, all cores search it
//   reporter thread    reports on running searches, for jobs that ask for it
//
// Many pools can share their threads: each then has one worker, which starts with the first job,
// and the helpers of a HelperPool do what other workers would do.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "engine/evaluator.h"
#include "engine/result.h"
#include "engine/search/search.h"

namespace ponnuki::search {

/// The position to search and the parameters.
struct SearchSetup {
  Position position{BoardSize{}};
  SearchParams params;  // its number of threads is ignored; the pool decides
  SearchLimits limits;
  std::vector<MoveFilter> filters;
};

struct SearchJob {
  BoardSize size;
  std::int64_t priority = 0;             // the greatest first, then the oldest
  std::function<SearchSetup()> prepare;  // called once, when the search begins
  AnalysisOptions report;                // options of the reports
  // In seconds. If first_report_after is unset, there are no reports during the search.
  std::optional<double> first_report_after;
  std::optional<double> report_every;  // unset: only the first report

  struct News {
    std::uint64_t job = 0;               // as returned by SearchPool::add()
    bool during_search = false;          // false: the last report of this job
    const Position* position = nullptr;  // null if the job ended before its search began
    const Analysis* analysis = nullptr;  // null likewise
  };
  /// Receives the reports of a job, one at a time. Called on a thread of the pool or by end().
  std::function<void(const News&)> tell;
};

class SearchPool {
 public:
  using Id = std::uint64_t;

  /// What a pool shares with others. All must outlive it.
  struct Share {
    HelperPool* helpers = nullptr;
    const Pause* pause = nullptr;  // set: searches rest while it is paused
  };

  /// The evaluator must outlive the pool. `threads` is the number of cores to use.
  SearchPool(Evaluator& evaluator, int threads) : SearchPool(evaluator, threads, Share{}) {}
  SearchPool(Evaluator& evaluator, int threads, const Share& share);
  /// Calls abandon().
  ~SearchPool();

  /// Starts the worker threads, unless they run. Returns an error if the system gives not one.
  Status start();
  /// Calls start(), and throws std::runtime_error where that fails.
  Id add(SearchJob job);
  /// Ends those of these jobs that are not over. Each sends its last report.
  void end(const std::vector<Id>& jobs);
  /// Waits until every job has sent its last report.
  void finish();
  /// Ends everything without further reports. May be called from any thread, also from `tell`.
  void abandon();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace ponnuki::search
