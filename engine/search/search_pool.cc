#include "engine/search/search_pool.h"

#include <algorithm>
#include <atomic>
#include <deque>
#include <map>
#include <new>
#include <set>
#include <stdexcept>
#include <stop_token>
#include <thread>
#include <utility>

#include "engine/mutex.h"
#include "engine/search/pool_reporter.h"
#include "engine/start_thread.h"

namespace ponnuki::search {
namespace {

using Task = PoolTask;
using TaskPtr = std::shared_ptr<Task>;

struct MoreUrgent {
  bool operator()(const TaskPtr& a, const TaskPtr& b) const {
    return a->job.priority != b->job.priority ? a->job.priority > b->job.priority : a->id < b->id;
  }
};

}  // namespace

class SearchPool::Impl : public HelperPool::Work {
 public:
  Impl(Evaluator& evaluator, int threads, const Share& share)
      : evaluator_(evaluator),
        threads_(std::max(1, threads)),
        share_(share),
        reporter_(abandoned_, share.pause) {}
  ~Impl() override {
    abandon();
    workers_.clear();  // joins them; the first of them sends the helpers away
  }

  Status start() {
    const MutexLock lock(mutex_);
    const std::size_t wanted = share_.helpers != nullptr ? 1 : threads_count();
    while (workers_.size() < wanted) {
      auto worker = start_thread([this] { work(); });
      if (!worker && workers_.empty()) return worker.error();
      if (!worker) break;
      workers_.push_back(std::move(*worker));
    }
    return {};
  }
  Id add(SearchJob job) {
    if (const Status started = start(); !started) throw std::runtime_error(started.error().message);
    if (job.first_report_after) reporter_.start();
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
      reporter_.tell(*task, {.job = task->id});
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
  /// The tasks that one thread searches side by side. A helper may leave them to another thread.
  struct Bench {
    std::vector<std::unique_ptr<Slot>> slots;
    std::size_t most = 1;  // tasks
    TaskPtr first;         // a task that has no slot yet
  };
  using BenchPtr = std::unique_ptr<Bench>;

  /// Marks a job as over.
  void close(const TaskPtr& task) {
    const MutexLock lock(mutex_);
    open_.erase(task->id);
    if (open_.empty()) changed_.notify_all();
  }
  bool is_paused() const { return share_.pause != nullptr && share_.pause->is_paused(); }

  // --- searching
  void work() {
    std::optional<HelperPool::Call> call;  // helpers come while jobs are open
    while (BenchPtr bench = await_bench(call)) {
      if (share_.helpers != nullptr && !call) call.emplace(*share_.helpers, *this);
      search_on(*bench, Clock::time_point::max());
      put_away(std::move(bench));
    }
  }
  bool help(Clock::time_point until) override {
    BenchPtr bench = is_paused() ? nullptr : take_bench();
    if (!bench) return false;
    search_on(*bench, until);
    put_away(std::move(bench));
    return true;
  }
  /// Waits for something to do. Returns null if the pool is abandoned. Without open jobs it sends
  /// the helpers away.
  BenchPtr await_bench(std::optional<HelperPool::Call>& call) {
    while (true) {
      {
        MutexLock lock(mutex_);
        ++idle_workers_;
        while (!abandoned_ && waiting_.empty() && left_.empty() && (!call || !open_.empty()))
          changed_.wait(lock);
        --idle_workers_;
        if (abandoned_) return nullptr;
        if (!waiting_.empty() || !left_.empty()) return next_bench();
      }
      call.reset();
    }
  }
  /// Null if there is nothing to do for a helper, or if it is left to an idle worker.
  BenchPtr take_bench() {
    const MutexLock lock(mutex_);
    const bool nothing = left_.empty() && (waiting_.empty() || benches_ >= threads_);
    return abandoned_ || idle_workers_ > 0 || nothing ? nullptr : next_bench();
  }
  /// A bench with tasks that another thread left or, with the most urgent task, an empty one.
  BenchPtr next_bench() PONNUKI_REQUIRES(mutex_) {
    if (!left_.empty()) {
      BenchPtr bench = std::move(left_.front());
      left_.pop_front();
      return bench;
    }
    BenchPtr bench = std::make_unique<Bench>();
    if (!spare_.empty()) {
      bench = std::move(spare_.back());
      spare_.pop_back();
    }
    bench->first = *waiting_.begin();
    waiting_.erase(waiting_.begin());
    ++benches_;
    return bench;
  }
  void put_away(BenchPtr bench) {
    const bool busy = std::ranges::any_of(bench->slots, [](const auto& s) { return !!s->task; });
    const MutexLock lock(mutex_);
    if (busy) {
      left_.push_back(std::move(bench));
      changed_.notify_all();
    } else {
      spare_.push_back(std::move(bench));
      --benches_;
    }
  }
  /// Takes the most urgent task. Returns nothing if there is none, or if it is left to an idle
  /// worker.
  std::optional<TaskPtr> take() {
    const MutexLock lock(mutex_);
    if (idle_workers_ > 0 || abandoned_ || waiting_.empty()) return std::nullopt;
    const TaskPtr task = *waiting_.begin();
    waiting_.erase(waiting_.begin());
    return task;
  }
  std::size_t threads_count() const { return static_cast<std::size_t>(threads_); }
  bool is_alone() {
    const MutexLock lock(mutex_);
    return open_.size() == 1;
  }

  /// Searches the tasks of the bench and, as these end, further ones, until `until` or until there
  /// are no more. Where memory runs out or the evaluator fails, they end without results.
  void search_on(Bench& bench, Clock::time_point until) try {
    if (bench.first && begin(bench, until)) return;
    std::vector<EvalRequest> requests;
    while (round(bench, requests) && Clock::now() < until) {
      const bool is_worker = until == Clock::time_point::max();
      while (is_worker && is_paused() && !abandoned_)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
      if (is_paused() && !is_worker) return;
    }
  } catch (...) {
    give_up(bench);
  }
  /// Gives the first task of an empty bench its slot. If it is the only job, a worker searches it
  /// to the end; then returns true.
  bool begin(Bench& bench, Clock::time_point until) {
    bench.most = static_cast<std::size_t>(evaluator_.traits(bench.first->job.size).preferred_batch);
    const bool alone = until == Clock::time_point::max() && is_alone();
    while (bench.slots.size() < (alone ? 1 : bench.most))
      bench.slots.push_back(std::make_unique<Slot>(evaluator_));
    Slot& slot = *bench.slots[0];
    put(bench.first, slot, alone ? 1 : threads_count() * bench.most);
    bench.first.reset();
    if (alone)
      search_alone(slot);
    else
      start(slot, bench.most > 1);
    return alone;
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
    reporter_.watch(task);
  }
  /// Searches the slot's task with all threads.
  void search_alone(Slot& slot) {
    SearchParams params = slot.search.params();
    params.threads = threads_;
    slot.search.set_params(params);
    SearchLimits limits = slot.limits;
    limits.helpers = share_.helpers;
    limits.pause = share_.pause;
    slot.search.run(limits, slot.task->stop.get_token());
    answer(slot);
  }
  /// Searches the tasks of the bench for one call of the evaluator: as many as fill it. Returns
  /// false if there are none.
  bool round(Bench& bench, std::vector<EvalRequest>& requests) {
    bool any = false;
    requests.clear();
    for (std::size_t i = 0; i < bench.most; ++i)
      any = advance(*bench.slots[i], bench.most, requests) || any;
    if (!requests.empty()) evaluator_.evaluate(requests);
    for (const auto& slot : bench.slots) {
      if (slot->waits) slot->search.absorb();
      slot->waits = false;
    }
    return any;
  }
  /// Gathers leaves from the slot's search or, if it is over or there is none, from the next task's
  /// search. Returns false if there is no task.
  bool advance(Slot& slot, std::size_t most, std::vector<EvalRequest>& requests) {
    while (true) {
      if (!slot.task) {
        const auto next = take();
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
  /// After an exception: ends all tasks of the bench without results, and forgets their searches.
  void give_up(Bench& bench) {
    if (bench.first) lose(std::exchange(bench.first, nullptr));
    for (const auto& slot : bench.slots)
      if (slot->task) lose(slot->task);
    bench.slots.clear();
  }
  void lose(const TaskPtr& task) {
    bool is_answered = false;
    {
      const MutexLock lock(task->mutex);
      is_answered = task->is_answered;
      task->next_report.reset();
      task->search = nullptr;
    }
    reporter_.forget(task);
    try {
      if (!is_answered) reporter_.tell(*task, {.job = task->id});
    } catch (...) {  // no memory for the message either
    }
    close(task);
  }
  /// Sends the last report of the slot's task, whose search is over.
  void answer(Slot& slot) {
    const TaskPtr task = slot.task;
    {
      const MutexLock lock(task->mutex);
      task->next_report.reset();
      reporter_.tell_state(*task, false);
      task->search = nullptr;
    }
    slot.task.reset();
    reporter_.forget(task);
    close(task);
  }

  Evaluator& evaluator_;
  int threads_;
  Share share_;

  Mutex mutex_;
  Condition changed_;
  std::set<TaskPtr, MoreUrgent> waiting_ PONNUKI_GUARDED_BY(mutex_);
  std::map<Id, TaskPtr> open_ PONNUKI_GUARDED_BY(mutex_);  // waiting or being searched
  Id next_id_ PONNUKI_GUARDED_BY(mutex_) = 0;
  int idle_workers_ PONNUKI_GUARDED_BY(mutex_) = 0;
  std::deque<BenchPtr> left_ PONNUKI_GUARDED_BY(mutex_);    // benches with tasks, without a thread
  std::vector<BenchPtr> spare_ PONNUKI_GUARDED_BY(mutex_);  // benches without tasks
  int benches_ PONNUKI_GUARDED_BY(mutex_) = 0;              // those with tasks
  std::atomic<bool> abandoned_{false};                      // written under mutex_

  PoolReporter reporter_;
  std::vector<std::jthread> workers_;
};

SearchPool::SearchPool(Evaluator& evaluator, int threads, const Share& share)
    : impl_(std::make_unique<Impl>(evaluator, threads, share)) {}
SearchPool::~SearchPool() = default;
Status SearchPool::start() { return impl_->start(); }
SearchPool::Id SearchPool::add(SearchJob job) { return impl_->add(std::move(job)); }
void SearchPool::end(const std::vector<Id>& jobs) { impl_->end(jobs); }
void SearchPool::finish() { impl_->finish(); }
void SearchPool::abandon() { impl_->abandon(); }

}  // namespace ponnuki::search
