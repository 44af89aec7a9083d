// Cuts a stream of bytes into lines, in bounded memory: of a line longer than kMaxLineBytes it
// keeps one byte more than that, which shows that the line is too long.
#pragma once

#include <string>
#include <string_view>

namespace ponnuki::server {

inline constexpr std::size_t kMaxLineBytes = std::size_t{1} << 20;

class LineSplitter {
 public:
  /// Calls take(line) for each line that `bytes` completes, without its newline.
  template <typename F>
  void feed(std::string_view bytes, F take) {
    while (!bytes.empty()) {
      const std::size_t end = bytes.find('\n');
      append(bytes.substr(0, end));
      if (end == std::string_view::npos) return;
      take(std::move(line_));
      line_.clear();
      bytes.remove_prefix(end + 1);
    }
  }
  /// A last line without a newline, if any.
  template <typename F>
  void finish(F take) {
    if (!line_.empty()) take(std::move(line_));
    line_.clear();
  }

 private:
  void append(std::string_view part) {
    const std::size_t room = kMaxLineBytes + 1 - line_.size();
    line_.append(part.substr(0, room));
  }

  std::string line_;
};

}  // namespace ponnuki::server
