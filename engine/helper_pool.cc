#include "engine/helper_pool.h"

#include <algorithm>
#include <new>
#include <tuple>

#include "engine/start_thread.h"

namespace ponnuki {
namespace {

constexpr std::chrono::milliseconds kTurn{20};
constexpr std::chrono::milliseconds kRest{10};  // of work that had nothing to do

}  // namespace

HelperPool::HelperPool(int helpers) {
  while (size() < helpers) {
    auto thread = start_thread<std::thread>([this] { serve(); });
    if (!thread) break;
    threads_.push_back(std::move(*thread));
  }
}

HelperPool::~HelperPool() {
  {
    const MutexLock lock(mutex_);
    closing_ = true;
    changed_.notify_all();
  }
  for (std::thread& thread : threads_) thread.join();
}

HelperPool::Call::Call(HelperPool& pool, Work& work) : pool_(pool) {
  const MutexLock lock(pool_.mutex_);
  open_ = pool_.open_.insert(pool_.open_.end(), Open{&work});
  pool_.changed_.notify_all();
}

HelperPool::Call::~Call() {
  MutexLock lock(pool_.mutex_);
  open_->work = nullptr;  // nobody else comes
  while (open_->helpers > 0) pool_.changed_.wait(lock);
  pool_.open_.erase(open_);
}

/// The work with the fewest helpers; among those, the one that waits longest.
HelperPool::Open* HelperPool::choose() {
  const auto now = Clock::now();
  Open* best = nullptr;
  for (Open& open : open_) {
    if (open.work == nullptr || open.rests_until > now) continue;
    if (best == nullptr ||
        std::tie(open.helpers, open.served) < std::tie(best->helpers, best->served))
      best = &open;
  }
  return best;
}

void HelperPool::wait_for_work(MutexLock& lock) {
  auto wake = Clock::time_point::max();
  for (const Open& open : open_)
    if (open.work != nullptr) wake = std::min(wake, open.rests_until);
  if (wake == Clock::time_point::max())
    changed_.wait(lock);
  else
    changed_.wait_until(lock, wake);
}

void HelperPool::serve() {
  Open* open = nullptr;
  while (true) {
    Work* work = nullptr;
    {
      MutexLock lock(mutex_);
      while (!closing_ && (open = choose()) == nullptr) wait_for_work(lock);
      if (closing_) return;
      work = open->work;
      ++open->helpers;
      open->served = Clock::now();
    }
    bool helped = false;
    try {
      helped = work->help(Clock::now() + kTurn);
    } catch (const std::bad_alloc&) {  // it rests, as if there were nothing to do
    }
    const MutexLock lock(mutex_);
    if (!helped) open->rests_until = Clock::now() + kRest;
    if (--open->helpers == 0 && open->work == nullptr) changed_.notify_all();
  }
}

}  // namespace ponnuki
