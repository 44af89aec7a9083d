#include "engine/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

#include "engine/text.h"

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

/// The template of mkostemp() for a file beside `path`.
std::string temporary_for(const std::string& path) {
  return path + std::string(kTemporary) + std::string(kRandomCharacters, 'X');
}

/// The folder of a file, with its slash; "." for a name alone.
std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash + 1);
}

/// The open descriptor that a path names; -1 for other paths. What it leads to belongs to another
/// program too, such as the shell that redirected an output, so it must not be replaced, and its
/// offset is shared.
int descriptor_of(std::string_view path) {
  if (path == kStandardInput) return STDIN_FILENO;
  if (path == "/dev/stdout") return STDOUT_FILENO;
  if (path == "/dev/stderr") return STDERR_FILENO;
  for (const std::string_view folder : {"/dev/fd/", "/proc/self/fd/"}) {
    if (!path.starts_with(folder)) continue;
    const auto number = parse_integer(path.substr(folder.size()));
    if (number && *number >= 0 && *number < 1'000'000) return static_cast<int>(*number);
  }
  return -1;
}

int open_stream(const std::string& path, int flags) {
  const int there = descriptor_of(path);
  return there >= 0 ? ::fcntl(there, F_DUPFD_CLOEXEC, 0) : ::open(path.c_str(), flags | O_CLOEXEC);
}

/// The file that a link leads to, so that the link remains.
std::string target_of(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_symlink(path, error)) return path;
  const auto target = std::filesystem::canonical(path, error);
  return error ? path : target.string();
}

/// Writes to a pipe or a device.
Status write_stream(const std::string& path, std::string_view contents) {
  Descriptor fd(open_stream(path, O_WRONLY | O_NOCTTY));
  if (fd.get() < 0 || !write_all(fd.get(), contents) || !fd.close())
    return system_error("write", path);
  return {};
}

/// Whether a temporary file can be made beside `path`. It is removed again; else errno says why.
bool takes_temporary(const std::string& path) {
  std::string temporary = temporary_for(path);
  const Descriptor fd(::mkostemp(temporary.data(), O_CLOEXEC));
  if (fd.get() < 0) return false;
  ::unlink(temporary.c_str());
  return true;
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
    const ssize_t got = ::read(fd, bytes.data() + used, bytes.size() - used);
    if (got < 0 && errno == EINTR && S_ISREG(info.st_mode)) continue;
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

bool is_stream(const std::string& path) {
  if (descriptor_of(path) >= 0) return true;
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) return false;
  return S_ISFIFO(info.st_mode) || S_ISCHR(info.st_mode) || S_ISSOCK(info.st_mode);
}

Status check_can_write(const std::string& name) {
  if (is_stream(name)) return {};
  const std::string path = target_of(name);
  std::error_code error;
  if (!path.empty() && std::filesystem::is_directory(path, error))
    return Error{"cannot write '" + path + "': it is a folder; give the name of a file"};
  const std::string folder = folder_of(path);
  if (!std::filesystem::exists(folder, error))
    return Error{"cannot write '" + path + "': there is no folder '" +
                 folder.substr(0, folder.find_last_not_of('/') + 1) + "'"};
  return !path.empty() && takes_temporary(path) ? Status() : system_error("write", path);
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
  if (is_stream(name)) return write_stream(name, contents);
  const std::string path = target_of(name);
  std::string temporary = temporary_for(path);
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
  const Descriptor fd(::open(folder_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (fd.get() >= 0) (void)::fsync(fd.get());
}

}  // namespace ponnuki
