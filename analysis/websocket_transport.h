// The analysis engine over WebSocket (RFC 6455): each message is a JSON text, and each connection
// has its own engine. Connections, waiting messages and their sizes are limited. If a client
// disappears, its searches end; if a client does not read, only its own engine waits.
#pragma once

#include <memory>
#include <string>

#include "analysis/analysis_engine.h"
#include "engine/result.h"
#include "server/tcp_server.h"

namespace ponnuki::analysis {

/// Opens "[HOST:]PORT"; port 0 selects any free port. The evaluator must outlive the server.
Result<std::unique_ptr<server::TcpServer>> open_websocket_server(
    const std::string& listen, int max_connections, Evaluator& evaluator,
    const AnalysisEngine::Options& options);

}  // namespace ponnuki::analysis
