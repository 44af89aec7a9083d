// SpareDescriptor: a file descriptor that is kept to be given away when there are no others, so
// that a server can still accept a connection in order to refuse it.
#pragma once

#include <fcntl.h>
#include <unistd.h>

namespace ponnuki::server {

class SpareDescriptor {
 public:
  SpareDescriptor() { take(); }
  ~SpareDescriptor() { give(); }
  SpareDescriptor(const SpareDescriptor&) = delete;
  SpareDescriptor& operator=(const SpareDescriptor&) = delete;

  /// Frees the descriptor for the next call that needs one.
  void give() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }
  void take() {
    if (fd_ < 0) fd_ = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  }

 private:
  int fd_ = -1;
};

}  // namespace ponnuki::server
