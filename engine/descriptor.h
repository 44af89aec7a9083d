// Descriptor: an open file that is closed at the end of its scope; and system calls that go on
// where a signal interrupts them.
#pragma once

#include <unistd.h>

#include <cerrno>
#include <string_view>
#include <utility>

namespace ponnuki {

class Descriptor {
 public:
  /// Takes the descriptor; a negative one is none.
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Descriptor() { close(); }

  bool is_open() const { return fd_ >= 0; }
  int get() const { return fd_; }
  /// Returns false, with errno, if data that were written may be lost. The descriptor is closed
  /// even then.
  bool close() {
    const int fd = std::exchange(fd_, -1);
    return fd < 0 || ::close(fd) == 0 || errno == EINTR;
  }

 private:
  int fd_;
};

/// Calls again as long as a signal interrupts the call: its result is negative and errno is EINTR.
template <typename Call>
auto uninterrupted(const Call& call) {
  auto result = call();
  while (result < 0 && errno == EINTR) result = call();
  return result;
}

/// Writes all bytes by `write_some(bytes)`, a call that writes some of them and returns how many.
/// Returns false, with errno, if one fails or writes nothing.
template <typename WriteSome>
bool write_all(std::string_view bytes, const WriteSome& write_some) {
  while (!bytes.empty()) {
    const ssize_t written = uninterrupted([&] { return write_some(bytes); });
    if (written == 0) errno = EIO;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}
inline bool write_all(int fd, std::string_view bytes) {
  return write_all(bytes,
                   [fd](std::string_view rest) { return ::write(fd, rest.data(), rest.size()); });
}

}  // namespace ponnuki
