// One thread runs Asio: it accepts, reads, and closes. Each connection has a second thread for its
// session, which writes to the socket directly:
//
//   io thread        accept ─▶ Client ─▶ read ─▶ deliver_line ─▶ inbox
//   session thread   inbox ─▶ Session ─▶ FdOutput ─▶ socket;  at its end: on_end
//
// The list of open connections and a pending read own a client. close() runs only on the io thread;
// it waits for the session, which abandon() has told to stop.
#include "gtp/tcp_transport.h"

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <thread>
#include <utility>

#include "gtp/session.h"
#include "server/connection_server.h"
#include "server/fd_transport.h"
#include "server/line_splitter.h"
#include "server/web_access.h"

namespace ponnuki::gtp {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Failure = boost::system::error_code;

constexpr server::Inbox::Bounds kInboxBounds{10'000, std::size_t{4} << 20};

/// The objects from which all sessions are made.
struct Shared {
  GtpOptions options;
  const server::EvaluatorProvider& provider;
  server::Log log;
};

/// One client. The reader runs on the server's thread, the session on its own thread; close() ends
/// both.
class Client : public server::ConnectionServer::Connection,
               public std::enable_shared_from_this<Client> {
 public:
  Client(tcp::socket socket, std::shared_ptr<const Shared> shared)
      : shared_(std::move(shared)),
        socket_(std::move(socket)),
        inbox_(kInboxBounds),
        out_(socket_.native_handle(), [this] { inbox_.abandon(); }) {}

  /// `on_end` is called on the session's thread when the session ends.
  void start(std::function<void()> on_end) override {
    thread_ = std::thread([this, on_end = std::move(on_end)] {
      Session session(shared_->options, {shared_->provider, inbox_, out_, shared_->log});
      session.serve();
      on_end();
    });
    read();
  }
  void close() override {
    inbox_.abandon();
    Failure ignored;
    // Unblocks a session that waits to write.
    socket_.shutdown(tcp::socket::shutdown_both, ignored);
    if (thread_.joinable()) thread_.join();
    socket_.close(ignored);
  }

 private:
  void read() {
    auto self = shared_from_this();
    socket_.async_read_some(asio::buffer(buffer_),
                            [this, self](const Failure& failure, std::size_t n) {
                              bool keep = !failure;
                              splitter_.feed({buffer_.data(), n}, [&](std::string line) {
                                keep = keep && !is_from_browser(line) &&
                                       server::deliver_line(inbox_, std::move(line), false);
                              });
                              if (keep) {
                                read();
                              } else {
                                end_of_input(failure);
                              }
                            });
  }
  /// A web page can send a request to this port, with commands in its body. No client of GTP does.
  bool is_from_browser(const std::string& line) const {
    const bool is_web = server::looks_like_web(line);
    if (is_web && shared_->log) shared_->log("a client that speaks HTTP or TLS was disconnected");
    return is_web;
  }
  /// At the end of input the client has left, or has sent all its commands. These are still
  /// answered, but without further searching. Any other failure, such as a full queue, drops the
  /// client.
  void end_of_input(const Failure& failure) {
    if (failure != asio::error::eof) {
      inbox_.abandon();
      return;
    }
    splitter_.finish(
        [&](std::string line) { server::deliver_line(inbox_, std::move(line), false); });
    inbox_.interrupt();
    inbox_.close();
  }

  std::shared_ptr<const Shared> shared_;
  tcp::socket socket_;
  std::array<char, 16384> buffer_;
  server::LineSplitter splitter_;
  server::Inbox inbox_;
  server::FdOutput out_;
  std::thread thread_;
};

}  // namespace

Result<std::unique_ptr<server::TcpServer>> open_tcp_server(
    const GtpOptions& options, const server::EvaluatorProvider& provider, server::Log log) {
  const auto shared = std::make_shared<Shared>(Shared{options, provider, std::move(log)});
  // Each session gets a share of the memory of a single session.
  const auto most = static_cast<std::size_t>(std::max(options.max_connections, 1));
  shared->options.search.params.max_memory_bytes /= most;
  shared->options.files = false;  // clients may not be the owner of the files
  return server::ConnectionServer::listening(
      options.listen, options.max_connections,
      [shared](tcp::socket socket) { return std::make_shared<Client>(std::move(socket), shared); },
      [](tcp::socket socket) {
        server::FdOutput(socket.native_handle(), nullptr).write("? too many connections\n\n");
      });
}

}  // namespace ponnuki::gtp
