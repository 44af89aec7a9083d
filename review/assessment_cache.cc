#include "review/assessment_cache.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <unordered_map>

#include "engine/descriptor.h"
#include "engine/file.h"
#include "engine/format.h"

namespace ponnuki::review {
namespace {

constexpr std::size_t kKeyDigits = 16, kSumDigits = 16;

std::uint64_t hash_of(const std::string& text) {
  std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a
  for (const char byte : text) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
  return hash;
}

std::string digits_of(std::uint64_t number) {
  return format("%016llx", static_cast<unsigned long long>(number));
}

/// "KEY SUM JSON", without the newline. The sum is that of "KEY JSON".
std::string line_of(std::uint64_t key, const std::string& json) {
  const std::string digits = digits_of(key);
  return digits + ' ' + digits_of(hash_of(digits + ' ' + json)) + ' ' + json;
}

struct Line {
  std::uint64_t key;
  std::size_t json;  // where it begins
};

/// A line of the file; nothing if it is damaged. Lines of earlier versions have no sum.
std::optional<Line> parse_line(const std::string& line) {
  std::uint64_t key = 0;
  const char* const end_of_key = line.data() + kKeyDigits;
  if (line.size() <= kKeyDigits + 1 || line[kKeyDigits] != ' ') return {};
  const auto [stop, error] = std::from_chars(line.data(), end_of_key, key, 16);
  if (error != std::errc{} || stop != end_of_key) return {};
  if (line[kKeyDigits + 1] == '{' && line.ends_with('}')) return Line{key, kKeyDigits + 1};
  constexpr std::size_t kJson = kKeyDigits + 1 + kSumDigits + 1;
  if (line.size() <= kJson || line_of(key, line.substr(kJson)) != line) return {};
  return Line{key, kJson};
}

/// Completes a truncated last line, so that the next line is not lost with it.
bool end_line(int fd) {
  const off_t end = ::lseek(fd, 0, SEEK_END);
  char last = '\n';
  if (end > 0 && ::pread(fd, &last, 1, end - 1) != 1) return false;
  return last == '\n' || write_all(fd, "\n");
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
    while (std::getline(*file_, line)) {
      if (file_->eof() || !note(line, at)) ++damaged_;
      at += line.size() + 1;
    }
    file_->clear();
  }
  /// The number of damaged lines that read() has found.
  std::int64_t damaged() const { return damaged_; }
  std::optional<std::string> find(std::uint64_t key) const {
    const auto found = places_.find(key);
    if (found == places_.end()) return {};
    std::string line;
    file_->clear();
    file_->seekg(static_cast<std::streamoff>(found->second));
    if (!std::getline(*file_, line)) return {};
    return line;
  }
  /// Registers a line of the file. Returns false if it is damaged.
  bool note(const std::string& line, std::uint64_t at) {
    const auto parsed = parse_line(line);
    if (parsed) places_[parsed->key] = at + parsed->json;
    return parsed.has_value();
  }

 private:
  std::unique_ptr<std::ifstream> file_;
  std::unordered_map<std::uint64_t, std::uint64_t> places_;  // offset of the JSON of each line
  std::int64_t damaged_ = 0;
};

/// True if the file begins as a cache does: with a key of hexadecimal digits. Also if there is no
/// such file, or if it is empty.
bool begins_like_cache(const std::string& path) {
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
  Descriptor fd;
  Lines now, old;

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
  if (!may_be(path)) return Error{"'" + path + "' is no cache of searches; give another file"};
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
  impl.fd = Descriptor(uninterrupted(
      [&] { return ::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0666); }));
  if (!impl.fd.is_open() || !end_line(impl.fd.get())) return system_error("write", path);
  impl.old.read(old_path);
  impl.now.read(path);
  return cache;
}

bool AssessmentCache::may_be(const std::string& path) {
  return is_stream(path) || begins_like_cache(path);
}

std::string AssessmentCache::damage() const {
  if (!impl_) return "";
  std::string text;
  const auto note = [&](const Lines& lines, const std::string& path) {
    if (lines.damaged() == 0) return;
    const bool is_one = lines.damaged() == 1;
    text += (text.empty() ? "" : "; ") + path + ": " + std::to_string(lines.damaged()) +
            (is_one ? " line is damaged and left out" : " lines are damaged and left out");
  };
  note(impl_->old, impl_->path + ".old");
  note(impl_->now, impl_->path);
  return text;
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
  if (!impl_ || !impl_->fd.is_open()) return {};
  const std::string line =
      line_of(impl_->key_of(position, assessment.effort), to_line(assessment, position.size()));
  if (write_all(impl_->fd.get(), line + "\n")) {
    const off_t end = ::lseek(impl_->fd.get(), 0, SEEK_CUR);
    impl_->now.note(line, static_cast<std::uint64_t>(end) - line.size() - 1);
    return {};
  }
  const Error error = system_error("write", impl_->path);
  impl_->fd.close();
  return error;
}

}  // namespace ponnuki::review
