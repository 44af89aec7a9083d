// SearchPool: searches many positions, all cores working.
//
//   any thread         add(job) → queue, by priority
//   worker threads     take some jobs each, search them side by side, their leaves in one call of
//                      the evaluator; where only one job is left, all cores search it
//   reporter thread    tells how searches stand while they are under way, for jobs that want it
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "engine/evaluator.h"
#include "engine/search/search.h"

namespace ponnuki::analysis {

/// What is to be searched, and how.
struct SearchSetup {
  Position position{BoardSize{}};
  search::SearchParams params;  // but for the threads, which are the pool's
  search::SearchLimits limits;
  std::vector<search::MoveFilter> filters;
};

struct SearchJob {
  BoardSize size;
  std::int64_t priority = 0;             // the greatest first, then the oldest
  std::function<SearchSetup()> prepare;  // called once, when the search begins
  search::AnalysisOptions report;        // what to tell
  // Seconds; nothing is told during the search where the first is unset.
  std::optional<double> first_report_after;
  std::optional<double> report_every;  // unset: only the first

  struct News {
    std::uint64_t job = 0;                       // as SearchPool::add() named it
    bool during_search = false;                  // false: the last of this job
    const Position* position = nullptr;          // nullptr: ended before its search began
    const search::Analysis* analysis = nullptr;  // likewise
  };
  /// From a thread of the pool or from end(), one piece of news of a job at a time.
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
  /// Those of these jobs that are not over end at once; each tells its last news.
  void end(const std::vector<Id>& jobs);
  /// Waits until every job has told its last news.
  void finish();
  /// Ends everything; nothing more is told. From any thread, also from `tell`.
  void abandon();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace ponnuki::analysis
