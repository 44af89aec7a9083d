// GTP over TCP: each connection is a session with its own game, on a thread of its own. The numbers
// of connections, of queued lines and of bytes in a line are bounded; a client that vanishes stops
// its search.
#pragma once

#include <memory>

#include "engine/result.h"
#include "gtp/options.h"
#include "server/evaluator_provider.h"
#include "server/output.h"
#include "server/tcp_server.h"

namespace ponnuki::gtp {

/// Opens options.listen: "ADDRESS:PORT", "[IPv6]:PORT" or "PORT" on 127.0.0.1; port 0 takes any
/// free one. The provider must outlive the server.
Result<std::unique_ptr<server::TcpServer>> open_tcp_server(
    const GtpOptions& options, const server::EvaluatorProvider& provider, server::Log log);

}  // namespace ponnuki::gtp
