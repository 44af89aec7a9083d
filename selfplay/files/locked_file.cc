#include "selfplay/files/locked_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "engine/file.h"

namespace ponnuki::selfplay {
namespace {

/// Opens a folder for reading, anything else for writing as well. Devices and pipes do not block.
int open_any(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0666);
  if (file >= 0 || errno != EISDIR) return file;
  return ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

}  // namespace

Result<LockedFile> LockedFile::open(const std::string& path, const std::string& busy) {
  const bool is_new = !file_exists(path);
  LockedFile file(path, open_any(path));
  struct stat info {};
  if (file.file_ < 0 || ::fstat(file.file_, &info) != 0) return file.error("cannot be opened");
  if (!S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode))
    return Error{path + ": is neither a file nor a folder"};
  if (::flock(file.file_, LOCK_EX | LOCK_NB) != 0)
    return errno == EWOULDBLOCK ? Error{busy} : file.error("cannot be locked");
  // Another process may have written since fstat().
  if (::fstat(file.file_, &info) != 0) return file.error("cannot be read");
  file.size_ = info.st_size;
  if (is_new) sync_folder_of(path);
  return file;
}

LockedFile::LockedFile(LockedFile&& other) noexcept
    : path_(std::move(other.path_)), file_(std::exchange(other.file_, -1)), size_(other.size_) {}

LockedFile& LockedFile::operator=(LockedFile&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(file_, other.file_);
  std::swap(size_, other.size_);
  return *this;
}

LockedFile::~LockedFile() {
  if (file_ >= 0) ::close(file_);
}

Error LockedFile::error(const char* what) const {
  return Error{path_ + ": " + what + ": " + std::strerror(errno)};
}

Result<std::string> LockedFile::read(std::int64_t begin, std::size_t count) const {
  std::string bytes(count, '\0');
  std::size_t used = 0;
  while (used < count) {
    const ssize_t got = ::pread(file_, bytes.data() + used, count - used,
                                static_cast<off_t>(begin) + static_cast<off_t>(used));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return error("cannot be read");
    if (got == 0) break;
    used += static_cast<std::size_t>(got);
  }
  bytes.resize(used);
  return bytes;
}

Status LockedFile::cut(std::int64_t size) {
  if (::ftruncate(file_, static_cast<off_t>(size)) != 0) return error("cannot be cut");
  size_ = size;
  return {};
}

Status LockedFile::append(std::string_view bytes) {
  if (write_all(bytes) && ::fsync(file_) == 0) {
    size_ += static_cast<std::int64_t>(bytes.size());
    return {};
  }
  const Error problem = error("cannot be written");
  // If this fails as well, the next process cuts off what was written.
  (void)cut(size_);
  return problem;
}

bool LockedFile::write_all(std::string_view bytes) const {
  auto at = static_cast<off_t>(size_);
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(file_, bytes.data(), bytes.size(), at);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
    at += written;
  }
  return true;
}

}  // namespace ponnuki::selfplay
