#include "engine/worker_pool.h"

namespace ponnuki {

WorkerPool::~WorkerPool() {
  {
    const MutexLock lock(mutex_);
    is_closing_ = true;
  }
  started_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void WorkerPool::run(std::size_t count, const Work& work) {
  if (count == 0) return;
  struct Waiter {
    WorkerPool& pool;
    ~Waiter() { pool.wait(); }
  };
  start(count, work);
  const Waiter waiter{*this};
  work(0);
}

void WorkerPool::start(std::size_t count, const Work& work) {
  const MutexLock lock(mutex_);
  while (threads_.size() + 1 < count) {
    const std::size_t number = threads_.size() + 1;
    threads_.emplace_back([this, number, last_round = round_] { serve(number, last_round); });
  }
  work_ = &work;
  count_ = count;
  running_ = count - 1;
  ++round_;
  started_.notify_all();
}

void WorkerPool::wait() {
  MutexLock lock(mutex_);
  while (running_ > 0) ended_.wait(lock);
  work_ = nullptr;
}

/// The loop of a thread: does its part of every round that has one for it.
void WorkerPool::serve(std::size_t number, std::uint64_t last_round) {
  while (true) {
    const Work* work = nullptr;
    {
      MutexLock lock(mutex_);
      while (round_ == last_round && !is_closing_) started_.wait(lock);
      if (is_closing_) return;
      last_round = round_;
      if (number < count_) work = work_;
    }
    if (work == nullptr) continue;
    (*work)(number);
    const MutexLock lock(mutex_);
    if (--running_ == 0) ended_.notify_one();
  }
}

}  // namespace ponnuki
