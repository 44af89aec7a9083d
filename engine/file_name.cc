#include "engine/file_name.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "engine/file.h"
#include "engine/text.h"

namespace ponnuki {
namespace {

constexpr int kMostLinks = 40;  // as in Linux

}  // namespace

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash + 1);
}

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

std::string target_of(const std::string& name) {
  std::filesystem::path path(name);
  for (int links = 0; links < kMostLinks; ++links) {
    std::error_code error;
    if (descriptor_of(path.string()) >= 0) return path.string();
    const auto next = std::filesystem::read_symlink(path, error);
    if (error) return path.string();
    path = path.parent_path() / next;  // an absolute one replaces the whole
  }
  return name;
}

Status check_is_file_or_free(const std::string& path) {
  struct stat info {};
  const auto refused = [&](const char* why) {
    return Error{"cannot write '" + path + "': it is " + why + "; give the name of a file"};
  };
  if (::lstat(path.c_str(), &info) != 0 || S_ISREG(info.st_mode)) return {};
  if (S_ISDIR(info.st_mode)) return refused("a folder");
  if (S_ISBLK(info.st_mode)) return refused("a disk");
  if (S_ISLNK(info.st_mode)) return refused("a link that leads back to itself");
  return refused("no file");
}

}  // namespace ponnuki
