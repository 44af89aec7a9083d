// One mutex and one condition for everything: traffic is a few lines a second, and wait() must see
// lines, interrupts and the end of a search in one glance.
#include "server/inbox.h"

#include <utility>

namespace ponnuki::server {

bool is_interrupt(std::string_view line) {
  const auto start = line.find_first_not_of(" \t");
  if (start == std::string_view::npos || line[start] != '#') return false;
  std::string text;  // of the comment, without control characters
  for (const char c : line.substr(start + 1, line.find('#', start + 1) - start - 1)) {
    if (c == '\t' || (static_cast<unsigned char>(c) >= ' ' && c != '\x7f')) text += c;
  }
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string::npos) return false;
  return text.substr(first, text.find_last_not_of(" \t") + 1 - first) == "interrupt";
}

bool Inbox::push(std::string line) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return closed_ || !full(); });
  if (closed_) return false;
  add(std::move(line));
  return true;
}

bool Inbox::try_push(std::string line) {
  const std::lock_guard lock(mutex_);
  if (closed_ || full()) return false;
  add(std::move(line));
  return true;
}

void Inbox::add(std::string line) {
  bytes_ += line.size();
  lines_.push_back(std::move(line));
  ++pushed_;
  changed_.notify_all();
}

void Inbox::interrupt() {
  const std::lock_guard lock(mutex_);
  interrupted_ = pushed_;
  changed_.notify_all();
}

void Inbox::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  changed_.notify_all();
}

void Inbox::abandon() {
  const std::lock_guard lock(mutex_);
  closed_ = abandoned_ = true;
  lines_.clear();
  bytes_ = 0;
  changed_.notify_all();
}

std::optional<std::string> Inbox::pop() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return closed_ || !lines_.empty(); });
  if (lines_.empty()) return std::nullopt;
  std::string line = std::move(lines_.front());
  lines_.pop_front();
  bytes_ -= line.size();
  ++popped_;
  changed_.notify_all();
  return line;
}

bool Inbox::pending() const {
  const std::lock_guard lock(mutex_);
  return closed_ || !lines_.empty();
}

Inbox::Event Inbox::wait(const std::atomic<bool>& done, Clock::time_point deadline,
                         bool heed_input) {
  std::unique_lock lock(mutex_);
  // An interrupt counts for the commands that were sent before it, not for later ones.
  const auto stopped = [&] { return abandoned_ || (popped_ > 0 && interrupted_ >= popped_); };
  const auto input = [&] { return heed_input && (closed_ || !lines_.empty()); };
  const auto woken = [&] { return stopped() || input() || done.load(); };
  if (deadline == Clock::time_point::max()) {
    changed_.wait(lock, woken);
  } else {
    changed_.wait_until(lock, deadline, woken);
  }
  // The order says what matters most where several things have happened.
  if (stopped()) return Event::kInterrupted;
  if (input()) return Event::kInput;
  return done.load() ? Event::kDone : Event::kTimeout;
}

void Inbox::poke() {
  const std::lock_guard lock(mutex_);
  changed_.notify_all();
}

}  // namespace ponnuki::server
