#include "engine/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "engine/descriptor.h"
#include "engine/file_name.h"
#include "engine/replacing_file.h"

namespace ponnuki {
namespace {

/// A signal ends the wait for the other end of a pipe.
int open_stream(const std::string& path, int flags) {
  const int there = descriptor_of(path);
  return there >= 0 ? ::fcntl(there, F_DUPFD_CLOEXEC, 0) : ::open(path.c_str(), flags | O_CLOEXEC);
}

/// Writes to a pipe or a device.
Status write_stream(const std::string& path, std::string_view contents) {
  Descriptor fd(open_stream(path, O_WRONLY | O_NOCTTY));
  if (!fd.is_open() || !write_all(fd.get(), contents) || !fd.close())
    return system_error("write", path);
  return {};
}

Status check_takes_files(const std::string& folder) {
  return takes_temporary(folder + "/") ? Status() : system_error("write into", folder);
}

}  // namespace

Error system_error(const char* what, const std::string& path) {
  return {std::string("cannot ") + what + " '" + path + "': " + std::strerror(errno)};
}

namespace {

/// `fd` is what open() gave for `path`.
Result<std::string> read_all(int fd, const std::string& path, std::size_t max_bytes, bool plain) {
  struct stat info {};
  if (fd < 0 || ::fstat(fd, &info) != 0) return system_error("open", path);
  if (S_ISDIR(info.st_mode)) return Error{"cannot read '" + path + "': it is a folder"};
  if (plain && !S_ISREG(info.st_mode))
    return Error{"cannot read '" + path + "': it is a pipe or a device; give a file"};

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
    const auto read = [&] { return ::read(fd, bytes.data() + used, bytes.size() - used); };
    // A signal ends the wait for a pipe.
    const ssize_t got = S_ISREG(info.st_mode) ? uninterrupted(read) : read();
    if (got < 0) return system_error("read", path);
    if (got == 0) break;
    used += static_cast<std::size_t>(got);
  }
  bytes.resize(used);
  return bytes;
}

}  // namespace

Result<std::string> read_file(const std::string& path, std::size_t max_bytes) {
  const Descriptor fd(open_stream(path, O_RDONLY));
  return read_all(fd.get(), path, max_bytes, false);
}

Result<std::string> read_plain_file(const std::string& path, std::size_t max_bytes) {
  const Descriptor fd(open_stream(path, O_RDONLY | O_NONBLOCK | O_NOCTTY));
  return read_all(fd.get(), path, max_bytes, true);
}

bool file_exists(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

bool is_stream(const std::string& name) {
  const std::string path = target_of(name);
  if (descriptor_of(path) >= 0) return true;
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) return false;
  return S_ISFIFO(info.st_mode) || S_ISCHR(info.st_mode) || S_ISSOCK(info.st_mode);
}

Status check_can_write(const std::string& name) {
  if (is_stream(name)) return {};
  const std::string path = target_of(name);
  if (path.empty()) return Error{"cannot write '': give the name of a file"};
  PONNUKI_TRY(check_is_file_or_free(path));
  std::error_code error;
  const std::string folder = folder_of(path);
  if (!std::filesystem::exists(folder, error))
    return Error{"cannot write '" + path + "': there is no folder '" +
                 folder.substr(0, folder.find_last_not_of('/') + 1) + "'"};
  return takes_temporary(path) ? Status() : system_error("write", path);
}

Status make_folder(const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return Error{folder + ": cannot be made: " + error.message()};
  return {};
}

Status make_folder_for_files(const std::string& folder) {
  PONNUKI_TRY(make_folder(folder));
  std::error_code error;
  if (!std::filesystem::is_directory(folder, error) && !error)
    return Error{folder + ": cannot be made: a file has this name"};
  if (error) return Error{folder + ": cannot be made: " + error.message()};
  return check_takes_files(folder);
}

Status check_can_make_folder(const std::string& folder) {
  std::filesystem::path there(folder);
  std::error_code error;
  while (there.has_parent_path() && there != there.parent_path() &&
         !std::filesystem::exists(there, error))
    there = there.parent_path();
  if (!there.empty() && !std::filesystem::exists(there, error)) there.clear();
  if (!there.empty() && !std::filesystem::is_directory(there, error))
    return Error{folder + ": cannot be made: '" + there.string() + "' is a file"};
  return check_takes_files(there.empty() ? "." : there.string());
}

Status write_file_atomically(const std::string& name, std::string_view contents) {
  const std::string path = target_of(name);
  if (is_stream(path)) return write_stream(path, contents);
  PONNUKI_TRY(check_is_file_or_free(path));
  ReplacingFile file(path);
  if (!file.is_open() || !file.become(contents)) return system_error("write", path);
  return sync_folder_of(path);
}

Result<std::string> set_aside(const std::string& path) {
  constexpr int kNames = 1000;
  std::string aside = path + ".damaged";
  for (int i = 2; i < kNames && file_exists(aside); ++i)
    aside = path + ".damaged-" + std::to_string(i);
  // A link first: at no moment is the file without a name.
  const bool is_linked = ::link(path.c_str(), aside.c_str()) == 0;
  const bool is_moved = is_linked
                            ? ::unlink(path.c_str()) == 0
                            : !file_exists(aside) && std::rename(path.c_str(), aside.c_str()) == 0;
  if (!is_moved) return system_error("set aside", path);
  PONNUKI_TRY(sync_folder_of(path));
  return aside;
}

void remove_temporary_files(const std::string& folder,
                            const std::function<bool(std::string_view target)>& is_own) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    const std::string_view target = target_of_temporary(name);
    if (!target.empty() && is_own(target)) remove_unless_locked(entry.path().string());
  }
}

Status sync_folder_of(const std::string& path) {
  const Descriptor fd(::open(folder_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd.is_open() || uninterrupted([&] { return ::fsync(fd.get()); }) == 0) return {};
  // Other errors say that this file system does not sync folders.
  const bool is_failure = errno == EIO || errno == ENOSPC || errno == EDQUOT;
  return is_failure ? Status(system_error("write", path)) : Status();
}

}  // namespace ponnuki
