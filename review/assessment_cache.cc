#include "review/assessment_cache.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <unordered_map>

#include "engine/file.h"

namespace ponnuki::review {
namespace {

constexpr std::size_t kKeyDigits = 16;

std::uint64_t hash_of(const std::string& text) {
  std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a
  for (const char byte : text) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
  return hash;
}

/// Completes a truncated last line, so that the next line is not lost with it.
bool end_line(int fd) {
  const off_t end = ::lseek(fd, 0, SEEK_END);
  char last = '\n';
  if (end > 0 && ::pread(fd, &last, 1, end - 1) != 1) return false;
  return last == '\n' || ::write(fd, "\n", 1) == 1;
}

/// The lines of one file, found by their keys.
class Lines {
 public:
  void read(const std::string& path) {
    file_ = std::make_unique<std::ifstream>();
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error)) return;
    file_->open(path, std::ios::binary);
    std::string line;
    std::uint64_t at = 0;
    // A line without its newline was truncated.
    while (std::getline(*file_, line) && !file_->eof()) {
      note(line, at);
      at += line.size() + 1;
    }
    file_->clear();
  }
  std::optional<std::string> find(std::uint64_t key) const {
    const auto found = places_.find(key);
    if (found == places_.end()) return {};
    std::string line;
    file_->clear();
    file_->seekg(static_cast<std::streamoff>(found->second));
    if (!std::getline(*file_, line)) return {};
    return line;
  }
  /// Registers a line that was appended to the file.
  void note(const std::string& line, std::uint64_t at) {
    std::uint64_t key = 0;
    if (line.size() <= kKeyDigits || line[kKeyDigits] != ' ') return;
    const auto [stop, error] = std::from_chars(line.data(), line.data() + kKeyDigits, key, 16);
    if (error == std::errc{} && stop == line.data() + kKeyDigits)
      places_[key] = at + kKeyDigits + 1;
  }

 private:
  std::unique_ptr<std::ifstream> file_;
  std::unordered_map<std::uint64_t, std::uint64_t> places_;  // offset of the JSON of each line
};

/// True if the file begins as a cache does: with a key of hexadecimal digits. Also if there is no
/// such file, or if it is empty.
bool may_be_cache(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  char key[kKeyDigits + 1];
  file.read(key, sizeof key);
  const auto length = static_cast<std::size_t>(file.gcount());
  const auto is_digit = [](unsigned char c) { return std::isxdigit(c) != 0; };
  return std::all_of(key, key + std::min(length, kKeyDigits), is_digit) &&
         (length <= kKeyDigits || key[kKeyDigits] == ' ');
}

}  // namespace

struct AssessmentCache::Impl {
  std::uint64_t judge = 0;
  std::string path;
  int fd = -1;
  Lines now, old;

  ~Impl() {
    if (fd >= 0) ::close(fd);
  }
  std::uint64_t key_of(const Position& position, const Effort& effort) const {
    const std::string limits = std::to_string(effort.visits) + " " + std::to_string(effort.seconds);
    return position.evaluation_key() ^ judge ^ hash_of(limits);
  }
};

AssessmentCache::AssessmentCache() = default;
AssessmentCache::AssessmentCache(AssessmentCache&&) noexcept = default;
AssessmentCache& AssessmentCache::operator=(AssessmentCache&&) noexcept = default;
AssessmentCache::~AssessmentCache() = default;

Result<AssessmentCache> AssessmentCache::open(const std::string& path, const std::string& judge,
                                              std::size_t most_bytes) {
  std::error_code error;
  if (!is_stream(path) && !may_be_cache(path))
    return Error{"'" + path + "' is no cache of searches; give another file"};
  const auto folder = std::filesystem::path(path).parent_path();
  if (!folder.empty()) std::filesystem::create_directories(folder, error);
  const auto bytes = std::filesystem::file_size(path, error);
  const std::string old_path = path + ".old";
  if (!error && bytes > most_bytes) std::filesystem::rename(path, old_path, error);

  AssessmentCache cache;
  cache.impl_ = std::make_unique<Impl>();
  Impl& impl = *cache.impl_;
  impl.judge = hash_of(judge);
  impl.path = path;
  impl.fd = ::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
  if (impl.fd < 0 || !end_line(impl.fd)) return system_error("write", path);
  impl.old.read(old_path);
  impl.now.read(path);
  return cache;
}

std::optional<Assessment> AssessmentCache::find(const Position& position,
                                                const Effort& effort) const {
  if (!impl_) return {};
  const std::uint64_t key = impl_->key_of(position, effort);
  auto line = impl_->now.find(key);
  if (!line) line = impl_->old.find(key);
  if (!line) return {};
  auto assessment = parse_assessment(*line, position.size());
  if (!assessment) return {};
  return std::move(*assessment);
}

Status AssessmentCache::add(const Position& position, const Assessment& assessment) {
  if (!impl_ || impl_->fd < 0) return {};
  char key[kKeyDigits + 2];
  std::snprintf(key, sizeof key, "%016llx ",
                static_cast<unsigned long long>(impl_->key_of(position, assessment.effort)));
  const std::string line = key + to_line(assessment, position.size()) + "\n";
  const ssize_t written = ::write(impl_->fd, line.data(), line.size());
  if (written == static_cast<ssize_t>(line.size())) {
    const off_t end = ::lseek(impl_->fd, 0, SEEK_CUR);
    impl_->now.note(line, static_cast<std::uint64_t>(end) - line.size());
    return {};
  }
  const Error error = system_error("write", impl_->path);
  ::close(impl_->fd);
  impl_->fd = -1;
  return error;
}

}  // namespace ponnuki::review
