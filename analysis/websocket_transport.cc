// One thread runs Asio: it accepts, reads, writes and closes. Each connection has a second thread
// for its requests, and the threads of its engine:
//
//   io thread        read ─▶ inbox            outbox ─▶ write
//   request thread   inbox ─▶ AnalysisEngine ─▶ outbox, waiting while that is full
#include "analysis/websocket_transport.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <chrono>
#include <deque>
#include <functional>
#include <optional>
#include <thread>
#include <utility>

#include "engine/mutex.h"
#include "server/connection_server.h"
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

constexpr server::Inbox::Bounds kInboxBounds{100'000, std::size_t{64} << 20};
constexpr std::uint32_t kMostHeaderBytes = 16 << 10;
constexpr std::chrono::seconds kHandshakeTime{10};
constexpr std::size_t kOutboxBytes = std::size_t{8} << 20;

/// A queue of messages to a client, between the engine's threads and the io thread.
class Outbox {
 public:
  /// Blocks while it is full. Returns false if the client no longer reads.
  bool push(const std::string& message) {
    MutexLock lock(mutex_);
    while (!closed_ && bytes_ >= kOutboxBytes) room_.wait(lock);
    if (closed_) return false;
    bytes_ += message.size();
    messages_.push_back(message);
    return true;
  }
  /// The oldest message, which stays in the queue; nullptr if there is none.
  const std::string* front() const {
    const MutexLock lock(mutex_);
    return messages_.empty() ? nullptr : &messages_.front();
  }
  void pop() {
    const MutexLock lock(mutex_);
    bytes_ -= messages_.front().size();
    messages_.pop_front();
    room_.notify_all();
  }
  void close() {
    const MutexLock lock(mutex_);
    closed_ = true;
    room_.notify_all();
  }

 private:
  mutable Mutex mutex_;
  Condition room_;
  /// The first message may be being written.
  std::deque<std::string> messages_ PONNUKI_GUARDED_BY(mutex_);
  std::size_t bytes_ PONNUKI_GUARDED_BY(mutex_) = 0;
  bool closed_ PONNUKI_GUARDED_BY(mutex_) = false;
};

/// One client. Only the io thread uses its members, except for inbox and outbox. Pending operations
/// own it.
class Client : public server::ConnectionServer::Connection,
               public std::enable_shared_from_this<Client> {
 public:
  Client(tcp::socket socket, Evaluator& evaluator, const AnalysisEngine::Options& options,
         std::shared_ptr<const server::WebAccess> access)
      : stream_(std::move(socket)),
        inbox_(kInboxBounds),
        evaluator_(evaluator),
        options_(options),
        access_(std::move(access)) {
    request_.header_limit(kMostHeaderBytes);
  }

  /// `on_end` is called once, on the io thread, when the connection is over.
  void start(std::function<void()> on_end) override {
    on_end_ = std::move(on_end);
    stream_.next_layer().expires_after(kHandshakeTime);
    http::async_read(stream_.next_layer(), buffer_, request_,
                     [self = shared_from_this()](const Failure& failure, std::size_t) {
                       if (failure) return self->end();
                       self->answer_request();
                     });
  }
  /// Ends the engine and waits for it. Must not be called within end().
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
    const Status may = server::check_access(*access_, text_of(request[http::field::origin]),
                                            text_of(request[http::field::host]));
    if (!may) return refuse(http::status::forbidden, may.error().message);
    stream_.next_layer().expires_never();
    stream_.read_message_max(server::kMaxLineBytes);
    stream_.set_option(websocket::stream_base::timeout::suggested(beast::role_type::server));
    stream_.async_accept(request, [self = shared_from_this()](const Failure& failure) {
      if (failure) return self->end();
      self->requests_ = std::thread([self = self.get()] { self->serve(); });
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

  void serve() {
    AnalysisEngine engine(evaluator_, options_, [this](const std::string& line) {
      if (outbox_.push(line))
        asio::post(stream_.get_executor(), [self = shared_from_this()] { self->write(); });
    });
    while (const auto line = inbox_.pop()) engine.handle(*line);
    engine.abandon();
  }
  void read() {
    stream_.async_read(buffer_, [self = shared_from_this()](const Failure& failure, std::size_t) {
      // A client with so many waiting requests does not read, so it gets no message.
      if (failure || !self->inbox_.try_push(beast::buffers_to_string(self->buffer_.data())))
        return self->end();
      self->buffer_.consume(self->buffer_.size());
      self->read();
    });
  }
  void write() {
    const std::string* const message = outbox_.front();
    if (writing_ || message == nullptr || ended_) return;
    writing_ = true;
    stream_.text(true);
    stream_.async_write(asio::buffer(*message),
                        [self = shared_from_this()](const Failure& failure, std::size_t) {
                          self->writing_ = false;
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
    on_end_();
  }

  websocket::stream<beast::tcp_stream> stream_;
  beast::flat_buffer buffer_;
  server::Inbox inbox_;
  Outbox outbox_;
  Evaluator& evaluator_;
  AnalysisEngine::Options options_;
  std::shared_ptr<const server::WebAccess> access_;
  http::request_parser<http::empty_body> request_;  // the one that asks for a WebSocket
  std::optional<http::response<http::string_body>> refusal_;
  std::function<void()> on_end_;
  std::thread requests_;
  bool writing_ = false, ended_ = false;
};

}  // namespace

Result<std::unique_ptr<server::TcpServer>> open_websocket_server(
    const WebSocketOptions& options, Evaluator& evaluator, const AnalysisEngine::Options& engine) {
  AnalysisEngine::Options share = engine;
  // Each engine gets a share of the memory of a single engine.
  share.settings.search.params.max_memory_bytes /=
      static_cast<std::size_t>(std::max(options.max_connections, 1));
  const auto access = std::make_shared<const server::WebAccess>(options.access);
  return server::ConnectionServer::listening(
      options.listen, options.max_connections,
      [share, access, &evaluator](tcp::socket socket) {
        return std::make_shared<Client>(std::move(socket), evaluator, share, access);
      },
      [](const tcp::socket&) {});
}

}  // namespace ponnuki::analysis
