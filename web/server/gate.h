// Gate: who may enter the server. On loopback everybody who reaches it. On any other address only
// who knows the token: the address with it opens the page, and a cookie keeps it from then on.
#pragma once

#include <atomic>
#include <optional>
#include <string>

#include "engine/clock.h"
#include "engine/mutex.h"
#include "server/web_server.h"

namespace ponnuki::web {

class Gate {
 public:
  /// "": no token is needed.
  explicit Gate(std::string token) : token_(std::move(token)) {}

  /// Nothing if the request may pass; else the answer. A request that shows the token in its
  /// target is answered with the cookie and sent to the page.
  std::optional<server::WebResponse> stops(const server::WebRequest& request);
  /// For conversations: the cookie must be there.
  Status admits(const server::WebRequest& request) const;

 private:
  bool knows(std::string_view shown) const;
  bool is_patient();

  const std::string token_;
  Mutex mutex_;
  Clock::time_point since_ PONNUKI_GUARDED_BY(mutex_);
  int wrong_ PONNUKI_GUARDED_BY(mutex_) = 0;  // tokens in this minute
};

}  // namespace ponnuki::web
