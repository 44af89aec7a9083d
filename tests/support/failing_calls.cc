// A library for LD_PRELOAD under which a call of write, pwrite, fsync, rename or ftruncate fails.
// Only files and folders count, not pipes and terminals. Variables of the environment:
//
//     FAIL_AT      the number of the call, from 1 on; 0 or none: no call fails
//     FAIL_HOW     ENOSPC, EIO, EINTR: the errno; SHORT: half the bytes are written; ZERO: none are;
//                  KILL: the process is killed before the call
//     FAIL_ALWAYS  if set, all calls from that one on
//     FAIL_REPORT  a file that gets the number of calls at the end
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

std::atomic<long> calls{0};

const char* text_of(const char* variable) {
  const char* const text = std::getenv(variable);
  return text == nullptr ? "" : text;
}

bool how(const char* name) { return std::strcmp(text_of("FAIL_HOW"), name) == 0; }

/// Counts the call. Whether it is to fail.
bool is_due() {
  const long number = ++calls, at = std::atol(text_of("FAIL_AT"));
  if (number == at && how("KILL")) ::kill(::getpid(), SIGKILL);
  return at > 0 && (number == at || (number > at && *text_of("FAIL_ALWAYS") != '\0'));
}

/// Sets errno. False if calls without a number of bytes do not fail in this way.
bool set_error() {
  if (how("ENOSPC")) errno = ENOSPC;
  if (how("EIO")) errno = EIO;
  if (how("EINTR")) errno = EINTR;
  return how("ENOSPC") || how("EIO") || how("EINTR");
}

bool is_file(int fd) {
  struct stat info {};
  return ::fstat(fd, &info) == 0 && (S_ISREG(info.st_mode) || S_ISDIR(info.st_mode));
}

/// Fails, or writes some bytes by `real(size)`.
template <typename Real>
ssize_t some_written(int fd, std::size_t size, const Real& real) {
  if (!is_file(fd) || !is_due()) return real(size);
  if (set_error()) return -1;
  return how("ZERO") ? 0 : real(size > 1 ? size / 2 : size);
}

/// Fails, or returns `real()`.
template <typename Real>
int result(bool counts, const Real& real) {
  return counts && is_due() && set_error() ? -1 : real();
}

template <typename Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

struct Report {
  ~Report() {
    const int fd = ::open(text_of("FAIL_REPORT"), O_WRONLY | O_CREAT | O_TRUNC, 0666);
    char text[32];
    const int length = std::snprintf(text, sizeof text, "%ld\n", calls.load());
    if (fd >= 0) ::syscall(SYS_write, fd, text, static_cast<std::size_t>(length));
  }
} report;

}  // namespace

extern "C" {

ssize_t write(int fd, const void* bytes, std::size_t size) {
  return some_written(fd, size, [&](std::size_t n) { return ::syscall(SYS_write, fd, bytes, n); });
}
ssize_t pwrite(int fd, const void* bytes, std::size_t size, off_t at) {
  return some_written(fd, size,
                      [&](std::size_t n) { return ::syscall(SYS_pwrite64, fd, bytes, n, at); });
}
ssize_t pwrite64(int fd, const void* bytes, std::size_t size, off_t at) {
  return pwrite(fd, bytes, size, at);
}
int fsync(int fd) {
  return result(is_file(fd), [&] { return next<int(int)>("fsync")(fd); });
}
int ftruncate(int fd, off_t size) noexcept {
  return result(is_file(fd), [&] { return next<int(int, off_t)>("ftruncate")(fd, size); });
}
int ftruncate64(int fd, off_t size) noexcept { return ftruncate(fd, size); }
int rename(const char* from, const char* to) noexcept {
  return result(true, [&] { return next<int(const char*, const char*)>("rename")(from, to); });
}

}  // extern "C"
