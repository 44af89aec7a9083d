// The analysis engine over WebSocket (RFC 6455): a JSON text a message, each connection with an
// engine of its own. Connections, waiting messages and their sizes are bounded; a client that
// vanishes ends its searches, one that does not read makes its own engine wait.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "analysis/analysis_engine.h"
#include "engine/result.h"

namespace ponnuki::analysis {

class WebSocketServer {
 public:
  /// Opens "[HOST:]PORT"; port 0 takes any free one. The evaluator must outlive the server.
  static Result<std::unique_ptr<WebSocketServer>> open(const std::string& listen,
                                                       int max_connections, Evaluator& evaluator,
                                                       const AnalysisEngine::Options& options);
  ~WebSocketServer();

  /// "127.0.0.1:4711", with the port that was really taken.
  std::string address() const;
  std::uint16_t port() const;
  /// Serves until stop(), or SIGINT or SIGTERM where `heed_signals`. Blocks.
  void run(bool heed_signals);
  /// From any thread: ends run() and all connections.
  void stop();

 private:
  struct Impl;
  explicit WebSocketServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace ponnuki::analysis
