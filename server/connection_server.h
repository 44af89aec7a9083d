// ConnectionServer: the common part of servers over TCP. It listens, accepts a limited number of
// connections, finds places for new ones, and ends them all on a signal. Only transports include
// this header, as it needs Asio; all other code uses server/tcp_server.h.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <string>

#include "engine/clock.h"
#include "engine/result.h"
#include "server/patience.h"
#include "server/spare_descriptor.h"
#include "server/tcp_server.h"

namespace ponnuki::server {

/// The thread of run() accepts connections, calls their handlers, and closes them.
///
/// A new connection gets a place while fewer than the limit are open. Else it waits in a queue, in
/// order of arrival; meanwhile the client that has been idle for longest may lose its place
/// (server/patience.h). What cannot be served gets the text of the refusal.
class ConnectionServer {
 public:
  using Socket = boost::asio::ip::tcp::socket;

  class Connection {
   public:
    /// What the server and the client wait for, in seconds.
    struct Waits {
      double idle = 0;    // the client owes the next word; 0 while the server works for it
      double unread = 0;  // the client does not take an answer
      bool has_spoken = false;
    };

    virtual ~Connection() = default;
    /// Begins to serve. The connection must call `on_end` when it is over, from any thread; close()
    /// is called after that.
    virtual void start(std::function<void()> on_end) = 0;
    virtual Waits waits() const = 0;
    /// Tells the client, which is idle, that another one needs its place; then like stop().
    virtual void dismiss() = 0;
    /// Ends all activity of the connection, without waiting for that end.
    virtual void stop() = 0;
    /// Calls stop() and waits for its threads.
    virtual void close() = 0;
  };
  using Welcome = std::function<std::shared_ptr<Connection>(Socket)>;

  struct Options {
    std::string listen;   // "HOST:PORT", "[HOST]:PORT" or "PORT"; port 0 selects any free port
    int most = 1;         // connections at a time
    std::string refusal;  // bytes for a client that is turned away
    Patience patience;
  };

  ConnectionServer(Options options, Welcome welcome)
      : options_(std::move(options)), welcome_(std::move(welcome)) {}
  /// Makes a server that listens.
  static Result<std::unique_ptr<TcpServer>> listening(const Options& options, Welcome welcome);

  Status open();
  /// For example "127.0.0.1:4711", with the actual port.
  std::string address() const;
  std::uint16_t port() const { return local_.port(); }
  /// Serves until stop(), until nobody comes any more (Patience), or, with `heed_signals`, until
  /// SIGINT, SIGTERM or SIGHUP; then ends all connections. Blocks. After a signal the process ends within 1.5 seconds, whatever its threads
  /// do.
  void run(bool heed_signals);
  /// Thread-safe.
  void stop() { io_.stop(); }

 private:
  struct Waiting {
    Socket socket;
    Clock::time_point since;
  };

  void add_signals();
  void serve();
  void accept();
  void accept_later();
  void shed();
  void add(Socket socket);
  void welcome(Socket socket);
  void turn_away(Socket socket);
  void look_after_soon();
  void look_after();
  void make_room();
  void dismiss_idle(std::size_t most);
  void remove_later(const Connection* gone);
  void remove(const Connection* gone);
  void close_all();
  void end_if_alone();
  bool has_place() const { return connections_.size() < static_cast<std::size_t>(options_.most); }

  Options options_;
  Welcome welcome_;
  std::list<std::shared_ptr<Connection>> connections_;  // used only on the thread of run()
  std::deque<Waiting> waiting_;                         // likewise
  SpareDescriptor spare_;
  bool looks_after_ = false;  // the timer of look_after() runs
  // Destroyed before the connections that its handlers hold.
  boost::asio::io_context io_;
  boost::asio::ip::tcp::acceptor acceptor_{io_};
  boost::asio::ip::tcp::endpoint local_;
  boost::asio::signal_set signals_{io_};
  boost::asio::steady_timer next_accept_{io_}, next_look_{io_}, alone_{io_};
};

}  // namespace ponnuki::server
