// Splits a stream of bytes into lines, in bounded memory. Of a line longer than kMaxLineBytes it
// keeps kMaxLineBytes + 1 bytes, which shows that the line is too long.
#pragma once

#include <string>
#include <string_view>

namespace ponnuki::server {

inline constexpr std::size_t kMaxLineBytes = std::size_t{1} << 20;

class LineSplitter {
 public:
  /// Calls take(line), without the newline, for each line that `bytes` completes.
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
  /// Calls take(line) for a last line without a newline, if there is one.
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
