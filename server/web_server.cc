// One thread runs Asio: it accepts, reads, writes and closes. Each conversation has a second thread
// for its messages, and those of its searches:
//
//   io thread        read ─▶ inbox            outbox ─▶ write
//   its own thread   inbox ─▶ Conversation ─▶ outbox, waiting while that is full
#include "server/web_server.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <chrono>
#include <new>
#include <optional>
#include <thread>

#include "engine/mutex.h"
#include "engine/start_thread.h"
#include "server/connection_server.h"
#include "server/farewell.h"
#include "server/line_splitter.h"

namespace ponnuki::server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;
using asio::ip::tcp;
using Failure = boost::system::error_code;

constexpr std::uint32_t kMostHeaderBytes = 16 << 10;
constexpr std::chrono::seconds kHandshakeTime{10};
constexpr std::chrono::milliseconds kGoodbyeTime{300};
constexpr const char* kIdle = "idle for too long, and another client waits for the place";

/// The answer of HTTP where there is no place.
std::string unavailable(const std::string& reason) {
  return "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain\r\nRetry-After: 10\r\n"
         "Connection: close\r\nContent-Length: " +
         std::to_string(reason.size() + 1) + "\r\n\r\n" + reason + "\n";
}

WebResponse refusal(http::status status, const std::string& reason) {
  return {.status = static_cast<unsigned>(status), .body = reason + "\n"};
}

/// One client. Only the io thread uses its members, except for inbox, outbox and conversation.
/// Pending operations own it.
class Client : public ConnectionServer::Connection, public std::enable_shared_from_this<Client> {
 public:
  Client(tcp::socket socket, std::shared_ptr<const WebServerOptions> options)
      : options_(std::move(options)),
        stream_(std::move(socket)),
        goodbye_(stream_.get_executor()),
        inbox_(options_->inbox),
        outbox_(options_->outbox_bytes) {
    request_.header_limit(kMostHeaderBytes);
  }

