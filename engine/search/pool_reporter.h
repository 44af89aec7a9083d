// PoolReporter: tells the jobs of a SearchPool about their searches, on a thread of its own while
// these run.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <set>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

#include "engine/clock.h"
#include "engine/mutex.h"
#include "engine/search/search_pool.h"

namespace ponnuki::search {

/// A job and its search.
struct PoolTask {
  PoolTask(SearchJob the_job, SearchPool::Id the_id) : job(std::move(the_job)), id(the_id) {}

  SearchJob job;
  SearchPool::Id id;
  std::stop_source stop;

  Mutex mutex;
  Search* search PONNUKI_GUARDED_BY(mutex) = nullptr;  // during its search
  std::optional<Position> position PONNUKI_GUARDED_BY(mutex);
  std::optional<Clock::time_point> next_report PONNUKI_GUARDED_BY(mutex);
  bool is_answered PONNUKI_GUARDED_BY(mutex) = false;  // by its last report
};

class PoolReporter {
 public:
  using TaskPtr = std::shared_ptr<PoolTask>;

  /// Once `abandoned` is set, nothing is told. Both must outlive the reporter.
  PoolReporter(const std::atomic<bool>& abandoned, const Pause* pause)
      : abandoned_(abandoned), pause_(pause) {}
  ~PoolReporter();

  /// Starts the thread, unless it runs. Without it there are no reports during searches. Only one
  /// call at a time.
  void start();
  /// Reports on the task from now on, as its job asks.
  void watch(const TaskPtr& task) PONNUKI_REQUIRES(task->mutex);
  void forget(const TaskPtr& task);

  /// Tells the job now.
  void tell(PoolTask& task, const SearchJob::News& news) const {
    if (!abandoned_) task.job.tell(news);
  }
  void tell_state(PoolTask& task, bool during_search) const PONNUKI_REQUIRES(task.mutex);

 private:
  void report_all();
  std::optional<std::vector<TaskPtr>> await_reports(Clock::time_point next);
  Clock::time_point report(PoolTask& task) const;

  const std::atomic<bool>& abandoned_;
  const Pause* pause_;
  Mutex mutex_;
  Condition changed_;
  /// The tasks that are being searched and have further reports to send.
  std::set<TaskPtr> watched_ PONNUKI_GUARDED_BY(mutex_);
  bool fresh_ PONNUKI_GUARDED_BY(mutex_) = false;  // the thread has not seen a new task yet
  bool ends_ PONNUKI_GUARDED_BY(mutex_) = false;
  std::jthread thread_;
};

}  // namespace ponnuki::search
