// GTP over TCP. Each connection is a session with its own game, on its own thread. The numbers of
// connections, of queued lines and of bytes in a line are limited. If a client disappears, its
// search stops.
#pragma once

#include <memory>

#include "engine/result.h"
#include "gtp/options.h"
#include "server/evaluator_provider.h"
#include "server/output.h"
#include "server/tcp_server.h"

namespace ponnuki::gtp {

/// Opens options.listen: "ADDRESS:PORT", "[IPv6]:PORT" or "PORT" on 127.0.0.1; port 0 selects any
/// free port. The provider must outlive the server.
Result<std::unique_ptr<server::TcpServer>> open_tcp_server(
    const GtpOptions& options, const server::EvaluatorProvider& provider, server::Log log);

}  // namespace ponnuki::gtp
