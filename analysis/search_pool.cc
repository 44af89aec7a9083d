#include "analysis/search_pool.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <stop_token>
#include <thread>

namespace ponnuki::analysis {
namespace {

using Clock = std::chrono::steady_clock;

Clock::duration to_duration(double seconds) {
  return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
}

struct Task {
  Task(SearchJob the_job, SearchPool::Id the_id) : job(std::move(the_job)), id(the_id) {}

  SearchJob job;
  SearchPool::Id id;
  std::stop_source stop;

  std::mutex mutex;                  // guards what follows
  search::Search* search = nullptr;  // while it is searched
  std::optional<Position> position;
  std::optional<Clock::time_point> next_report;
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
    reporter_ = std::jthread([this](const std::stop_token& stop) { report_all(stop); });
  }
  ~Impl() { abandon(); }

  Id add(SearchJob job) {
    const std::lock_guard lock(mutex_);
    const auto task = std::make_shared<Task>(std::move(job), next_id_++);
    waiting_.insert(task);
    open_.emplace(task->id, task);
    changed_.notify_all();
    return task->id;
  }
  void end(const std::vector<Id>& jobs) {
    std::vector<TaskPtr> never_searched;
    {
      const std::lock_guard lock(mutex_);
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
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return abandoned_ || open_.empty(); });
  }
  void abandon() {
    const std::lock_guard lock(mutex_);
    abandoned_ = true;
    waiting_.clear();
    for (const auto& [id, task] : open_) task->stop.request_stop();
    changed_.notify_all();
  }

 private:
  /// A task in a worker's hands.
  struct Slot {
    explicit Slot(Evaluator& evaluator) : search(evaluator, search::SearchParams{}) {}
    search::Search search;
    TaskPtr task;
    search::SearchLimits limits;
    bool waits = false;  // for the evaluator
  };

  void tell(const Task& task, const SearchJob::News& news) const {
    if (!abandoned_) task.job.tell(news);
  }
  /// The job is over.
  void close(const TaskPtr& task) {
    const std::lock_guard lock(mutex_);
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
  /// The most urgent task; nothing where there is none, or nobody is there any more.
  std::optional<TaskPtr> take(bool wait) {
    std::unique_lock lock(mutex_);
    if (wait) {
      ++idle_workers_;
      changed_.wait(lock, [&] { return abandoned_ || !waiting_.empty(); });
      --idle_workers_;
    } else if (idle_workers_ > 0) {
      return std::nullopt;  // whoever has nothing to do comes first
    }
    if (abandoned_ || waiting_.empty()) return std::nullopt;
    const TaskPtr task = *waiting_.begin();
    waiting_.erase(waiting_.begin());
    return task;
  }
  std::size_t threads_count() const { return static_cast<std::size_t>(threads_); }
  bool is_alone() {
    const std::lock_guard lock(mutex_);
    return open_.size() == 1;
  }

  /// `parts`: of the memory for trees, of which the slot gets one.
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
    const std::lock_guard lock(task->mutex);
    task->position = std::move(setup.position);
    task->search = &slot.search;
    if (!task->job.first_report_after) return;
    task->next_report = Clock::now() + to_duration(*task->job.first_report_after);
    const std::lock_guard report_lock(report_mutex_);
    reported_.insert(task);
    fresh_ = true;
    reports_changed_.notify_all();
  }
  /// All cores search one position.
  void search_alone(Slot& slot) {
    search::SearchParams params = slot.search.params();
    params.threads = threads_;
    slot.search.set_params(params);
    slot.search.run(slot.limits, slot.task->stop.get_token());
    answer(slot);
  }
  /// The first slot, and more positions as they come: as many as fill a call of the evaluator.
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
  /// Gathers leaves of the slot's search, of the next task's where it is over or there was none.
  /// False: there is none.
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
  /// `together`: others fill the calls of the evaluator, so that one leaf at a time will do, which
  /// searches best.
  static void start(Slot& slot, bool together) {
    search::SearchParams params = slot.search.params();
    params.leaves_per_thread = together ? 1 : params.leaves_per_thread;
    slot.search.set_params(params);
    slot.search.start(slot.limits, slot.task->stop.get_token());
  }
  /// The last answer of the slot's task, whose search is over.
  void answer(Slot& slot) {
    const TaskPtr task = std::move(slot.task);
    slot.task.reset();
    {
      const std::lock_guard lock(task->mutex);
      task->next_report.reset();
      tell_state(*task, false);
      task->search = nullptr;
    }
    forget_reports(task);
    close(task);
  }
  /// What the search of the task says now. Requires task.mutex.
  void tell_state(const Task& task, bool during_search) const {
    const search::Analysis analysis = task.search->analysis(task.job.report);
    if (analysis.root.visits > 0)
      tell(task, {task.id, during_search, &*task.position, &analysis});
    else if (!during_search)
      tell(task, {.job = task.id});
  }

  // --- news while searches are under way
  void report_all(const std::stop_token& stop) {
    std::unique_lock lock(report_mutex_);
    while (!stop.stop_requested()) {
      std::vector<TaskPtr> tasks(reported_.begin(), reported_.end());
      lock.unlock();
      auto next = Clock::now() + std::chrono::seconds(1);
      for (const TaskPtr& task : tasks) next = std::min(next, report(*task));
      tasks.clear();
      lock.lock();
      reports_changed_.wait_until(lock, stop, next, [&] { return fresh_; });
      fresh_ = false;
    }
  }
  /// When it has to be looked at again.
  Clock::time_point report(Task& task) {
    constexpr auto kNever = Clock::time_point::max();
    const std::lock_guard lock(task.mutex);
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
    const std::lock_guard lock(report_mutex_);
    reported_.erase(task);
  }

  Evaluator& evaluator_;
  int threads_;

  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::set<TaskPtr, MoreUrgent> waiting_;
  std::map<Id, TaskPtr> open_;  // waiting or searched
  Id next_id_ = 0;
  int idle_workers_ = 0;
  std::atomic<bool> abandoned_{false};  // written under mutex_

  std::mutex report_mutex_;  // guards what follows
  std::condition_variable_any reports_changed_;
  std::set<TaskPtr> reported_;  // searched, with reports on the way
  bool fresh_ = false;          // there is one that the reporter has not seen

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

}  // namespace ponnuki::analysis
