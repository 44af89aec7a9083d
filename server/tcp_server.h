// TcpServer: a server that listens on a TCP address, whatever its protocol. Needs no Asio.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace ponnuki::server {

class ConnectionServer;

class TcpServer {
 public:
  /// `connections` has been opened.
  explicit TcpServer(std::unique_ptr<ConnectionServer> connections);
  ~TcpServer();

  /// "127.0.0.1:4711", with the port that was really taken.
  std::string address() const;
  std::uint16_t port() const;
  /// Serves until stop(), or SIGINT or SIGTERM where `heed_signals`; then ends all connections.
  /// Blocks.
  void run(bool heed_signals);
  /// From any thread: ends run().
  void stop();

 private:
  std::unique_ptr<ConnectionServer> connections_;
};

}  // namespace ponnuki::server
