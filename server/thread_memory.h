// The address space of a server's threads, for systems that limit it (ulimit -v).
#pragma once

namespace ponnuki::server {

/// From now on, each new thread of the process has a stack of 1 MiB (glibc reserves 8 MiB), and
/// there are no more allocation arenas than processors (glibc: eight times as many, and each
/// reserves 64 MiB). A server has a thread or two for each client. Without effect where the C
/// library is not glibc.
void save_thread_memory();

}  // namespace ponnuki::server
