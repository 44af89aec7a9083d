// ConnectionServer: the common part of servers over TCP. It listens, accepts a bounded number of
// connections, and ends them all on a signal. Only transports include it, as it needs Asio;
// server/tcp_server.h is for everybody else.
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

/// One thread, that of run(), accepts, calls the connections' handlers, and closes them.
class ConnectionServer {
 public:
  using Socket = boost::asio::ip::tcp::socket;

  class Connection {
   public:
    virtual ~Connection() = default;
    /// Begins to serve. The connection calls `on_end` when it is over, from any thread; close()
    /// follows.
    virtual void start(std::function<void()> on_end) = 0;
    /// Ends whatever the connection does, and waits for its threads.
    virtual void close() = 0;
  };
  using Welcome = std::function<std::shared_ptr<Connection>(Socket)>;
  using TurnAway = std::function<void(Socket)>;

  /// While `most` connections are open, further ones go to `turn_away`.
  ConnectionServer(int most, Welcome welcome, TurnAway turn_away);
  /// A server that listens: as the constructor and open().
  static Result<std::unique_ptr<TcpServer>> listening(const std::string& listen, int most,
                                                      Welcome welcome, TurnAway turn_away);

  /// `listen` is "HOST:PORT", "[HOST]:PORT" or "PORT"; port 0 takes any free one.
  Status open(const std::string& listen);
  /// "127.0.0.1:4711", with the port that was really taken.
  std::string address() const;
  std::uint16_t port() const { return local_.port(); }
  /// Serves until stop(), or SIGINT or SIGTERM where `heed_signals`; then ends all connections.
  void run(bool heed_signals);
  /// From any thread.
  void stop() { io_.stop(); }

 private:
  void accept();
  void add(Socket socket);
  void remove(const Connection* gone);
  void close_all();

  int most_;
  Welcome welcome_;
  TurnAway turn_away_;
  std::list<std::shared_ptr<Connection>> connections_;  // touched on run()'s thread only
  boost::asio::io_context io_;  // destroyed before the connections that its handlers hold
  boost::asio::ip::tcp::acceptor acceptor_{io_};
  boost::asio::ip::tcp::endpoint local_;
  boost::asio::signal_set signals_{io_};
};

}  // namespace ponnuki::server
