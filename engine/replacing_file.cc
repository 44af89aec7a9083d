#include "engine/replacing_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdio>
#include <random>

#include "engine/file_name.h"

namespace ponnuki {
namespace {

// A temporary file is called after its target, this, and six characters: zeros, or others if a
// file with zeros is in use.
constexpr std::string_view kTemporary = ".tmp-", kZeros = "000000";
constexpr std::size_t kLongestName = 255;  // in bytes
constexpr int kNames = 20;                 // to try

/// The beginning of the names of temporary files for `target`.
std::string stem_for(const std::string& target) {
  std::string stem = target;
  const std::size_t name = target.rfind('/') == std::string::npos ? 0 : target.rfind('/') + 1;
  const std::size_t most = kLongestName - kTemporary.size() - kZeros.size();
  if (stem.size() - name <= kLongestName && stem.size() - name > most) stem.resize(name + most);
  return stem + std::string(kTemporary);
}

std::string random_characters() {
  constexpr std::string_view kCharacters = "abcdefghijklmnopqrstuvwxyz0123456789";
  std::random_device random;
  std::string text;
  for (std::size_t i = 0; i < kZeros.size(); ++i)
    text += kCharacters[random() % kCharacters.size()];
  return text;
}

/// Whether the name leads to this open file, which has no other name.
bool is_only_name_of(const std::string& name, int fd) {
  struct stat open {};
  struct stat named {};
  return ::fstat(fd, &open) == 0 && ::lstat(name.c_str(), &named) == 0 &&
         open.st_dev == named.st_dev && open.st_ino == named.st_ino && S_ISREG(open.st_mode) &&
         open.st_nlink == 1;
}

/// Opens a file and takes its lock. Returns none if it is in use, or no plain file of that name
/// alone. On a file system without locks only a new file (O_EXCL) is surely not in use.
Descriptor open_locked(const std::string& name, int flags) {
  Descriptor fd(uninterrupted([&] {
    return ::open(name.c_str(), flags | O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0666);
  }));
  if (!fd.is_open()) return fd;
  const bool is_locked = ::flock(fd.get(), LOCK_EX | LOCK_NB) == 0;
  const bool is_alone = is_locked || ((flags & O_EXCL) != 0 && errno != EWOULDBLOCK);
  if (is_alone && is_only_name_of(name, fd.get())) return fd;
  errno = EBUSY;
  return Descriptor();
}

/// Opens what a killed process has left, or a new file of the same name, and empties it.
Descriptor open_usual(const std::string& name) {
  Descriptor fd = open_locked(name, O_CREAT);
  struct stat info {};
  if (!fd.is_open() || ::fstat(fd.get(), &info) != 0 || info.st_uid != ::geteuid())
    return Descriptor();
  const bool is_empty =
      info.st_size == 0 || uninterrupted([&] { return ::ftruncate(fd.get(), 0); }) == 0;
  if (!is_empty) return Descriptor();
  return fd;
}

}  // namespace

ReplacingFile::ReplacingFile(const std::string& target)
    : target_(target), name_(stem_for(target) + std::string(kZeros)), fd_(open_usual(name_)) {
  errno = EEXIST;
  for (int i = 0; !fd_.is_open() && (errno == EEXIST || errno == EBUSY) && i < kNames; ++i) {
    name_ = stem_for(target) + random_characters();
    fd_ = open_locked(name_, O_CREAT | O_EXCL);
  }
}

ReplacingFile::~ReplacingFile() {
  if (fd_.is_open()) ::unlink(name_.c_str());
}

bool ReplacingFile::become(std::string_view contents) {
  const bool is_written =
      take_mode_of_target() && write_all(fd_.get(), contents) &&
      uninterrupted([&] { return ::fsync(fd_.get()); }) == 0 &&
      uninterrupted([&] { return std::rename(name_.c_str(), target_.c_str()); }) == 0;
  if (!is_written) {
    const int error = errno;
    ::unlink(name_.c_str());
    fd_.close();
    errno = error;
    return false;
  }
  // The contents are on the disk already. The lock must hold until the new name.
  fd_.close();
  return true;
}

bool ReplacingFile::take_mode_of_target() const {
  struct stat old {};
  struct stat now {};
  if (::stat(target_.c_str(), &old) != 0 || ::fstat(fd_.get(), &now) != 0) return true;
  if (old.st_uid != now.st_uid || old.st_gid != now.st_gid) {
    // Only some users may give files away.
    if (::fchown(fd_.get(), old.st_uid, old.st_gid) != 0) errno = 0;
  }
  return ((old.st_mode ^ now.st_mode) & 0777) == 0 || ::fchmod(fd_.get(), old.st_mode & 0777) == 0;
}

std::string_view target_of_temporary(std::string_view name) {
  const std::size_t tail = kTemporary.size() + kZeros.size();
  if (name.size() <= tail) return {};
  const std::string_view mark = name.substr(name.size() - tail, kTemporary.size());
  const std::string_view characters = name.substr(name.size() - kZeros.size());
  const auto is_usual = [](unsigned char c) { return std::isalnum(c) != 0; };
  return mark == kTemporary && std::ranges::all_of(characters, is_usual)
             ? name.substr(0, name.size() - tail)
             : std::string_view();
}

void remove_unless_locked(const std::string& path) {
  const Descriptor fd = open_locked(path, 0);
  if (fd.is_open()) ::unlink(path.c_str());
}

bool takes_temporary(const std::string& path) {
  // A file without a name cannot be left behind. Not every file system has them.
  const Descriptor nameless(
      ::open(folder_of(path).c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600));
  const std::size_t slash = path.rfind('/');
  const std::size_t name = path.size() - (slash == std::string::npos ? 0 : slash + 1);
  if (nameless.is_open() && name <= kLongestName) return true;
  return ReplacingFile(path).is_open();
}

}  // namespace ponnuki
