#include "selfplay/files/locked_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "engine/file.h"

namespace ponnuki::selfplay {
namespace {

constexpr int kTries = 10;

/// Opens a folder for reading, anything else for writing as well. Devices and pipes do not block.
int open_any(const std::string& path) {
  const auto open = [&](int flags) {
    return uninterrupted([&] { return ::open(path.c_str(), flags | O_CLOEXEC, 0666); });
  };
  const int file = open(O_RDWR | O_CREAT | O_NONBLOCK);
  return file >= 0 || errno != EISDIR ? file : open(O_RDONLY | O_DIRECTORY);
}

}  // namespace

Result<LockedFile> LockedFile::open(const std::string& path, const std::string& busy) {
  Result<LockedFile> file = open_once(path, busy);
  // Another process may have replaced the file between opening and locking.
  for (int i = 1; file && !file->is_in_place() && i < kTries; ++i) file = open_once(path, busy);
  if (file) PONNUKI_TRY(file->expect_in_place());
  return file;
}

Result<LockedFile> LockedFile::open_once(const std::string& path, const std::string& busy) {
  const bool is_new = !file_exists(path);
  LockedFile file(path, open_any(path));
  struct stat info {};
  if (!file.file_.is_open() || ::fstat(file.file_.get(), &info) != 0)
    return file.error("cannot be opened");
  if (!S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode))
    return Error{path + ": is neither a file nor a folder"};
  if (uninterrupted([&] { return ::flock(file.file_.get(), LOCK_EX | LOCK_NB); }) != 0)
    return errno == EWOULDBLOCK ? Error{busy} : file.error("cannot be locked");
  // Another process may have written since fstat().
  if (::fstat(file.file_.get(), &info) != 0) return file.error("cannot be read");
  file.size_ = info.st_size;
  if (is_new) PONNUKI_TRY(sync_folder_of(path));
  return file;
}

bool LockedFile::is_in_place() const {
  struct stat open {};
  struct stat named {};
  return ::fstat(file_.get(), &open) == 0 && ::stat(path_.c_str(), &named) == 0 &&
         open.st_dev == named.st_dev && open.st_ino == named.st_ino;
}

Status LockedFile::expect_in_place() const {
  if (is_in_place()) return {};
  return Error{path_ +
               ": was moved, removed or replaced meanwhile, so nothing more is written; start "
               "again where it is now"};
}

Error LockedFile::error(const char* what) const {
  return Error{path_ + ": " + what + ": " + std::strerror(errno)};
}

Result<std::string> LockedFile::read(std::int64_t begin, std::size_t count) const {
  std::string bytes(count, '\0');
  std::size_t used = 0;
  while (used < count) {
    const ssize_t got = uninterrupted([&] {
      return ::pread(file_.get(), bytes.data() + used, count - used,
                     static_cast<off_t>(begin) + static_cast<off_t>(used));
    });
    if (got < 0) return error("cannot be read");
    if (got == 0) break;
    used += static_cast<std::size_t>(got);
  }
  bytes.resize(used);
  return bytes;
}

Status LockedFile::cut(std::int64_t size) {
  const auto cut = [&] { return ::ftruncate(file_.get(), static_cast<off_t>(size)); };
  if (uninterrupted(cut) != 0) return error("cannot be cut");
  size_ = size;
  return {};
}

Status LockedFile::append(std::string_view bytes) {
  PONNUKI_TRY(expect_in_place());
  if (write_at_end(bytes) && uninterrupted([&] { return ::fsync(file_.get()); }) == 0) {
    size_ += static_cast<std::int64_t>(bytes.size());
    return {};
  }
  const Error problem = error("cannot be written");
  // If this fails as well, the next process cuts off what was written.
  (void)cut(size_);
  return problem;
}

bool LockedFile::write_at_end(std::string_view bytes) const {
  auto at = static_cast<off_t>(size_);
  return write_all(bytes, [&](std::string_view rest) {
    const ssize_t written = ::pwrite(file_.get(), rest.data(), rest.size(), at);
    if (written > 0) at += written;
    return written;
  });
}

}  // namespace ponnuki::selfplay
