#include "engine/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

namespace ponnuki {
namespace {

/// Closes the descriptor when it goes out of scope.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }
  bool close() { return ::close(std::exchange(fd_, -1)) == 0; }

 private:
  int fd_;
};

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

// A temporary file is called after its target, this, and six characters.
constexpr std::string_view kTemporary = ".tmp-";
constexpr std::size_t kRandomCharacters = 6;

}  // namespace

Error system_error(const char* what, const std::string& path) {
  return {std::string("cannot ") + what + " '" + path + "': " + std::strerror(errno)};
}

Result<std::string> read_file(const std::string& path, std::size_t max_bytes) {
  const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat info {};
  if (fd.get() < 0 || ::fstat(fd.get(), &info) != 0) return system_error("open", path);
  if (S_ISDIR(info.st_mode)) return Error{"cannot read '" + path + "': it is a folder"};

  // The reported size is only a hint: it is 0 for pipes and files in /proc.
  std::string bytes;
  std::size_t used = 0;
  const auto hint = static_cast<std::size_t>(info.st_size > 0 ? info.st_size : 0);
  while (true) {
    if (used > max_bytes || hint > max_bytes) {
      return Error{"'" + path + "' is longer than the limit of " + std::to_string(max_bytes) +
                   " bytes"};
    }
    if (used == bytes.size()) bytes.resize(used == 0 ? hint + 1 : used * 2 + 4096);
    const ssize_t got = ::read(fd.get(), bytes.data() + used, bytes.size() - used);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_error("read", path);
    if (got == 0) break;
    used += static_cast<std::size_t>(got);
  }
  bytes.resize(used);
  return bytes;
}

bool file_exists(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

Status write_file_atomically(const std::string& path, std::string_view contents) {
  std::string temporary = path + std::string(kTemporary) + std::string(kRandomCharacters, 'X');
  Descriptor fd(::mkostemp(temporary.data(), O_CLOEXEC));
  if (fd.get() < 0) return system_error("write", path);
  // mkstemp creates the file with mode 0600. Give it the mode that open() would give it.
  const mode_t mask = ::umask(0);
  ::umask(mask);
  const bool written = ::fchmod(fd.get(), 0666 & ~mask) == 0 && write_all(fd.get(), contents) &&
                       ::fsync(fd.get()) == 0 && fd.close() &&
                       std::rename(temporary.c_str(), path.c_str()) == 0;
  if (!written) {
    const Error error = system_error("write", path);
    ::unlink(temporary.c_str());
    return error;
  }
  sync_folder_of(path);
  return {};
}

void remove_temporary_files(const std::string& folder) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    const std::size_t tail = kTemporary.size() + kRandomCharacters;
    std::error_code ignored;
    if (name.size() > tail && name.compare(name.size() - tail, kTemporary.size(), kTemporary) == 0)
      std::filesystem::remove(entry.path(), ignored);
  }
}

void sync_folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  const Descriptor fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (fd.get() >= 0) (void)::fsync(fd.get());
}

}  // namespace ponnuki
