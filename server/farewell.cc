#include "server/farewell.h"

#include <sys/socket.h>

#include <array>
#include <atomic>
#include <boost/asio/buffer.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <memory>

namespace ponnuki::server {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Failure = boost::system::error_code;

constexpr int kMostFarewells = 64;
constexpr std::chrono::seconds kMostTime{1};

std::atomic<int> farewells{0};  // open ones of all servers

/// Its pending operations own it.
class Farewell : public std::enable_shared_from_this<Farewell> {
 public:
  explicit Farewell(tcp::socket socket)
      : socket_(std::move(socket)), timer_(socket_.get_executor()) {
    ++farewells;
  }
  ~Farewell() { --farewells; }

  void say(const std::string& text) {
    timer_.expires_after(kMostTime);
    timer_.async_wait([self = shared_from_this()](const Failure& failure) {
      Failure ignored;
      if (!failure) self->socket_.close(ignored);
    });
    asio::async_write(socket_, asio::buffer(text),
                      [self = shared_from_this()](const Failure& failure, std::size_t) {
                        Failure ignored;
                        self->socket_.shutdown(tcp::socket::shutdown_send, ignored);
                        failure ? self->end() : self->drain();
                      });
  }

 private:
  void drain() {
    socket_.async_read_some(asio::buffer(buffer_),
                            [self = shared_from_this()](const Failure& failure, std::size_t) {
                              failure ? self->end() : self->drain();
                            });
  }
  void end() {
    Failure ignored;
    socket_.close(ignored);
    timer_.cancel();
  }

  tcp::socket socket_;
  asio::steady_timer timer_;
  std::array<char, 4096> buffer_;
};

}  // namespace

void say_farewell(tcp::socket socket, const std::string& text) {
  if (farewells >= kMostFarewells) return say_at_once(socket, text);
  std::make_shared<Farewell>(std::move(socket))->say(text);
}

void say_at_once(tcp::socket& socket, std::string_view text) {
  [[maybe_unused]] const auto sent =
      ::send(socket.native_handle(), text.data(), text.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
}

}  // namespace ponnuki::server
