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
#include <atomic>
#include <boost/asio/buffer.hpp>
#include <thread>
#include <utility>

#include "engine/start_thread.h"
#include "gtp/session.h"
#include "server/connection_server.h"
#include "server/farewell.h"
#include "server/fd_transport.h"
#include "server/line_splitter.h"
#include "server/web_access.h"

namespace ponnuki::gtp {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Failure = boost::system::error_code;

constexpr std::size_t kMostLines = 10'000;                // of one client that wait
constexpr std::size_t kMostBytes = std::size_t{4} << 20;  // likewise
constexpr std::size_t kAllBytes = std::size_t{64} << 20;  // of all clients, about
constexpr double kMostSeconds = 3600;                     // of one search
constexpr std::string_view kFull = "? too many connections\n\n";
constexpr const char* kIdle =
    "? disconnected: idle for too long, and another client waits for the place\n\n";
constexpr const char* kNoMemory = "? disconnected: the server has no memory for this game\n\n";
constexpr const char* kFlood =
    "? disconnected: too many commands wait; read the answers before you send more\n\n";

/// The objects from which all sessions are made.
struct Shared {
  GtpOptions options;
  const server::EvaluatorProvider& provider;
  server::Log log;
  server::Inbox::Bounds inbox;
  HelperPool helpers;
  std::int64_t refusals = 0;  // for want of threads; used only on the server's thread
};

/// One client. The reader runs on the server's thread, the session on its own thread; close() ends
/// both.
class Client : public server::ConnectionServer::Connection,
               public std::enable_shared_from_this<Client> {
 public:
  Client(tcp::socket socket, std::shared_ptr<Shared> shared)
      : shared_(std::move(shared)),
        socket_(std::move(socket)),
        inbox_(shared_->inbox),
        out_(socket_.native_handle(), [this] { inbox_.abandon(); }) {}

  /// `on_end` is called on the session's thread when the session ends.
  void start(std::function<void()> on_end) override {
    auto thread = start_thread<std::thread>([this, on_end] {
      serve();
      on_end();
    });
    if (!thread) {
      const bool is_news = shared_->refusals++ % 100 == 0;
      if (is_news && shared_->log) shared_->log("clients are refused: " + thread.error().message);
      server::say_at_once(socket_, std::string("? ") + kNoThread + "\n\n");
      return on_end();
    }
    thread_ = std::move(*thread);
    read();
  }
  Waits waits() const override {
    return {inbox_.idle_seconds(), out_.stalled_seconds(), has_spoken_};
  }
  void dismiss() override { hang_up(kIdle); }
  void stop() override {
    inbox_.abandon();
    Failure ignored;
    // Unblocks a session that waits to write.
    socket_.shutdown(tcp::socket::shutdown_both, ignored);
  }
  void close() override {
    stop();
    if (thread_.joinable()) thread_.join();
    Failure ignored;
    socket_.close(ignored);
  }

 private:
  void serve() {
    try {
      // What a client makes the engine log is not for the server's screen.
      const SessionPorts ports{shared_->provider, inbox_, out_, nullptr, &shared_->helpers};
      Session session(shared_->options, ports);
      session.serve();
    } catch (const std::exception&) {
      server::log_if_possible(shared_->log, "a client's session ended for want of memory");
      last_word_ = kNoMemory;
    }
    server::say_at_once(socket_, last_word_.load());
  }
  /// Ends the session; its thread says this.
  void hang_up(const char* last_word) {
    last_word_ = last_word;
    inbox_.abandon();
  }
  void read() {
    auto self = shared_from_this();
    socket_.async_read_some(
        asio::buffer(buffer_), [this, self](const Failure& failure, std::size_t n) {
          bool keep = !failure;
          splitter_.feed({buffer_.data(), n}, [&](std::string line) {
            has_spoken_ = true;
            is_web_ = is_web_ || (keep && is_from_browser(line));
            keep = keep && !is_web_ && server::deliver_line(inbox_, std::move(line), false);
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
    if (failure != asio::error::eof) return hang_up(failure || is_web_ ? "" : kFlood);
    splitter_.finish(
        [&](std::string line) { server::deliver_line(inbox_, std::move(line), false); });
    inbox_.interrupt();
    inbox_.close();
  }

  std::shared_ptr<Shared> shared_;
  tcp::socket socket_;
  std::array<char, 16384> buffer_;
  server::LineSplitter splitter_;
  server::Inbox inbox_;
  server::FdOutput out_;
  std::atomic<const char*> last_word_{""};
  bool has_spoken_ = false, is_web_ = false;
  std::thread thread_;
};

std::size_t most_clients(const GtpOptions& options) {
  return static_cast<std::size_t>(std::max(options.max_connections, 1));
}

server::Inbox::Bounds bounds(const GtpOptions& options) {
  const std::size_t share = kAllBytes / most_clients(options);
  return {kMostLines, std::clamp(share, kMostBytes / 16, kMostBytes)};
}

/// The options of a session over TCP. It gets a share of the memory of a single session.
GtpOptions for_clients(GtpOptions options) {
  options.search.params.max_memory_bytes /= most_clients(options);
  options.files = false;  // clients may not be the owner of the files
  options.is_shared = true;
  options.most_threads = options.search.params.threads;
  options.most_seconds = kMostSeconds;
  return options;
}

}  // namespace

Result<std::unique_ptr<server::TcpServer>> open_tcp_server(
    const GtpOptions& options, const server::EvaluatorProvider& provider, server::Log log) {
  const int threads = options.search.params.threads;
  const std::shared_ptr<Shared> shared(new Shared{for_clients(options), provider, std::move(log),
                                                  bounds(options), HelperPool(threads - 1)});
  return server::ConnectionServer::listening(
      {options.listen, options.max_connections, std::string(kFull), options.patience},
      [shared](tcp::socket socket) { return std::make_shared<Client>(std::move(socket), shared); });
}

}  // namespace ponnuki::gtp
