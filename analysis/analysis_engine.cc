#include "analysis/analysis_engine.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <limits>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <thread>
#include <vector>

namespace ponnuki {
namespace {

using Clock = std::chrono::steady_clock;

Clock::duration to_duration(double seconds) {
  return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
}

/// A query with the memory that it takes.
struct OpenQuery {
  AnalysisQuery query;
  std::size_t bytes;
  std::size_t positions;  // that have not been answered; guarded by the engine's mutex
};

/// One position of a query.
struct Task {
  std::shared_ptr<OpenQuery> open;
  int turn;
  std::int64_t priority;
  std::uint64_t number;  // in order of arrival
  std::stop_source stop;

  std::mutex mutex;          // guards what follows
  Search* search = nullptr;  // while it is searched
  std::optional<Position> position;
  std::optional<Clock::time_point> next_report;

  const AnalysisQuery& query() const { return open->query; }
};
using TaskPtr = std::shared_ptr<Task>;

/// The most urgent first, then the oldest.
struct MoreUrgent {
  bool operator()(const TaskPtr& a, const TaskPtr& b) const {
    return a->priority != b->priority ? a->priority > b->priority : a->number < b->number;
  }
};

}  // namespace

class AnalysisEngine::Impl {
 public:
  Impl(Evaluator& evaluator, const Options& options, Emit emit)
      : evaluator_(evaluator), options_(options), emit_(std::move(emit)) {
    for (int i = 0; i < std::max(1, options_.threads); ++i)
      workers_.emplace_back([this] { work(); });
    reporter_ = std::jthread([this](const std::stop_token& stop) { report_all(stop); });
  }
  ~Impl() {
    abandon();
    join();
  }

