// Starts threads where the system may refuse: a limit on tasks or memory is reached.
#pragma once

#include <new>
#include <system_error>
#include <thread>
#include <utility>

#include "engine/result.h"

namespace ponnuki {

inline constexpr const char* kNoThread =
    "the system gives no more threads: its limit on tasks or memory is reached (see ulimit -u)";

/// Starts a thread that calls `work`. If the system refuses, returns the error kNoThread, and
/// `work` is not called. `Thread` is std::thread or std::jthread.
template <typename Thread = std::jthread, typename F>
Result<Thread> start_thread(F&& work) {
  try {
    return Thread(std::forward<F>(work));
  } catch (const std::system_error&) {
    return Error{kNoThread};
  } catch (const std::bad_alloc&) {
    return Error{kNoThread};
  }
}

}  // namespace ponnuki
