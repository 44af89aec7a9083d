#include "server/connection_server.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <csignal>
#include <utility>

#include "server/listen_address.h"

namespace ponnuki::server {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Failure = boost::system::error_code;

Result<tcp::endpoint> parse_endpoint(const std::string& text) {
  PONNUKI_TRY(const ListenAddress address, parse_listen_address(text));
  Failure failure;
  const auto host = asio::ip::make_address(address.host, failure);
  if (failure) return Error{"listen: '" + address.host + "' is not an IP address"};
  return tcp::endpoint(host, address.port);
}

}  // namespace

ConnectionServer::ConnectionServer(int most, Welcome welcome, TurnAway turn_away)
    : most_(most), welcome_(std::move(welcome)), turn_away_(std::move(turn_away)) {}

Result<std::unique_ptr<TcpServer>> ConnectionServer::listening(const std::string& listen, int most,
                                                               Welcome welcome,
                                                               TurnAway turn_away) {
  auto server = std::make_unique<ConnectionServer>(most, std::move(welcome), std::move(turn_away));
  PONNUKI_TRY(server->open(listen));
  return std::make_unique<TcpServer>(std::move(server));
}

Status ConnectionServer::open(const std::string& listen) {
  PONNUKI_TRY(const tcp::endpoint endpoint, parse_endpoint(listen));
  Failure failure;
  acceptor_.open(endpoint.protocol(), failure);
  if (!failure) acceptor_.set_option(tcp::acceptor::reuse_address(true), failure);
  if (!failure) acceptor_.bind(endpoint, failure);
  if (!failure) acceptor_.listen(asio::socket_base::max_listen_connections, failure);
  if (!failure) local_ = acceptor_.local_endpoint(failure);
  if (!failure) return {};
  return Error{"listen: cannot use " + listen + ": " + failure.message()};
}

std::string ConnectionServer::address() const {
  return to_string(ListenAddress{local_.address().to_string(), local_.port()});
}

void ConnectionServer::run(bool heed_signals) {
  std::signal(SIGPIPE, SIG_IGN);
  if (heed_signals) {
    signals_.add(SIGINT);
    signals_.add(SIGTERM);
    signals_.async_wait([this](const Failure& failure, int) {
      if (!failure) io_.stop();
    });
  }
  accept();
  io_.run();
  close_all();
}

void ConnectionServer::accept() {
  acceptor_.async_accept([this](const Failure& failure, tcp::socket socket) {
    if (failure == asio::error::operation_aborted) return;
    if (!failure) add(std::move(socket));
    accept();
  });
}

void ConnectionServer::add(Socket socket) {
  if (static_cast<int>(connections_.size()) >= most_) return turn_away_(std::move(socket));
  Failure ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  const auto connection = welcome_(std::move(socket));
  connections_.push_back(connection);
  connection->start(
      [this, raw = connection.get()] { asio::post(io_, [this, raw] { remove(raw); }); });
}

void ConnectionServer::remove(const Connection* gone) {
  const auto found = std::find_if(connections_.begin(), connections_.end(),
                                  [gone](const auto& open) { return open.get() == gone; });
  if (found == connections_.end()) return;
  (*found)->close();
  connections_.erase(found);
}

void ConnectionServer::close_all() {
  Failure ignored;
  acceptor_.close(ignored);
  for (const auto& connection : connections_) connection->close();
  connections_.clear();
}

}  // namespace ponnuki::server