  void handle(std::string_view line) {
    if (line.find_first_not_of(" \t\r\n") == std::string_view::npos) return;
    AnalysisRequest request = parse_analysis_request(line, options_.settings);
    for (const std::string& reply : request.replies) tell(reply);
    if (auto* query = std::get_if<AnalysisQuery>(&request.what))
      add(std::move(*query), line.size());
    if (const auto* action = std::get_if<AnalysisAction>(&request.what)) act(*action);
  }
  void finish() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return abandoned_ || open_.empty(); });
  }
  void abandon() {
    const std::lock_guard lock(mutex_);
    abandoned_ = true;
    waiting_.clear();
    for (const auto& [number, task] : open_) task->stop.request_stop();
    changed_.notify_all();
  }

 private:
  /// A task in a worker's hands.
  struct Slot {
    explicit Slot(Evaluator& evaluator) : search(evaluator, SearchParams{}) {}
    Search search;
    TaskPtr task;
    std::size_t first_request = 0;
    bool waits = false;
  };

  // --- requests
  void add(AnalysisQuery query, std::size_t bytes) {
    // Moves and settings as they are kept, beside the text.
    bytes += sizeof(AnalysisQuery) + query.moves.size() * sizeof(Move);
    const std::size_t positions = query.turns.size();
    const auto open = std::make_shared<OpenQuery>(OpenQuery{std::move(query), bytes, positions});
    std::unique_lock lock(mutex_);
    const bool full =
        open_.size() + positions > kMostPositions || query_bytes_ + bytes > kMostQueryBytes;
    if (full) {
      lock.unlock();
      return tell(query_refused(open->query));
    }
    for (const AnalysisQuery::Turn& turn : open->query.turns) {
      const auto task = std::make_shared<Task>();
      task->open = open;
      task->turn = turn.number;
      task->priority = turn.priority;
      task->number = next_number_++;
      waiting_.insert(task);
      open_.emplace(task->number, task);
    }
    query_bytes_ += bytes;
    changed_.notify_all();
  }
  void act(const AnalysisAction& action) {
    using Kind = AnalysisAction::Kind;
    if (action.kind == Kind::kClearCache) evaluator_.clear_cache();
    if (action.kind == Kind::kTerminate || action.kind == Kind::kTerminateAll) terminate(action);
    tell(action_answer(action, options_.facts));
  }
  void terminate(const AnalysisAction& action) {
    std::vector<TaskPtr> never_searched;
    {
      const std::lock_guard lock(mutex_);
      for (const auto& [number, task] : open_) {
        const bool every_id = action.kind == AnalysisAction::Kind::kTerminateAll;
        const bool same_id = every_id || task->query().id == action.terminate_id;
        const bool same_turn =
            !action.turns || std::ranges::find(*action.turns, task->turn) != action.turns->end();
        if (!same_id || !same_turn) continue;
        task->stop.request_stop();
        if (waiting_.erase(task) > 0) never_searched.push_back(task);
      }
    }
    for (const TaskPtr& task : never_searched) {
      tell(no_results(task->query(), task->turn));
      close(task);
    }
  }
  /// The task has been answered.
  void close(const TaskPtr& task) {
    const std::lock_guard lock(mutex_);
    open_.erase(task->number);
    if (--task->open->positions == 0) query_bytes_ -= task->open->bytes;
    if (open_.empty()) changed_.notify_all();
  }

  // --- searching
  void work() {
    std::vector<std::unique_ptr<Slot>> slots;
    while (true) {
      const auto first = take(true);
      if (!first) return;
      const std::size_t share = share_of_one(**first);
      put(*first, slots, 0);
      std::size_t used = 1;
      while (used < share) {
        const auto next = take(false);
        if (!next) break;
        put(*next, slots, used++);
      }
      if (used == 1 && is_alone())
        search_alone(*slots[0]);
      else
        search_together(slots, used);
    }
  }
  /// The most urgent task; nothing where there is none, or nobody is there any more.
  std::optional<TaskPtr> take(bool wait) {
    std::unique_lock lock(mutex_);
    if (wait) changed_.wait(lock, [&] { return closing_ || abandoned_ || !waiting_.empty(); });
    if (abandoned_ || waiting_.empty()) return std::nullopt;
    const TaskPtr task = *waiting_.begin();
    waiting_.erase(waiting_.begin());
    return task;
  }
  /// How many positions a worker should have: as many as fill a call of the evaluator, but all
  /// workers should have some.
  std::size_t share_of_one(const Task& task) {
    const auto most =
        static_cast<std::size_t>(evaluator_.preferred_batch(task.query().start.position().size()));
    const std::lock_guard lock(mutex_);
    const std::size_t there = waiting_.size() + 1;
    return std::clamp<std::size_t>((there + workers_count() - 1) / workers_count(), 1, most);
  }
  std::size_t workers_count() const {
    return static_cast<std::size_t>(std::max(1, options_.threads));
  }
  bool is_alone() {
    const std::lock_guard lock(mutex_);
    return open_.size() == 1;
  }

  void put(const TaskPtr& task, std::vector<std::unique_ptr<Slot>>& slots, std::size_t at) {
    if (slots.size() <= at) slots.push_back(std::make_unique<Slot>(evaluator_));
    Slot& slot = *slots[at];
    slot.task = task;
    slot.search.clear();
    slot.search.set_params(params_of(*task));
    slot.search.set_filters(task->query().filters);
    Position position = task->query().position_at(task->turn);
    slot.search.set_position(position);
    const std::lock_guard lock(task->mutex);
    task->position = std::move(position);
    task->search = &slot.search;
    if (!task->query().first_report_after) return;
    task->next_report = Clock::now() + to_duration(*task->query().first_report_after);
    const std::lock_guard report_lock(report_mutex_);
    reports_changed_.notify_all();
    reported_.insert(task);
  }
  SearchParams params_of(const Task& task) const {
    const GtpOptions& knobs = task.query().settings.knobs;
    SearchParams params = knobs.search;
    params.threads = 1;
    params.wide_root_noise = knobs.analysis_wide_root_noise;
    params.max_memory_bytes /= workers_count();
    return params;
  }
  static SearchLimits limits_of(const Task& task) {
    const GtpOptions& knobs = task.query().settings.knobs;
    SearchLimits limits;
    limits.visits = knobs.visits;
    limits.playouts = knobs.playouts;
    limits.seconds = knobs.seconds.value_or(std::numeric_limits<double>::infinity());
    return limits;
  }

  /// All cores search one position.
  void search_alone(Slot& slot) {
    SearchParams params = slot.search.params();
    params.threads = options_.threads;
    slot.search.set_params(params);
    slot.search.run(limits_of(*slot.task), slot.task->stop.get_token());
    answer(slot);
  }
  /// The first `used` slots, and whatever else is waiting as they get free.
  void search_together(std::vector<std::unique_ptr<Slot>>& slots, std::size_t used) {
    for (std::size_t i = 0; i < used; ++i) start(*slots[i], used > 1);
    std::vector<EvalRequest> requests;
    bool any = true;
    while (any) {
      any = false;
      requests.clear();
      for (std::size_t i = 0; i < used; ++i) {
        Slot& slot = *slots[i];
        while (slot.task && !(slot.waits = slot.search.gather(requests))) {
          slot.search.finish();
          answer(slot);
          if (const auto next = take(false)) {
            put(*next, slots, i);
            start(slot, used > 1);
          }
        }
        any = any || slot.waits;
      }
      if (!requests.empty()) evaluator_.evaluate(requests);
      for (std::size_t i = 0; i < used; ++i) {
        if (slots[i]->waits) slots[i]->search.absorb();
        slots[i]->waits = false;
      }
    }
  }
  /// `together`: others fill the calls of the evaluator, so that one leaf at a time will do, which
  /// searches best.
  static void start(Slot& slot, bool together) {
    SearchParams params = slot.search.params();
    params.leaves_per_thread = together ? 1 : params.leaves_per_thread;
    slot.search.set_params(params);
    slot.search.start(limits_of(*slot.task), slot.task->stop.get_token());
  }
  /// The last answer of the slot's task, whose search is over.
  void answer(Slot& slot) {
    const TaskPtr task = std::move(slot.task);
    slot.task.reset();
    {
      const std::lock_guard lock(task->mutex);
      task->next_report.reset();
      if (!tell_state(*task, false)) tell(no_results(task->query(), task->turn));
      task->search = nullptr;
    }
    forget_reports(task);
    close(task);
  }
  /// What the search of the task says now; false where it says nothing yet. Requires task.mutex.
  bool tell_state(const Task& task, bool during_search) {
    const Analysis analysis = task.search->analysis(options_for(task.query()));
    if (analysis.root.visits == 0) return false;
    tell(analysis_answer(task.query(), task.turn, during_search, *task.position, analysis));
    return true;
  }

  // --- answers while searches are under way
  void report_all(const std::stop_token& stop) {
    std::unique_lock lock(report_mutex_);
    while (!stop.stop_requested()) {
      std::vector<TaskPtr> tasks(reported_.begin(), reported_.end());
      lock.unlock();
      auto next = Clock::now() + std::chrono::seconds(1);
      for (const TaskPtr& task : tasks) next = std::min(next, report(*task));
      tasks.clear();
      lock.lock();
      reports_changed_.wait_until(lock, stop, next, [] { return false; });
    }
  }
  /// When it has to be looked at again.
  Clock::time_point report(Task& task) {
    constexpr auto kNever = Clock::time_point::max();
    const std::lock_guard lock(task.mutex);
    if (!task.next_report || task.search == nullptr) return kNever;
    if (Clock::now() < *task.next_report) return *task.next_report;
    tell_state(task, true);
    if (!task.query().report_every) {
      task.next_report.reset();
      return kNever;
    }
    task.next_report = Clock::now() + to_duration(*task.query().report_every);
    return *task.next_report;
  }
  void forget_reports(const TaskPtr& task) {
    const std::lock_guard lock(report_mutex_);
    reported_.erase(task);
  }

  void tell(const std::string& line) {
    const std::lock_guard lock(emit_mutex_);
    if (!abandoned_) emit_(line);
  }
  static std::string query_refused(const AnalysisQuery& query);

  void join() {
    {
      const std::lock_guard lock(mutex_);
      closing_ = true;
      changed_.notify_all();
    }
    workers_.clear();
    reporter_.request_stop();
  }

  Evaluator& evaluator_;
  Options options_;
  Emit emit_;
  std::mutex emit_mutex_;

  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::set<TaskPtr, MoreUrgent> waiting_;
  std::map<std::uint64_t, TaskPtr> open_;  // waiting or searched, by number
  std::size_t query_bytes_ = 0;            // of the open ones
  std::uint64_t next_number_ = 0;
  bool closing_ = false;
  std::atomic<bool> abandoned_{false};  // written under mutex_

  std::mutex report_mutex_;  // guards reported_
  std::condition_variable_any reports_changed_;
  std::set<TaskPtr> reported_;  // searched, with reports on the way

  std::vector<std::jthread> workers_;
  std::jthread reporter_;
};

std::string AnalysisEngine::Impl::query_refused(const AnalysisQuery& query) {
  return field_error(query.id, "id", "Too many positions are waiting already: ask again later");
}

AnalysisEngine::AnalysisEngine(Evaluator& evaluator, const Options& options, Emit emit)
    : impl_(std::make_unique<Impl>(evaluator, options, std::move(emit))) {}
AnalysisEngine::~AnalysisEngine() = default;
void AnalysisEngine::handle(std::string_view line) { impl_->handle(line); }
void AnalysisEngine::finish() { impl_->finish(); }
void AnalysisEngine::abandon() { impl_->abandon(); }

}  // namespace ponnuki
