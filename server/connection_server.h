// ConnectionServer: the common part of servers over TCP. It listens, accepts a limited number of
// connections, and ends them all on a signal. Only transports include this header, as it needs
// Asio; all other code uses server/tcp_server.h.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <string>

#include "engine/result.h"
#include "server/tcp_server.h"

namespace ponnuki::server {

/// The thread of run() accepts connections, calls their handlers, and closes them.
class ConnectionServer {
 public:
  using Socket = boost::asio::ip::tcp::socket;

  class Connection {
   public:
    virtual ~Connection() = default;
    /// Begins to serve. The connection must call `on_end` when it is over, from any thread; close()
    /// is called after that.
    virtual void start(std::function<void()> on_end) = 0;
    /// Stops all activity of the connection, and waits for its threads.
    virtual void close() = 0;
  };
  using Welcome = std::function<std::shared_ptr<Connection>(Socket)>;
  using TurnAway = std::function<void(Socket)>;

  /// While `most` connections are open, further ones are passed to `turn_away`.
  ConnectionServer(int most, Welcome welcome, TurnAway turn_away);
  /// Makes a server that listens. Arguments as for the constructor and open().
  static Result<std::unique_ptr<TcpServer>> listening(const std::string& listen, int most,
                                                      Welcome welcome, TurnAway turn_away);

  /// `listen` is "HOST:PORT", "[HOST]:PORT" or "PORT"; port 0 selects any free port.
  Status open(const std::string& listen);
  /// For example "127.0.0.1:4711", with the actual port.
  std::string address() const;
  std::uint16_t port() const { return local_.port(); }
  /// Serves until stop() or, with `heed_signals`, SIGINT or SIGTERM; then ends all connections.
  /// Blocks.
  void run(bool heed_signals);
  /// Thread-safe.
  void stop() { io_.stop(); }

 private:
  void accept();
  void add(Socket socket);
  void remove(const Connection* gone);
  void close_all();

  int most_;
  Welcome welcome_;
  TurnAway turn_away_;
  std::list<std::shared_ptr<Connection>> connections_;  // used only on the thread of run()
  // Destroyed before the connections that its handlers hold.
  boost::asio::io_context io_;
  boost::asio::ip::tcp::acceptor acceptor_{io_};
  boost::asio::ip::tcp::endpoint local_;
  boost::asio::signal_set signals_{io_};
};

}  // namespace ponnuki::server
