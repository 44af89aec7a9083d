#include "server/thread_memory.h"

#ifdef __GLIBC__
#include <malloc.h>
#include <pthread.h>

#include <algorithm>
#include <thread>
#endif

namespace ponnuki::server {

void save_thread_memory() {
#ifdef __GLIBC__
  pthread_attr_t attributes;
  ::pthread_attr_init(&attributes);
  ::pthread_attr_setstacksize(&attributes, std::size_t{1} << 20);
  ::pthread_setattr_default_np(&attributes);
  ::pthread_attr_destroy(&attributes);
  ::mallopt(M_ARENA_MAX, static_cast<int>(std::max(std::thread::hardware_concurrency(), 1u)));
#endif
}

}  // namespace ponnuki::server
