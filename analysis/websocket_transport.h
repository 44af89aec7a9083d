// The analysis engine over WebSocket (RFC 6455): each message is a JSON text, and each connection
// has its own engine. Connections, waiting messages and their sizes are limited. If a client
// disappears, its searches end; if a client does not read, only its own engine waits. Web pages may
// connect only if they are allowed to (server/web_access.h).
#pragma once

#include <memory>
#include <string>

#include "analysis/analysis_engine.h"
#include "engine/result.h"
#include "server/patience.h"
#include "server/tcp_server.h"
#include "server/web_access.h"

namespace ponnuki::analysis {

struct WebSocketOptions {
  std::string listen;       // "[HOST:]PORT"; port 0 selects any free port
  int max_connections = 4;  // at the same time
  server::WebAccess access;
  server::Patience patience;
};

/// Opens the port. The evaluator must outlive the server.
Result<std::unique_ptr<server::TcpServer>> open_websocket_server(
    const WebSocketOptions& options, Evaluator& evaluator, const AnalysisEngine::Options& engine);

}  // namespace ponnuki::analysis
