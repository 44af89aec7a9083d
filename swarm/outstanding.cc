#include "swarm/outstanding.h"

#include <algorithm>

namespace ponnuki::swarm {

void Outstanding::note_sent(std::uint64_t number, Clock::time_point now) {
  if (sent_ == stored_) since_ = now;
  sent_ = number;
}

void Outstanding::note_stored(std::uint64_t number, Clock::time_point now) {
  if (number <= stored_) return;
  stored_ = number;
  sent_ = std::max(sent_, stored_);
  since_ = now;
  patience_ = kFirstPatience;
}

void Outstanding::begin_anew(Clock::time_point now) {
  sent_ = stored_;
  since_ = now;
}

void Outstanding::begin_anew_if_late(Clock::time_point now) {
  if (sent_ == stored_ || now - since_ < patience_) return;
  begin_anew(now);
  patience_ = std::min(2 * patience_, kMostPatience);
}

}  // namespace ponnuki::swarm
