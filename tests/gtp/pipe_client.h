// A client at the other end of file descriptors: what GUIs do with pipes and sockets. Waits are
// bounded by a minute, and only failures wait that long.
#pragma once

#include <poll.h>
#include <unistd.h>

#include <string>
#include <string_view>

namespace ponnuki::gtp::test {

class PipeClient {
 public:
  PipeClient(int read_fd, int write_fd) : read_fd_(read_fd), write_fd_(write_fd) {}

  void send(std::string_view text) {
    while (!text.empty()) {
      const ssize_t n = ::write(write_fd_, text.data(), text.size());
      if (n <= 0) return;
      text.remove_prefix(static_cast<std::size_t>(n));
    }
  }
  /// Reads until all that came in since the last call ends with or contains `mark`; returns it up
  /// to the mark's end. What came in by then, if the other side closes or is silent for a minute.
  std::string read_until(std::string_view mark) {
    std::size_t at;
    while ((at = buffer_.find(mark)) == std::string::npos && read_more()) {
    }
    const std::size_t end = at == std::string::npos ? buffer_.size() : at + mark.size();
    std::string text = buffer_.substr(0, end);
    buffer_.erase(0, end);
    return text;
  }
  /// One whole response.
  std::string response() { return read_until("\n\n"); }
  std::string ask(const std::string& command) {
    send(command + "\n");
    return response();
  }
  std::string read_to_end() {
    while (read_more()) {
    }
    return std::move(buffer_);
  }

 private:
  bool read_more() {
    pollfd waited{read_fd_, POLLIN, 0};
    if (::poll(&waited, 1, 60'000) <= 0) return false;
    char chunk[4096];
    const ssize_t n = ::read(read_fd_, chunk, sizeof chunk);
    if (n <= 0) return false;
    buffer_.append(chunk, static_cast<std::size_t>(n));
    return true;
  }

  int read_fd_;
  int write_fd_;
  std::string buffer_;
};

}  // namespace ponnuki::gtp::test
