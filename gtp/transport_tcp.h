// GTP over TCP: each connection is a session with its own game, on a thread of its own.
// Connections, their queued lines and the length of lines are bounded; a client that vanishes stops
// its search.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "engine/result.h"
#include "gtp/options.h"
#include "server/evaluator_provider.h"
#include "server/output.h"

namespace ponnuki::gtp {

class TcpServer {
 public:
  /// Opens options.listen: "ADDRESS:PORT", "[IPv6]:PORT" or "PORT" on 127.0.0.1; port 0 takes any
  /// free one. All arguments must outlive the server.
  static Result<std::unique_ptr<TcpServer>> open(const GtpOptions& options,
                                                 const server::EvaluatorProvider& provider,
                                                 server::Log log);
  ~TcpServer();

  /// "127.0.0.1:4711", with the port that was really taken.
  std::string address() const;
  std::uint16_t port() const;
  /// Serves until stop(), or SIGINT or SIGTERM where `heed_signals`. Blocks.
  void run(bool heed_signals);
  /// From any thread: ends run() and all connections.
  void stop();

 private:
  struct Impl;
  explicit TcpServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace ponnuki::gtp
