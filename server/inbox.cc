// One mutex and one condition for everything: traffic is a few lines a second, and wait() must
// check lines, interrupts and the end of a search together.
#include "server/inbox.h"

#include <utility>

#include "engine/text.h"

namespace ponnuki::server {

bool is_interrupt(std::string_view line) {
  const auto start = line.find_first_not_of(" \t");
  if (start == std::string_view::npos || line[start] != '#') return false;
  const std::string text =
      without_controls(line.substr(start + 1, line.find('#', start + 1) - start - 1));
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string::npos) return false;
  return text.substr(first, text.find_last_not_of(" \t") + 1 - first) == "interrupt";
}

namespace {

constexpr std::size_t kLineBytes = 64;  // of a line besides its text

}  // namespace

bool Inbox::push(std::string line) {
  MutexLock lock(mutex_);
  while (!closed_ && full()) changed_.wait(lock);
  if (closed_) return false;
  add(std::move(line));
  return true;
}

bool Inbox::try_push(std::string line) {
  const MutexLock lock(mutex_);
  if (closed_ || full()) return false;
  add(std::move(line));
  return true;
}

void Inbox::add(std::string line) {
  bytes_ += line.size() + kLineBytes;
  lines_.push_back(std::move(line));
  ++pushed_;
  changed_.notify_all();
}

void Inbox::interrupt() {
  const MutexLock lock(mutex_);
  interrupted_ = pushed_;
  changed_.notify_all();
}

void Inbox::close() {
  const MutexLock lock(mutex_);
  closed_ = true;
  changed_.notify_all();
}

void Inbox::abandon() {
  const MutexLock lock(mutex_);
  closed_ = abandoned_ = true;
  lines_.clear();
  bytes_ = 0;
  changed_.notify_all();
}

std::optional<std::string> Inbox::pop() {
  MutexLock lock(mutex_);
  if (!has_input()) idle_since_ = Clock::now();
  while (!has_input()) changed_.wait(lock);
  idle_since_.reset();
  if (lines_.empty()) return std::nullopt;
  std::string line = std::move(lines_.front());
  lines_.pop_front();
  bytes_ -= line.size() + kLineBytes;
  ++popped_;
  changed_.notify_all();
  return line;
}

bool Inbox::pending() const {
  const MutexLock lock(mutex_);
  return has_input();
}

bool Inbox::is_abandoned() const {
  const MutexLock lock(mutex_);
  return abandoned_;
}

double Inbox::idle_seconds() const {
  const MutexLock lock(mutex_);
  return idle_since_ ? seconds_since(*idle_since_) : 0;
}

Inbox::Event Inbox::wait(const std::atomic<bool>& done, Clock::time_point deadline,
                         bool heed_input) {
  MutexLock lock(mutex_);
  while (true) {
    // If several events have happened, the first one in this order counts.
    if (must_stop()) return Event::kInterrupted;
    if (heed_input && has_input()) return Event::kInput;
    if (done.load()) return Event::kDone;
    if (deadline == Clock::time_point::max()) {
      changed_.wait(lock);
    } else if (Clock::now() >= deadline) {
      return Event::kTimeout;
    } else {
      changed_.wait_until(lock, deadline);
    }
  }
}

void Inbox::poke() {
  const MutexLock lock(mutex_);
  changed_.notify_all();
}

}  // namespace ponnuki::server
