// Pause: tells long work whether to rest for a while.
#pragma once

namespace ponnuki {

class Pause {
 public:
  virtual ~Pause() = default;
  /// True while the work should rest, as while a client does not take its answers. Thread-safe and
  /// cheap.
  virtual bool is_paused() const = 0;
};

}  // namespace ponnuki
