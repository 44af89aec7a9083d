// A web server: pages over HTTP, and conversations over WebSocket (RFC 6455), whose messages are
// texts. Each conversation has a thread of its own that handles its messages one after another.
// Connections, waiting messages and their sizes are limited. A client that does not read makes only
// its own conversation wait. Web pages may connect only if they are allowed to (web_access.h).
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/result.h"
#include "server/inbox.h"
#include "server/outbox.h"
#include "server/patience.h"
#include "server/tcp_server.h"
#include "server/web_access.h"

namespace ponnuki::server {

/// One client's WebSocket, as its protocol sees it.
class Conversation {
 public:
  virtual ~Conversation() = default;
  /// Handles a message of the client. May block.
  virtual void handle(const std::string& message) = 0;
  /// True if the client has all its answers. Thread-safe.
  virtual bool is_idle() const = 0;
};

/// Sends messages to one client. Thread-safe; drops what the client can no longer get.
struct Messenger {
  std::function<void(const std::string& message)> send;
  const Pause* pause;  // paused while the client does not take its messages
};

/// The parts of a request that matter here. Valid during the call that gets it.
struct WebRequest {
  std::string_view method, target;
  std::string_view host, cookie, accept_encoding, if_none_match;  // headers; "" if absent
};

struct WebResponse {
  unsigned status = 200;
  std::string type = "text/plain; charset=utf-8";
  std::vector<std::pair<std::string, std::string>> headers = {};  // besides type and length
  std::string body = {};
};

struct WebServerOptions {
  std::string listen;       // "[HOST:]PORT"; port 0 selects any free port
  int max_connections = 4;  // at the same time
  WebAccess access;
  Patience patience;
  Inbox::Bounds inbox;  // of each client
  std::size_t outbox_bytes = std::size_t{1} << 20;

  /// Called on the client's own thread. The conversation ends when the client has left.
  std::function<std::unique_ptr<Conversation>(const Messenger&)> converse;
  /// Says whether a request may become a conversation, besides `access`. Unset: all may.
  std::function<Status(const WebRequest&)> admit;
  /// Answers requests that are not for a WebSocket, on the thread of the server: must be quick.
  std::function<WebResponse(const WebRequest&)> respond;
};

/// Opens the port.
Result<std::unique_ptr<TcpServer>> open_web_server(const WebServerOptions& options);

}  // namespace ponnuki::server
