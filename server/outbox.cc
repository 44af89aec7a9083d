#include "server/outbox.h"

namespace ponnuki::server {
namespace {

constexpr std::size_t kMessageBytes = 64;  // of a message besides its text

}  // namespace

bool Outbox::push(const std::string& message) {
  const MutexLock lock(mutex_);
  if (closed_) return false;
  messages_.push_back(message);
  bytes_ += message.size() + kMessageBytes;
  return true;
}

bool Outbox::wait_for_room() {
  MutexLock lock(mutex_);
  while (!closed_ && is_paused()) changed_.wait(lock);
  return !closed_;
}

const std::string* Outbox::front() const {
  const MutexLock lock(mutex_);
  return messages_.empty() ? nullptr : &messages_.front();
}

void Outbox::pop() {
  const MutexLock lock(mutex_);
  bytes_ -= messages_.front().size() + kMessageBytes;
  messages_.pop_front();
  changed_.notify_all();
}

void Outbox::close() {
  const MutexLock lock(mutex_);
  closed_ = true;
  changed_.notify_all();
}

}  // namespace ponnuki::server
