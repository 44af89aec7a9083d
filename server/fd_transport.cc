// Uses the POSIX functions poll, read and write. A read from std::cin cannot be woken by another
// thread, which is necessary if a client sends quit and keeps our input open.
#include "server/fd_transport.h"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "engine/check.h"
#include "server/line_splitter.h"

namespace ponnuki::server {

bool deliver_line(Inbox& inbox, std::string line, bool wait) {
  if (is_interrupt(line)) inbox.interrupt();
  return wait ? inbox.push(std::move(line)) : inbox.try_push(std::move(line));
}

void FdOutput::write(std::string_view text) {
  writing_since_ = Clock::now().time_since_epoch().count();
  write_all(text);
  writing_since_ = 0;
}

double FdOutput::stalled_seconds() const {
  const Clock::rep since = writing_since_;
  return since == 0 ? 0 : seconds_since(Clock::time_point(Clock::duration(since)));
}

void FdOutput::write_all(std::string_view text) {
  while (!gone_ && !text.empty()) {
    const ssize_t n = ::write(fd_, text.data(), text.size());
    if (n >= 0) {
      text.remove_prefix(static_cast<std::size_t>(n));
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      pollfd ready{fd_, POLLOUT, 0};
      // A hang-up also wakes it; the write then fails.
      ::poll(&ready, 1, -1);
    } else if (errno != EINTR) {
      gone_ = true;
    }
  }
  if (gone_ && on_gone_) {
    on_gone_();
    on_gone_ = nullptr;
  }
}

FdReader::FdReader(int fd, Inbox& inbox) : fd_(fd), inbox_(inbox) {
  PONNUKI_CHECK(::pipe(wake_) == 0);
  thread_ = std::thread([this] { read_all(); });
}

FdReader::~FdReader() {
  inbox_.close();  // unblocks a reader that waits for space
  ::close(wake_[1]);
  thread_.join();
  ::close(wake_[0]);
}

bool FdReader::wait_for_input() const {
  std::array<pollfd, 2> waited = {{{fd_, POLLIN, 0}, {wake_[0], POLLIN, 0}}};
  while (::poll(waited.data(), waited.size(), -1) < 0) {
    if (errno != EINTR) return false;
  }
  return waited[1].revents == 0;
}

void FdReader::read_all() {
  LineSplitter splitter;
  std::array<char, 65536> buffer;
  bool open = true;
  const auto take = [&](std::string line) {
    open = open && deliver_line(inbox_, std::move(line), true);
  };
  while (open && wait_for_input()) {
    const ssize_t n = ::read(fd_, buffer.data(), buffer.size());
    if (n < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (n <= 0) break;
    splitter.feed({buffer.data(), static_cast<std::size_t>(n)}, take);
  }
  splitter.finish(take);
  inbox_.close();
}

}  // namespace ponnuki::server
