// SearchPool: searches many positions, all cores working.
//
//   any thread         add(job) → queue, by priority
//   worker threads     each takes some jobs and searches them side by side, their leaves in one
//                      call of the evaluator; where only one job is left, all cores search it
//   reporter thread    tells the state of searches under way, for jobs that ask for it
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "engine/evaluator.h"
#include "engine/search/search.h"

namespace ponnuki::search {

/// What is to be searched, and how.
struct SearchSetup {
  Position position{BoardSize{}};
  SearchParams params;  // but for the threads, which are the pool's
  SearchLimits limits;
  std::vector<MoveFilter> filters;
};

struct SearchJob {
  BoardSize size;
  std::int64_t priority = 0;             // the greatest first, then the oldest
  std::function<SearchSetup()> prepare;  // called once, when the search begins
  AnalysisOptions report;                // what to tell
  // In seconds. Where the first is unset, nothing is told during the search.
  std::optional<double> first_report_after;
  std::optional<double> report_every;  // unset: only the first

  struct News {
    std::uint64_t job = 0;               // as SearchPool::add() named it
    bool during_search = false;          // false: the last of this job
    const Position* position = nullptr;  // nullptr: ended before its search began
    const Analysis* analysis = nullptr;  // likewise
  };
  /// Called on a thread of the pool or by end(), with one piece of news of a job at a time.
  std::function<void(const News&)> tell;
};

class SearchPool {
 public:
  using Id = std::uint64_t;

  /// The evaluator must outlive the pool. `threads`: cores to use.
  SearchPool(Evaluator& evaluator, int threads);
  /// As abandon().
  ~SearchPool();

  Id add(SearchJob job);
  /// Ends those of these jobs that are not over at once; each tells its last news.
  void end(const std::vector<Id>& jobs);
  /// Waits until every job has told its last news.
  void finish();
  /// Ends everything; nothing more is told. From any thread, also from `tell`.
  void abandon();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace ponnuki::search
