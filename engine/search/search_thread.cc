#include "engine/search/search_thread.h"

#include <algorithm>
#include <thread>

namespace ponnuki::search {

namespace {

/// Visits of the root for each leaf in flight. With fewer, virtual losses would distort the search.
constexpr std::int64_t kVisitsPerLeaf = 32;
/// The largest number of playouts of one gather() that end without the evaluator.
constexpr int kMostWithoutEvaluator = 64;

}  // namespace

SearchThread::SearchThread(SearchCore& core, RunState& run, std::uint64_t stream)
    : core_(core), run_(run), stream_(stream), most_leaves_(core.params.leaves_per_thread) {
  if (most_leaves_ == 0)
    most_leaves_ = core.evaluator.traits(core.root.position.size()).preferred_batch;
}

bool SearchThread::gather(std::vector<EvalRequest>& requests) {
  const int leaves = leaves_now();
  for (int tries = leaves + kMostWithoutEvaluator; in_flight_ < leaves && tries > 0; --tries) {
    if (must_stop()) break;
    const double visits_left = run_.visits_left(run_.playouts++);
    if (visits_left <= 0) {  // another thread has just begun the last playout
      --run_.playouts;
      break;
    }
    SearchWorker& next = worker(in_flight_);
    if (const auto request = next.begin_playout(visits_left)) {
      requests.push_back(*request);
      ++in_flight_;
    } else if (!finish(next)) {
      if (in_flight_ == 0) wait();
      break;
    }
  }
  return in_flight_ > 0 || !must_stop();
}

void SearchThread::absorb() {
  for (int i = 0; i < in_flight_; ++i) finish(worker(i));
  in_flight_ = 0;
}

int SearchThread::leaves_now() const {
  const std::int64_t visits = run_.earlier_visits + run_.playouts.load(std::memory_order_relaxed);
  return static_cast<int>(std::clamp<std::int64_t>(visits / kVisitsPerLeaf, 1, most_leaves_));
}

/// Tells the other threads through `stopped`, unless the reason is the limit on visits or playouts:
/// a playout in flight may turn out not to count, and then its thread begins another one.
bool SearchThread::must_stop() const {
  if (run_.stopped.load(std::memory_order_relaxed)) return true;
  if (run_.visits_left(run_.playouts.load(std::memory_order_relaxed)) <= 0) return true;
  const bool stops = run_.stop.stop_requested() ||
                     core_.tree.bytes() + core_.biases.bytes() >= core_.params.max_memory_bytes ||
                     run_.seconds() >= run_.limits.seconds;
  if (stops) run_.stopped = true;
  return stops;
}

/// Returns false if another playout is evaluating the leaf.
bool SearchThread::finish(SearchWorker& worker) {
  const SearchWorker::Outcome outcome = worker.finish_playout();
  if (outcome != SearchWorker::Outcome::kCounted) --run_.playouts;
  if (outcome == SearchWorker::Outcome::kCollision) return false;
  waits_ = 0;
  return true;
}

/// Lets other threads finish their playouts: yields at first, later sleeps to save processor time.
void SearchThread::wait() {
  constexpr int kPatience = 16;
  if (++waits_ <= kPatience) {
    std::this_thread::yield();
  } else {
    std::this_thread::sleep_for(std::chrono::microseconds(50));
  }
}

SearchWorker& SearchThread::worker(int index) {
  const auto i = static_cast<std::size_t>(index);
  if (i == workers_.size()) {
    workers_.push_back(
        std::make_unique<SearchWorker>(core_, stream_ + (static_cast<std::uint64_t>(i) << 44)));
  }
  return *workers_[i];
}

}  // namespace ponnuki::search
