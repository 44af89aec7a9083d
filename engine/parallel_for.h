// parallel_for: independent pieces of work on several threads.
#pragma once

#include <cstddef>
#include <functional>

namespace ponnuki {

/// Calls work(0) to work(count - 1), each once, on the calling thread and up to `threads` - 1 others.
/// Each thread takes the next piece when it has ended one. If the system gives fewer threads, the
/// others do all. After an exception no piece is begun any more; the first exception is rethrown
/// when all threads have ended.
void parallel_for(std::size_t count, int threads, const std::function<void(std::size_t)>& work);

}  // namespace ponnuki
