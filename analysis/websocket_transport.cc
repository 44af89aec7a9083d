// One thread runs Asio: it accepts, reads, writes and closes. Each connection has a second thread
// for its requests, and the threads of its engine:
//
//   io thread        read ─▶ inbox            outbox ─▶ write
//   request thread   inbox ─▶ AnalysisEngine ─▶ outbox, waiting while that is full
#include "analysis/websocket_transport.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <chrono>
#include <functional>
#include <new>
#include <optional>
#include <thread>
#include <utility>

#include "analysis/outbox.h"
#include "engine/mutex.h"
#include "engine/start_thread.h"
#include "server/connection_server.h"
#include "server/farewell.h"
#include "server/inbox.h"
#include "server/line_splitter.h"

namespace ponnuki::analysis {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;
using asio::ip::tcp;
using Failure = boost::system::error_code;

constexpr std::size_t kMostLines = 100'000;  // waiting requests of one client
constexpr std::uint32_t kMostHeaderBytes = 16 << 10;
constexpr std::chrono::seconds kHandshakeTime{10};
constexpr std::chrono::milliseconds kGoodbyeTime{300};
constexpr std::size_t kMegabyte = std::size_t{1} << 20;
constexpr const char* kIdle = "idle for too long, and another client waits for the place";

/// The share of a client in a number of megabytes for all clients.
std::size_t share_of(std::size_t megabytes, const WebSocketOptions& options, std::size_t most) {
  const auto clients = static_cast<std::size_t>(std::max(options.max_connections, 1));
  return std::clamp(megabytes * kMegabyte / clients, kMegabyte / 4, most * kMegabyte);
}

/// The answer of HTTP where there is no place.
std::string unavailable(const std::string& reason) {
  return "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain\r\nRetry-After: 10\r\n"
         "Connection: close\r\nContent-Length: " +
         std::to_string(reason.size() + 1) + "\r\n\r\n" + reason + "\n";
}

/// What all clients share.
struct Shared {
  Evaluator& evaluator;
  AnalysisEngine::Options options;
  server::WebAccess access;
  server::Inbox::Bounds inbox;
  std::size_t outbox_bytes;
  HelperPool helpers;
};

/// One client. Only the io thread uses its members, except for inbox and outbox. Pending operations
/// own it.
class Client : public server::ConnectionServer::Connection,
               public std::enable_shared_from_this<Client> {
 public:
  Client(tcp::socket socket, std::shared_ptr<Shared> shared)
      : shared_(std::move(shared)),
        stream_(std::move(socket)),
        goodbye_(stream_.get_executor()),
        inbox_(shared_->inbox),
        outbox_(shared_->outbox_bytes) {
    request_.header_limit(kMostHeaderBytes);
  }

  /// `on_end` is called once, when the connection and its engine are over.
  void start(std::function<void()> on_end) override {
    on_end_ = std::move(on_end);
    stream_.next_layer().expires_after(kHandshakeTime);
    http::async_read(stream_.next_layer(), buffer_, request_,
                     [self = shared_from_this()](const Failure& failure, std::size_t) {
                       if (failure) return self->end();
                       self->answer_request();
                     });
  }
  Waits waits() const override {
    Waits waits;
    waits.has_spoken = has_spoken_;
    if (writing_) waits.unread = seconds_since(active_);
    if (!is_open_ || is_engine_idle()) waits.idle = seconds_since(active_);
    return waits;
  }
  void dismiss() override { say_goodbye(kIdle); }
  void stop() override { end(); }
  /// Must not be called within end().
  void close() override {
    end();
    if (requests_.joinable()) requests_.join();
  }

 private:
  /// Upgrades the connection to a WebSocket, or refuses that and says why.
  void answer_request() {
    const auto& request = request_.get();
    if (!websocket::is_upgrade(request))
      return refuse(http::status::upgrade_required, "this port serves WebSockets");
    const Status may = server::check_access(shared_->access, text_of(request[http::field::origin]),
                                            text_of(request[http::field::host]));
    if (!may) return refuse(http::status::forbidden, may.error().message);
    auto thread = start_thread<std::thread>([self = this] { self->serve(); });
    if (!thread) return refuse(http::status::service_unavailable, thread.error().message);
    requests_ = std::move(*thread);
    stream_.next_layer().expires_never();
    stream_.read_message_max(server::kMaxLineBytes);
    stream_.set_option(websocket::stream_base::timeout::suggested(beast::role_type::server));
    stream_.async_accept(request, [self = shared_from_this()](const Failure& failure) {
      if (failure) return self->end();
      self->is_open_ = true;
      self->active_ = Clock::now();
      self->read();
    });
  }
  static std::string_view text_of(beast::string_view text) { return {text.data(), text.size()}; }

  void refuse(http::status status, const std::string& reason) {
    refusal_.emplace(status, request_.get().version());
    refusal_->set(http::field::content_type, "text/plain");
    refusal_->set(http::field::connection, "close");
    refusal_->body() = reason + "\n";
    refusal_->prepare_payload();
    http::async_write(stream_.next_layer(), *refusal_,
                      [self = shared_from_this()](const Failure&, std::size_t) { self->end(); });
  }

  /// The thread of the requests. close() waits for it.
  void serve() {
    try {
      answer_all();
    } catch (const std::bad_alloc&) {  // this client has to go
    }
    inbox_.abandon();
    outbox_.close();
    on_end_();
  }
  void answer_all() {
    AnalysisEngine::Options options = shared_->options;
    options.share = {&shared_->helpers, &outbox_};
    AnalysisEngine engine(shared_->evaluator, options, [this](const std::string& line) {
      if (outbox_.push(line))
        asio::post(stream_.get_executor(), [self = shared_from_this()] { self->write(); });
    });
    set_engine(&engine);
    while (outbox_.wait_for_room()) {
      const auto line = inbox_.pop();
      if (!line) break;
      engine.handle(*line);
    }
    set_engine(nullptr);
    engine.abandon();
  }
  void set_engine(const AnalysisEngine* engine) {
    const MutexLock lock(engine_mutex_);
    engine_ = engine;
  }
  bool is_engine_idle() const {
    const MutexLock lock(engine_mutex_);
    return !writing_ && inbox_.idle_seconds() > 0 && engine_ != nullptr && engine_->is_idle();
  }
  void read() {
    stream_.async_read(buffer_, [self = shared_from_this()](const Failure& failure, std::size_t) {
      // A client with so many waiting requests does not read, so it gets no message.
      if (failure || !self->inbox_.try_push(beast::buffers_to_string(self->buffer_.data())))
        return self->end();
      self->has_spoken_ = true;
      self->active_ = Clock::now();
      self->buffer_.consume(self->buffer_.size());
      self->read();
    });
  }
  void write() {
    const std::string* const message = outbox_.front();
    if (writing_ || message == nullptr || ended_) return;
    writing_ = true;
    active_ = Clock::now();
    stream_.text(true);
    stream_.async_write(asio::buffer(*message),
                        [self = shared_from_this()](const Failure& failure, std::size_t) {
                          self->writing_ = false;
                          self->active_ = Clock::now();
                          if (failure) return self->end();
                          self->outbox_.pop();
                          self->write();
                        });
  }
  void end() {
    if (std::exchange(ended_, true)) return;
    inbox_.abandon();
    outbox_.close();
    Failure ignored;
    beast::get_lowest_layer(stream_).socket().shutdown(tcp::socket::shutdown_both, ignored);
    beast::get_lowest_layer(stream_).socket().close(ignored);
    goodbye_.cancel();
    if (!requests_.joinable()) on_end_();
  }
  /// Closes the connection and says why, but does not wait long for the client.
  void say_goodbye(const char* reason) {
    if (ended_ || std::exchange(says_goodbye_, true)) return;
    if (!is_open_) {
      server::say_at_once(stream_.next_layer().socket(), unavailable(reason));
      return end();
    }
    goodbye_.expires_after(kGoodbyeTime);
    goodbye_.async_wait([self = shared_from_this()](const Failure& failure) {
      if (!failure) self->end();
    });
    stream_.async_close({websocket::close_code::try_again_later, reason},
                        [self = shared_from_this()](const Failure&) { self->end(); });
  }

  std::shared_ptr<Shared> shared_;
  websocket::stream<beast::tcp_stream> stream_;
  asio::steady_timer goodbye_;
  beast::flat_buffer buffer_;
  server::Inbox inbox_;
  Outbox outbox_;
  mutable Mutex engine_mutex_;
  const AnalysisEngine* engine_ PONNUKI_GUARDED_BY(engine_mutex_) = nullptr;  // while it serves
  http::request_parser<http::empty_body> request_;  // the one that asks for a WebSocket
  std::optional<http::response<http::string_body>> refusal_;
  std::function<void()> on_end_;
  std::thread requests_;
  Clock::time_point active_ = Clock::now();  // when something was sent or received last
  bool is_open_ = false, has_spoken_ = false, says_goodbye_ = false;
  bool writing_ = false, ended_ = false;
};

}  // namespace

Result<std::unique_ptr<server::TcpServer>> open_websocket_server(
    const WebSocketOptions& options, Evaluator& evaluator, const AnalysisEngine::Options& engine) {
  AnalysisEngine::Options share = engine;
  // Each engine gets a share of what a single engine may use.
  const auto clients = static_cast<std::size_t>(std::max(options.max_connections, 1));
  share.settings.search.params.max_memory_bytes /= clients;
  share.most_positions = std::max<std::size_t>(share.most_positions / clients, 1000);
  share.most_query_bytes = share_of(256, options, 64);
  share.is_shared = true;
  const std::shared_ptr<Shared> shared(new Shared{evaluator,
                                                  share,
                                                  options.access,
                                                  {kMostLines, share_of(64, options, 16)},
                                                  share_of(32, options, 8),
                                                  HelperPool(engine.threads - 1)});
  const std::string full = "this server has " + std::to_string(options.max_connections) +
                           " clients already, and all are busy; try again later";
  return server::ConnectionServer::listening(
      {options.listen, options.max_connections, unavailable(full), options.patience},
      [shared](tcp::socket socket) { return std::make_shared<Client>(std::move(socket), shared); });
}

}  // namespace ponnuki::analysis
