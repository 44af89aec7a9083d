// Outbox: the messages to one client that are not sent yet, between the threads that answer it and the
// thread that writes them. It is paused while the client has not taken enough of them; searches
// then rest, so that it grows by no more than what they had ready.
#pragma once

#include <atomic>
#include <deque>
#include <string>

#include "engine/mutex.h"
#include "engine/pause.h"

namespace ponnuki::server {

class Outbox : public Pause {
 public:
  /// Paused from this number of bytes on.
  explicit Outbox(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  // --- the answering side
  //
  // Returns false if the client no longer reads.
  bool push(const std::string& message);
  bool is_paused() const override { return bytes_ >= most_bytes_; }
  /// Blocks while it is paused. Returns false if the client no longer reads.
  bool wait_for_room();

  // --- the writer's side
  //
  // The oldest message, which stays in the queue; nullptr if there is none.
  const std::string* front() const;
  void pop();
  void close();

 private:
  const std::size_t most_bytes_;
  mutable Mutex mutex_;
  Condition changed_;
  /// The first message may be being written.
  std::deque<std::string> messages_ PONNUKI_GUARDED_BY(mutex_);
  std::atomic<std::size_t> bytes_{0};  // written under mutex_
  bool closed_ PONNUKI_GUARDED_BY(mutex_) = false;
};

}  // namespace ponnuki::server
