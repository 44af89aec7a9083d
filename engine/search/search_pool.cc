#include "engine/search/search_pool.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <set>
#include <stop_token>
#include <thread>

#include "engine/clock.h"
#include "engine/mutex.h"

namespace ponnuki::search {
namespace {

Clock::duration to_duration(double seconds) {
  return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
}

struct Task {
  Task(SearchJob the_job, SearchPool::Id the_id) : job(std::move(the_job)), id(the_id) {}

  SearchJob job;
  SearchPool::Id id;
  std::stop_source stop;

  Mutex mutex;
  Search* search PONNUKI_GUARDED_BY(mutex) = nullptr;  // during its search
  std::optional<Position> position PONNUKI_GUARDED_BY(mutex);
  std::optional<Clock::time_point> next_report PONNUKI_GUARDED_BY(mutex);
};
using TaskPtr = std::shared_ptr<Task>;

struct MoreUrgent {
  bool operator()(const TaskPtr& a, const TaskPtr& b) const {
    return a->job.priority != b->job.priority ? a->job.priority > b->job.priority : a->id < b->id;
  }
};

}  // namespace

class SearchPool::Impl {
 public:
  Impl(Evaluator& evaluator, int threads) : evaluator_(evaluator), threads_(std::max(1, threads)) {
    for (int i = 0; i < threads_; ++i) workers_.emplace_back([this] { work(); });
    reporter_ = std::jthread([this] { report_all(); });
  }
  ~Impl() {
    abandon();
    const MutexLock lock(report_mutex_);
    reporting_ends_ = true;
    reports_changed_.notify_all();
  }

  Id add(SearchJob job) {
    const MutexLock lock(mutex_);
    const auto task = std::make_shared<Task>(std::move(job), next_id_++);
    waiting_.insert(task);
    open_.emplace(task->id, task);
    changed_.notify_all();
    return task->id;
  }
  void end(const std::vector<Id>& jobs) {
    std::vector<TaskPtr> never_searched;
    {
      const MutexLock lock(mutex_);
      for (const Id id : jobs) {
        const auto found = open_.find(id);
        if (found == open_.end()) continue;
        found->second->stop.request_stop();
        if (waiting_.erase(found->second) > 0) never_searched.push_back(found->second);
      }
    }
    for (const TaskPtr& task : never_searched) {
      tell(*task, {.job = task->id});
      close(task);
    }
  }
  void finish() {
    MutexLock lock(mutex_);
    while (!abandoned_ && !open_.empty()) changed_.wait(lock);
  }
  void abandon() {
    const MutexLock lock(mutex_);
    abandoned_ = true;
    waiting_.clear();
    for (const auto& [id, task] : open_) task->stop.request_stop();
    changed_.notify_all();
  }

 private:
  /// A place for a task that a worker searches.
  struct Slot {
    explicit Slot(Evaluator& evaluator) : search(evaluator, SearchParams{}) {}
    Search search;
    TaskPtr task;
    SearchLimits limits;
    bool waits = false;  // for the evaluator
  };

  void tell(const Task& task, const SearchJob::News& news) const {
    if (!abandoned_) task.job.tell(news);
  }
  /// Marks a job as over.
  void close(const TaskPtr& task) {
    const MutexLock lock(mutex_);
    open_.erase(task->id);
    if (open_.empty()) changed_.notify_all();
  }

  // --- searching
  void work() {
    std::vector<std::unique_ptr<Slot>> slots;
    while (true) {
      const auto first = take(true);
      if (!first) return;
      const auto most =
          static_cast<std::size_t>(evaluator_.traits((*first)->job.size).preferred_batch);
      const bool alone = is_alone();
      if (slots.empty()) slots.push_back(std::make_unique<Slot>(evaluator_));
      put(*first, *slots[0], alone ? 1 : threads_count() * most);
      if (alone)
        search_alone(*slots[0]);
      else
        search_together(slots, most);
    }
  }
  /// Takes the most urgent task. Returns nothing if there is none, or if the pool is abandoned.
  std::optional<TaskPtr> take(bool wait) {
    MutexLock lock(mutex_);
    if (wait) {
      ++idle_workers_;
      while (!abandoned_ && waiting_.empty()) changed_.wait(lock);
      --idle_workers_;
    } else if (idle_workers_ > 0) {
      return std::nullopt;  // leaves the task to an idle worker
    }
    if (abandoned_ || waiting_.empty()) return std::nullopt;
    const TaskPtr task = *waiting_.begin();
    waiting_.erase(waiting_.begin());
    return task;
  }
  std::size_t threads_count() const { return static_cast<std::size_t>(threads_); }
  bool is_alone() {
    const MutexLock lock(mutex_);
    return open_.size() == 1;
  }

