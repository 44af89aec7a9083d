// The analysis engine over WebSocket (RFC 6455): a JSON text a message, each connection with an
// engine of its own. Connections, waiting messages and their sizes are bounded; a client that
// vanishes ends its searches, one that does not read makes its own engine wait.
#pragma once

#include <memory>
#include <string>

#include "analysis/analysis_engine.h"
#include "engine/result.h"
#include "server/tcp_server.h"

namespace ponnuki::analysis {

/// Opens "[HOST:]PORT"; port 0 takes any free one. The evaluator must outlive the server.
Result<std::unique_ptr<server::TcpServer>> open_websocket_server(
    const std::string& listen, int max_connections, Evaluator& evaluator,
    const AnalysisEngine::Options& options);

}  // namespace ponnuki::analysis
