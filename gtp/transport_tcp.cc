// One thread runs Asio: it accepts, reads, and closes. Each connection has a second thread for its
// session, which writes to the socket itself:
//
//   io thread        accept ─▶ Connection ─▶ read ─▶ deliver_line ─▶ inbox
//   session thread   inbox ─▶ Session ─▶ FdOutput ─▶ socket;  at its end: post(remove)
//
// A connection lives as long as the list of open ones or a pending read holds it. close() runs on
// the io thread only, and waits for the session, which abandon() has told to stop.
#include "gtp/transport_tcp.h"

#include <algorithm>
#include <array>
// ThreadSanitizer knows no fences; the queues of Asio are ordered by their mutexes.
#ifdef __SANITIZE_THREAD__
#define BOOST_ASIO_DISABLE_FENCED_BLOCK
#endif
#include <boost/asio.hpp>
#include <csignal>
#include <functional>
#include <list>
#include <thread>

#include "gtp/line_splitter.h"
#include "gtp/listen_address.h"
#include "gtp/session.h"
#include "gtp/transport_fd.h"

namespace ponnuki {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Failure = boost::system::error_code;

constexpr Inbox::Bounds kInboxBounds{10'000, std::size_t{4} << 20};

Result<tcp::endpoint> parse_endpoint(const std::string& text) {
  const auto address = parse_listen_address(text);
  if (!address) return Error{address.error()};
  Failure failure;
  const auto host = asio::ip::make_address(address->host, failure);
  if (failure) return Error{"listen: '" + address->host + "' is not an IP address"};
  return tcp::endpoint(host, address->port);
}

/// One client. The reader runs on the server's thread, the session on its own. The pending read
/// holds the connection; close() ends both.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  explicit Connection(tcp::socket socket)
      : socket_(std::move(socket)),
        inbox_(kInboxBounds),
        out_(socket_.native_handle(), [this] { inbox_.abandon(); }) {}

  /// `on_end` is called at the end of the session, on its thread.
  void start(const GtpOptions& options, const EvaluatorProvider& provider, const Log& log,
             std::function<void()> on_end) {
    thread_ = std::thread([this, &options, &provider, &log, on_end = std::move(on_end)] {
      Session session(options, {provider, inbox_, out_, log});
      session.serve();
      on_end();
    });
    read();
  }
  /// Ends the session and waits for it.
  void close() {
    inbox_.abandon();
    Failure ignored;
    socket_.shutdown(tcp::socket::shutdown_both, ignored);  // frees a session that waits to write
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
                                keep = keep && deliver_line(inbox_, std::move(line), false);
                              });
                              if (keep) {
                                read();
                              } else {
                                end_of_input(failure);
                              }
                            });
  }
  /// The end of input means a client that is gone, or one that has sent all it wants to: what it
  /// has asked is still answered, but nothing is searched for it any more. Anything else, such as a
  /// full queue, drops the client.
  void end_of_input(const Failure& failure) {
    if (failure != asio::error::eof) {
      inbox_.abandon();
      return;
    }
    splitter_.finish([&](std::string line) { deliver_line(inbox_, std::move(line), false); });
    inbox_.interrupt();
    inbox_.close();
  }

  tcp::socket socket_;
  std::array<char, 16384> buffer_;
  LineSplitter splitter_;
  Inbox inbox_;
  FdOutput out_;
  std::thread thread_;
};

}  // namespace

struct TcpServer::Impl {
  Impl(const GtpOptions& server_options, const EvaluatorProvider& evaluators, Log server_log)
      : options(server_options), provider(evaluators), log(std::move(server_log)) {
    // The sessions share what one alone would have.
    const auto share = static_cast<std::size_t>(std::max(options.max_connections, 1));
    options.search.max_memory_bytes /= share;
    options.files = false;  // who can connect need not be who owns the files
  }

  Status open(const tcp::endpoint& endpoint) {
    Failure failure;
    acceptor.open(endpoint.protocol(), failure);
    if (!failure) acceptor.set_option(tcp::acceptor::reuse_address(true), failure);
    if (!failure) acceptor.bind(endpoint, failure);
    if (!failure) acceptor.listen(asio::socket_base::max_listen_connections, failure);
    if (!failure) local = acceptor.local_endpoint(failure);
    if (!failure) return {};
    return Error{"listen: cannot use " + options.listen + ": " + failure.message()};
  }

  void accept() {
    acceptor.async_accept([this](const Failure& failure, tcp::socket socket) {
      if (failure == asio::error::operation_aborted) return;
      if (!failure) welcome(std::move(socket));
      accept();
    });
  }

  void welcome(tcp::socket socket) {
    if (static_cast<int>(connections.size()) >= options.max_connections) {
      FdOutput(socket.native_handle(), nullptr).write("? too many connections\n\n");
      return;
    }
    Failure ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    const auto connection = std::make_shared<Connection>(std::move(socket));
    connections.push_back(connection);
    connection->start(options, provider, log, [this, raw = connection.get()] {
      asio::post(io, [this, raw] { remove(raw); });
    });
  }

  void remove(const Connection* gone) {
    const auto found = std::find_if(connections.begin(), connections.end(),
                                    [gone](const auto& open) { return open.get() == gone; });
    if (found == connections.end()) return;
    (*found)->close();
    connections.erase(found);
  }

  void close_all() {
    Failure ignored;
    acceptor.close(ignored);
    for (const auto& connection : connections) connection->close();
    connections.clear();
  }

  GtpOptions options;
  const EvaluatorProvider& provider;
  Log log;
  asio::io_context io;
  tcp::acceptor acceptor{io};
  tcp::endpoint local;
  asio::signal_set signals{io};
  std::list<std::shared_ptr<Connection>> connections;  // touched on run()'s thread only
};

TcpServer::TcpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

TcpServer::~TcpServer() = default;

Result<std::unique_ptr<TcpServer>> TcpServer::open(const GtpOptions& options,
                                                   const EvaluatorProvider& provider, Log log) {
  const auto endpoint = parse_endpoint(options.listen);
  if (!endpoint) return Error{endpoint.error()};
  auto impl = std::make_unique<Impl>(options, provider, std::move(log));
  if (const Status status = impl->open(*endpoint); !status) return Error{status.error()};
  return std::unique_ptr<TcpServer>(new TcpServer(std::move(impl)));
}

std::string TcpServer::address() const {
  const tcp::endpoint& endpoint = impl_->local;
  return to_string(ListenAddress{endpoint.address().to_string(), endpoint.port()});
}

std::uint16_t TcpServer::port() const { return impl_->local.port(); }

void TcpServer::run(bool heed_signals) {
  std::signal(SIGPIPE, SIG_IGN);
  if (heed_signals) {
    impl_->signals.add(SIGINT);
    impl_->signals.add(SIGTERM);
    impl_->signals.async_wait([this](const Failure& failure, int) {
      if (!failure) impl_->io.stop();
    });
  }
  impl_->accept();
  impl_->io.run();
  impl_->close_all();
}

void TcpServer::stop() { impl_->io.stop(); }

}  // namespace ponnuki
