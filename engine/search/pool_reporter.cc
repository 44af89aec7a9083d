#include "engine/search/pool_reporter.h"

#include <algorithm>
#include <new>

#include "engine/start_thread.h"

namespace ponnuki::search {
namespace {

Clock::duration to_duration(double seconds) {
  return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
}

}  // namespace

PoolReporter::~PoolReporter() {
  const MutexLock lock(mutex_);
  ends_ = true;
  changed_.notify_all();
}

void PoolReporter::start() {
  if (thread_.joinable()) return;
  auto thread = start_thread([this] { report_all(); });
  if (thread) thread_ = std::move(*thread);
}

void PoolReporter::watch(const TaskPtr& task) {
  if (!task->job.first_report_after) return;
  task->next_report = Clock::now() + to_duration(*task->job.first_report_after);
  const MutexLock lock(mutex_);
  watched_.insert(task);
  fresh_ = true;
  changed_.notify_all();
}

void PoolReporter::forget(const TaskPtr& task) {
  const MutexLock lock(mutex_);
  watched_.erase(task);
}

/// Reports the current state of the task's search.
void PoolReporter::tell_state(PoolTask& task, bool during_search) const {
  const Analysis analysis = task.search->analysis(task.job.report);
  task.is_answered = !during_search;
  if (analysis.root.visits > 0)
    tell(task, {task.id, during_search, &*task.position, &analysis});
  else if (!during_search)
    tell(task, {.job = task.id});
}

void PoolReporter::report_all() {
  auto next = Clock::now();
  while (const auto tasks = await_reports(next)) {
    next = Clock::now() + std::chrono::seconds(1);
    for (const TaskPtr& task : *tasks) next = std::min(next, report(*task));
  }
}

/// Waits until the time `next` or a new task, and returns the tasks to look at. Returns nothing
/// when the pool ends.
std::optional<std::vector<PoolReporter::TaskPtr>> PoolReporter::await_reports(
    Clock::time_point next) {
  MutexLock lock(mutex_);
  while (!ends_ && !fresh_ && changed_.wait_until(lock, next)) continue;
  fresh_ = false;
  if (ends_) return std::nullopt;
  return std::vector<TaskPtr>(watched_.begin(), watched_.end());
}

/// Reports on a task if it is time. Returns when to look at it again.
Clock::time_point PoolReporter::report(PoolTask& task) const {
  constexpr auto kNever = Clock::time_point::max();
  const MutexLock lock(task.mutex);
  if (!task.next_report || task.search == nullptr) return kNever;
  if (Clock::now() < *task.next_report) return *task.next_report;
  if (pause_ != nullptr && pause_->is_paused()) return Clock::now() + std::chrono::milliseconds(50);
  try {
    tell_state(task, true);
  } catch (const std::bad_alloc&) {  // this report is left out
  }
  if (!task.job.report_every) {
    task.next_report.reset();
    return kNever;
  }
  task.next_report = Clock::now() + to_duration(*task.job.report_every);
  return *task.next_report;
}

}  // namespace ponnuki::search
