// One thread runs Asio: it accepts, reads, and closes. Each connection has a second thread for its
// session, which writes to the socket itself:
//
//   io thread        accept ─▶ Client ─▶ read ─▶ deliver_line ─▶ inbox
//   session thread   inbox ─▶ Session ─▶ FdOutput ─▶ socket;  at its end: on_end
//
// A client lives as long as the list of open connections or a pending read holds it. close() runs
// on the io thread only, and waits for the session, which abandon() has told to stop.
#include "gtp/transport_tcp.h"

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <functional>
#include <thread>
#include <utility>

#include "gtp/session.h"
#include "server/line_splitter.h"
#include "server/transport_connections.h"
#include "server/transport_fd.h"

namespace ponnuki::gtp {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Failure = boost::system::error_code;

constexpr server::Inbox::Bounds kInboxBounds{10'000, std::size_t{4} << 20};

/// What a session is made of, for all of them.
struct Shared {
  GtpOptions options;
  const server::EvaluatorProvider& provider;
  server::Log log;
};

/// One client. The reader runs on the server's thread, the session on its own. The pending read
/// holds the connection; close() ends both.
class Client : public server::ConnectionServer::Connection,
               public std::enable_shared_from_this<Client> {
 public:
  Client(tcp::socket socket, const Shared& shared)
      : shared_(shared),
        socket_(std::move(socket)),
        inbox_(kInboxBounds),
        out_(socket_.native_handle(), [this] { inbox_.abandon(); }) {}

  /// `on_end` is called at the end of the session, on its thread.
  void start(std::function<void()> on_end) override {
    thread_ = std::thread([this, on_end = std::move(on_end)] {
      Session session(shared_.options, {shared_.provider, inbox_, out_, shared_.log});
      session.serve();
      on_end();
    });
    read();
  }
  void close() override {
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
                                keep = keep && server::deliver_line(inbox_, std::move(line), false);
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
    splitter_.finish(
        [&](std::string line) { server::deliver_line(inbox_, std::move(line), false); });
    inbox_.interrupt();
    inbox_.close();
  }

  const Shared& shared_;
  tcp::socket socket_;
  std::array<char, 16384> buffer_;
  server::LineSplitter splitter_;
  server::Inbox inbox_;
  server::FdOutput out_;
  std::thread thread_;
};

}  // namespace

struct TcpServer::Impl {
  Impl(const GtpOptions& options, const server::EvaluatorProvider& provider, server::Log log)
      : shared{options, provider, std::move(log)},
        server(
            options.max_connections,
            [this](tcp::socket socket) {
              return std::make_shared<Client>(std::move(socket), shared);
            },
            [](tcp::socket socket) {
              server::FdOutput(socket.native_handle(), nullptr).write("? too many connections\n\n");
            }) {
    // The sessions share what one alone would have.
    const auto share = static_cast<std::size_t>(std::max(options.max_connections, 1));
    shared.options.search.max_memory_bytes /= share;
    shared.options.files = false;  // who can connect need not be who owns the files
  }

  Shared shared;
  server::ConnectionServer server;
};

TcpServer::TcpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

TcpServer::~TcpServer() = default;

Result<std::unique_ptr<TcpServer>> TcpServer::open(const GtpOptions& options,
                                                   const server::EvaluatorProvider& provider,
                                                   server::Log log) {
  auto impl = std::make_unique<Impl>(options, provider, std::move(log));
  if (const Status status = impl->server.open(options.listen); !status)
    return status.error();
  return std::unique_ptr<TcpServer>(new TcpServer(std::move(impl)));
}

std::string TcpServer::address() const { return impl_->server.address(); }

std::uint16_t TcpServer::port() const { return impl_->server.port(); }

void TcpServer::run(bool heed_signals) { impl_->server.run(heed_signals); }

void TcpServer::stop() { impl_->server.stop(); }

}  // namespace ponnuki::gtp
