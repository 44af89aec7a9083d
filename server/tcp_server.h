// TcpServer: a server that listens on a TCP address, independent of the protocol. Needs no Asio.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace ponnuki::server {

class ConnectionServer;

class TcpServer {
 public:
  /// `connections` must be open.
  explicit TcpServer(std::unique_ptr<ConnectionServer> connections);
  ~TcpServer();

  /// For example "127.0.0.1:4711", with the actual port.
  std::string address() const;
  std::uint16_t port() const;
  /// Serves until stop() or, with `heed_signals`, SIGINT or SIGTERM; then ends all connections.
  /// Blocks.
  void run(bool heed_signals);
  /// Ends run(). Thread-safe.
  void stop();

 private:
  std::unique_ptr<ConnectionServer> connections_;
};

}  // namespace ponnuki::server