  /// `on_end` is called once, when the connection and its conversation are over.
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
    if (!is_open_ || is_conversation_idle()) waits.idle = seconds_since(active_);
    return waits;
  }
  void dismiss() override { say_goodbye(kIdle); }
  void stop() override { end(); }
  /// Must not be called within end().
  void close() override {
    end();
    if (thread_.joinable()) thread_.join();
  }

 private:
  /// Upgrades the connection to a WebSocket, or answers by HTTP.
  void answer_request() {
    const WebRequest request = request_facts();
    if (!websocket::is_upgrade(request_.get())) return respond(options_->respond(request));
    Status may =
        check_access(options_->access, header(http::field::origin), header(http::field::host));
    if (may && options_->admit) may = options_->admit(request);
    if (!may) return respond(refusal(http::status::forbidden, may.error().message));
    auto thread = start_thread<std::thread>([self = this] { self->serve(); });
    if (!thread) return respond(refusal(http::status::service_unavailable, thread.error().message));
    thread_ = std::move(*thread);
    stream_.next_layer().expires_never();
    stream_.read_message_max(kMaxLineBytes);
    stream_.set_option(websocket::stream_base::timeout::suggested(beast::role_type::server));
    stream_.async_accept(request_.get(), [self = shared_from_this()](const Failure& failure) {
      if (failure) return self->end();
      self->is_open_ = true;
      self->active_ = Clock::now();
      self->read();
      self->write();  // what the conversation began with
    });
  }
  static std::string_view text_of(beast::string_view text) { return {text.data(), text.size()}; }
  std::string_view header(http::field field) const { return text_of(request_.get()[field]); }
  WebRequest request_facts() const {
    return {text_of(request_.get().method_string()),
            text_of(request_.get().target()),
            header(http::field::host),
            header(http::field::cookie),
            header(http::field::accept_encoding),
            header(http::field::if_none_match)};
  }

  void respond(WebResponse response) {
    response_.emplace(static_cast<http::status>(response.status), request_.get().version());
    response_->set(http::field::content_type, response.type);
    response_->set(http::field::connection, "close");
    for (const auto& [name, value] : response.headers) response_->set(name, value);
    const bool is_head = request_.get().method() == http::verb::head;
    const std::size_t bytes = response.body.size();
    if (!is_head) response_->body() = std::move(response.body);
    response_->prepare_payload();
    if (is_head) response_->content_length(bytes);
    http::async_write(stream_.next_layer(), *response_,
                      [self = shared_from_this()](const Failure&, std::size_t) { self->end(); });
  }

  /// The thread of the conversation. close() waits for it.
  void serve() {
    try {
      converse();
    } catch (const std::bad_alloc&) {  // this client has to go
    }
    inbox_.abandon();
    outbox_.close();
    on_end_();
  }
  void converse() {
    const auto conversation = options_->converse({[this](const std::string& message) {
                                                    if (outbox_.push(message)) write_soon();
                                                  },
                                                  &outbox_});
    set_conversation(conversation.get());
    while (outbox_.wait_for_room()) {
      const auto message = inbox_.pop();
      if (!message) break;
      conversation->handle(*message);
    }
    set_conversation(nullptr);
  }
  void set_conversation(const Conversation* conversation) {
    const MutexLock lock(mutex_);
    conversation_ = conversation;
  }
  bool is_conversation_idle() const {
    const MutexLock lock(mutex_);
    return !writing_ && inbox_.idle_seconds() > 0 && conversation_ != nullptr &&
           conversation_->is_idle();
  }
  void read() {
    stream_.async_read(buffer_, [self = shared_from_this()](const Failure& failure, std::size_t) {
      // A client with so many waiting messages does not read, so it gets no message.
      if (failure || !self->inbox_.try_push(beast::buffers_to_string(self->buffer_.data())))
        return self->end();
      self->has_spoken_ = true;
      self->active_ = Clock::now();
      self->buffer_.consume(self->buffer_.size());
      self->read();
    });
  }
  void write_soon() {
    asio::post(stream_.get_executor(), [self = shared_from_this()] { self->write(); });
  }
  void write() {
    const std::string* const message = outbox_.front();
    if (!is_open_ || writing_ || message == nullptr || ended_) return;
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
    if (!thread_.joinable()) on_end_();
  }
  /// Closes the connection and says why, but does not wait long for the client.
  void say_goodbye(const char* reason) {
    if (ended_ || std::exchange(says_goodbye_, true)) return;
    if (!is_open_) {
      say_at_once(stream_.next_layer().socket(), unavailable(reason));
      return end();
    }
    goodbye_.expires_after(kGoodbyeTime);
    goodbye_.async_wait([self = shared_from_this()](const Failure& failure) {
      if (!failure) self->end();
    });
    stream_.async_close({websocket::close_code::try_again_later, reason},
                        [self = shared_from_this()](const Failure&) { self->end(); });
  }

  std::shared_ptr<const WebServerOptions> options_;
  websocket::stream<beast::tcp_stream> stream_;
  asio::steady_timer goodbye_;
  beast::flat_buffer buffer_;
  Inbox inbox_;
  Outbox outbox_;
  mutable Mutex mutex_;
  const Conversation* conversation_ PONNUKI_GUARDED_BY(mutex_) = nullptr;  // while it goes on
  http::request_parser<http::empty_body> request_;
  std::optional<http::response<http::string_body>> response_;
  std::function<void()> on_end_;
  std::thread thread_;
  Clock::time_point active_ = Clock::now();  // when something was sent or received last
  bool is_open_ = false, has_spoken_ = false, says_goodbye_ = false;
  bool writing_ = false, ended_ = false;
};

}  // namespace

Result<std::unique_ptr<TcpServer>> open_web_server(const WebServerOptions& options) {
  const std::string full = "this server has " + std::to_string(options.max_connections) +
                           " clients already, and all are busy; try again later";
  return ConnectionServer::listening(
      {options.listen, options.max_connections, unavailable(full), options.patience},
      [shared = std::make_shared<const WebServerOptions>(options)](tcp::socket socket) {
        return std::make_shared<Client>(std::move(socket), shared);
      });
}

}  // namespace ponnuki::server
