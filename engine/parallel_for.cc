#include "engine/parallel_for.h"

#include <atomic>
#include <exception>
#include <thread>
#include <vector>

#include "engine/mutex.h"
#include "engine/start_thread.h"

namespace ponnuki {
namespace {

class Loop {
 public:
  Loop(std::size_t count, const std::function<void(std::size_t)>& work)
      : count_(count), work_(work) {}

  void run() {
    try {
      for (std::size_t i = next_++; i < count_; i = next_++) work_(i);
    } catch (...) {
      next_ = count_;
      const MutexLock lock(mutex_);
      if (!error_) error_ = std::current_exception();
    }
  }
  void rethrow() {
    const MutexLock lock(mutex_);
    if (error_) std::rethrow_exception(error_);
  }

 private:
  const std::size_t count_;
  const std::function<void(std::size_t)>& work_;
  std::atomic<std::size_t> next_{0};
  Mutex mutex_;
  std::exception_ptr error_ PONNUKI_GUARDED_BY(mutex_);
};

}  // namespace

void parallel_for(std::size_t count, int threads, const std::function<void(std::size_t)>& work) {
  Loop loop(count, work);
  {
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < count && static_cast<int>(i) < threads; ++i) {
      auto thread = start_thread([&loop] { loop.run(); });
      if (!thread) break;
      others.push_back(std::move(*thread));
    }
    loop.run();
  }
  loop.rethrow();
}

}  // namespace ponnuki
