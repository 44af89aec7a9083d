#include "cli/terminal/progress_bar.h"

#include <algorithm>
#include <cmath>

namespace ponnuki::cli {
namespace {

constexpr int kWidth = 24;
constexpr const char* kClearLine = "\r\x1b[K";

std::string bar(double share) {
  const auto filled = static_cast<std::size_t>(std::lround(kWidth * std::clamp(share, 0.0, 1.0)));
  return "[" + std::string(filled, '#') + std::string(kWidth - filled, '.') + "]";
}

}  // namespace

std::string out_of(std::int64_t part, std::int64_t whole) {
  return std::to_string(part) + "/" + std::to_string(whole);
}

std::string duration_text(double seconds) {
  const auto whole = static_cast<std::int64_t>(std::ceil(std::min(seconds, 1e9)));
  if (whole < 100) return std::to_string(whole) + " s";
  const std::int64_t minutes = (whole + 59) / 60;
  if (minutes < 100) return std::to_string(minutes) + " min";
  return std::to_string(minutes / 60) + " h " + std::to_string(minutes % 60) + " min";
}

void ProgressBar::show(std::int64_t done, std::int64_t total, std::int64_t worked,
                       const std::string& what) {
  const auto now = Clock::now();
  if (now < next_) return;
  next_ = now + interval_;
  std::string line = what;
  const double seconds = std::chrono::duration<double>(now - begin_).count();
  if (worked > 0 && (seconds > 1 || !on_terminal_)) {
    const double rate = static_cast<double>(worked) / seconds;
    line += ", " + duration_text(static_cast<double>(total - done) / rate) + " left";
  }
  if (!on_terminal_) {
    out_ << line << std::endl;
    return;
  }
  const double share =
      static_cast<double>(done) / static_cast<double>(std::max<std::int64_t>(1, total));
  out_ << kClearLine << bar(share) << ' ' << line << std::flush;
  shown_ = true;
}

void ProgressBar::clear() {
  if (shown_) out_ << kClearLine << std::flush;
  shown_ = false;
}

}  // namespace ponnuki::cli