  /// Prepares the slot for a task. The memory for trees is divided into `parts`; the slot gets one.
  void put(const TaskPtr& task, Slot& slot, std::size_t parts) {
    slot.task = task;
    SearchSetup setup = task->job.prepare();
    setup.params.threads = 1;
    setup.params.max_memory_bytes /= parts;
    slot.limits = setup.limits;
    slot.search.clear();
    slot.search.set_params(setup.params);
    slot.search.set_filters(std::move(setup.filters));
    slot.search.set_position(setup.position);
    const MutexLock lock(task->mutex);
    task->position = std::move(setup.position);
    task->search = &slot.search;
    if (!task->job.first_report_after) return;
    task->next_report = Clock::now() + to_duration(*task->job.first_report_after);
    const MutexLock report_lock(report_mutex_);
    reported_.insert(task);
    fresh_ = true;
    reports_changed_.notify_all();
  }
  /// Searches the slot's task with all threads.
  void search_alone(Slot& slot) {
    SearchParams params = slot.search.params();
    params.threads = threads_;
    slot.search.set_params(params);
    slot.search.run(slot.limits, slot.task->stop.get_token());
    answer(slot);
  }
  /// Searches the task of the first slot and further tasks as they arrive, side by side: as many as
  /// fill one call of the evaluator.
  void search_together(std::vector<std::unique_ptr<Slot>>& slots, std::size_t most) {
    while (slots.size() < most) slots.push_back(std::make_unique<Slot>(evaluator_));
    start(*slots[0], most > 1);
    std::vector<EvalRequest> requests;
    bool any = true;
    while (any) {
      any = false;
      requests.clear();
      for (std::size_t i = 0; i < most; ++i) any = advance(*slots[i], most, requests) || any;
      if (!requests.empty()) evaluator_.evaluate(requests);
      for (std::size_t i = 0; i < most; ++i) {
        if (slots[i]->waits) slots[i]->search.absorb();
        slots[i]->waits = false;
      }
    }
  }
  /// Gathers leaves from the slot's search or, if it is over or there is none, from the next task's
  /// search. Returns false if there is no task.
  bool advance(Slot& slot, std::size_t most, std::vector<EvalRequest>& requests) {
    while (true) {
      if (!slot.task) {
        const auto next = take(false);
        if (!next) return false;
        put(*next, slot, threads_count() * most);
        start(slot, most > 1);
      }
      slot.waits = slot.search.gather(requests);
      if (slot.waits) return true;
      slot.search.finish();
      answer(slot);
    }
  }
  /// `together`: other searches also fill the calls of the evaluator. This search then gathers one
  /// leaf at a time, which gives the best search quality.
  static void start(Slot& slot, bool together) {
    SearchParams params = slot.search.params();
    params.leaves_per_thread = together ? 1 : params.leaves_per_thread;
    slot.search.set_params(params);
    slot.search.start(slot.limits, slot.task->stop.get_token());
  }
  /// Sends the last report of the slot's task, whose search is over.
  void answer(Slot& slot) {
    const TaskPtr task = std::move(slot.task);
    slot.task.reset();
    {
      const MutexLock lock(task->mutex);
      task->next_report.reset();
      tell_state(*task, false);
      task->search = nullptr;
    }
    forget_reports(task);
    close(task);
  }
  /// Reports the current state of the task's search.
  void tell_state(Task& task, bool during_search) const PONNUKI_REQUIRES(task.mutex) {
    const Analysis analysis = task.search->analysis(task.job.report);
    if (analysis.root.visits > 0)
      tell(task, {task.id, during_search, &*task.position, &analysis});
    else if (!during_search)
      tell(task, {.job = task.id});
  }

  // --- reports during searches
  void report_all() {
    auto next = Clock::now();
    while (const auto tasks = await_reports(next)) {
      next = Clock::now() + std::chrono::seconds(1);
      for (const TaskPtr& task : *tasks) next = std::min(next, report(*task));
    }
  }
  /// Waits until the time `next` or a new task, and returns the tasks to look at. Returns nothing
  /// when the pool ends.
  std::optional<std::vector<TaskPtr>> await_reports(Clock::time_point next) {
    MutexLock lock(report_mutex_);
    while (!reporting_ends_ && !fresh_ && reports_changed_.wait_until(lock, next)) continue;
    fresh_ = false;
    if (reporting_ends_) return std::nullopt;
    return std::vector<TaskPtr>(reported_.begin(), reported_.end());
  }
  /// Reports on a task if it is time. Returns when to look at it again.
  Clock::time_point report(Task& task) {
    constexpr auto kNever = Clock::time_point::max();
    const MutexLock lock(task.mutex);
    if (!task.next_report || task.search == nullptr) return kNever;
    if (Clock::now() < *task.next_report) return *task.next_report;
    tell_state(task, true);
    if (!task.job.report_every) {
      task.next_report.reset();
      return kNever;
    }
    task.next_report = Clock::now() + to_duration(*task.job.report_every);
    return *task.next_report;
  }
  void forget_reports(const TaskPtr& task) {
    const MutexLock lock(report_mutex_);
    reported_.erase(task);
  }

  Evaluator& evaluator_;
  int threads_;

  Mutex mutex_;
  Condition changed_;
  std::set<TaskPtr, MoreUrgent> waiting_ PONNUKI_GUARDED_BY(mutex_);
  std::map<Id, TaskPtr> open_ PONNUKI_GUARDED_BY(mutex_);  // waiting or being searched
  Id next_id_ PONNUKI_GUARDED_BY(mutex_) = 0;
  int idle_workers_ PONNUKI_GUARDED_BY(mutex_) = 0;
  std::atomic<bool> abandoned_{false};  // written under mutex_

  Mutex report_mutex_;
  Condition reports_changed_;
  /// The tasks that are being searched and have further reports to send.
  std::set<TaskPtr> reported_ PONNUKI_GUARDED_BY(report_mutex_);
  // The reporter has not seen a new task yet.
  bool fresh_ PONNUKI_GUARDED_BY(report_mutex_) = false;
  bool reporting_ends_ PONNUKI_GUARDED_BY(report_mutex_) = false;

  std::vector<std::jthread> workers_;
  std::jthread reporter_;
};

SearchPool::SearchPool(Evaluator& evaluator, int threads)
    : impl_(std::make_unique<Impl>(evaluator, threads)) {}
SearchPool::~SearchPool() = default;
SearchPool::Id SearchPool::add(SearchJob job) { return impl_->add(std::move(job)); }
void SearchPool::end(const std::vector<Id>& jobs) { impl_->end(jobs); }
void SearchPool::finish() { impl_->finish(); }
void SearchPool::abandon() { impl_->abandon(); }

}  // namespace ponnuki::search
