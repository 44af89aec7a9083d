#include "server/connection_server.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <csignal>
#include <cstdlib>
#include <new>
#include <thread>
#include <utility>
#include <vector>

#include "engine/start_thread.h"
#include "server/farewell.h"
#include "server/listen_address.h"
#include "server/output.h"
#include "server/thread_memory.h"

namespace ponnuki::server {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Failure = boost::system::error_code;

constexpr std::size_t kMostWaiting = 128;  // clients in the queue
constexpr int kMostShed = 16;              // clients refused at a time, without descriptors
constexpr std::chrono::milliseconds kAcceptPause{100};
constexpr std::chrono::milliseconds kLookInterval{200};
constexpr std::chrono::milliseconds kEndTime{1500};

Result<tcp::endpoint> parse_endpoint(const std::string& text) {
  PONNUKI_TRY(const ListenAddress address, parse_listen_address(text));
  Failure failure;
  const auto host = asio::ip::make_address(address.host, failure);
  if (failure) return Error{"listen: '" + address.host + "' is not an IP address"};
  return tcp::endpoint(host, address.port);
}

/// Ends the process in a while, if it has not ended by itself: a call of a large net takes seconds
/// on a slow machine, and so does reading one. A server has no files to save.
void end_in_time() {
  auto thread = start_thread<std::thread>([] {
    std::this_thread::sleep_for(kEndTime);
    std::_Exit(0);
  });
  if (thread) thread->detach();
}

}  // namespace

Result<std::unique_ptr<TcpServer>> ConnectionServer::listening(const Options& options,
                                                               Welcome welcome) {
  auto server = std::make_unique<ConnectionServer>(options, std::move(welcome));
  PONNUKI_TRY(server->open());
  return std::make_unique<TcpServer>(std::move(server));
}

Status ConnectionServer::open() {
  PONNUKI_TRY(const tcp::endpoint endpoint, parse_endpoint(options_.listen));
  Failure failure;
  acceptor_.open(endpoint.protocol(), failure);
  if (!failure) acceptor_.set_option(tcp::acceptor::reuse_address(true), failure);
  if (!failure) acceptor_.bind(endpoint, failure);
  if (!failure) acceptor_.listen(asio::socket_base::max_listen_connections, failure);
  if (!failure) acceptor_.non_blocking(true, failure);
  if (!failure) local_ = acceptor_.local_endpoint(failure);
  if (!failure) return {};
  return Error{"listen: cannot use " + options_.listen + ": " + failure.message()};
}

std::string ConnectionServer::address() const {
  return to_string(ListenAddress{local_.address().to_string(), local_.port()});
}

void ConnectionServer::run(bool heed_signals) {
  std::signal(SIGPIPE, SIG_IGN);
  save_thread_memory();
  if (heed_signals) add_signals();
  accept();
  end_if_alone();
  serve();
  close_all();
}

void ConnectionServer::add_signals() {
  signals_.add(SIGINT);
  signals_.add(SIGTERM);
  // A server that was started with nohup outlives its terminal.
  struct sigaction now {};
  if (::sigaction(SIGHUP, nullptr, &now) == 0 && now.sa_handler != SIG_IGN) signals_.add(SIGHUP);
  signals_.async_wait([this](const Failure& failure, int) {
    if (failure) return;
    end_in_time();
    io_.stop();
  });
}

/// An exception of a handler, such as for want of memory, ends no more than what it was about.
void ConnectionServer::serve() {
  while (true) {
    try {
      io_.run();
      return;
    } catch (const std::exception& problem) {
      log_if_possible(log_to_stderr, problem.what());
    }
  }
}

// --- new connections -----------------------------------------------------------------------------

void ConnectionServer::accept() {
  acceptor_.async_accept([this](const Failure& failure, Socket socket) {
    if (failure == asio::error::operation_aborted) return;
    if (!failure) {
      accept();
      return add(std::move(socket));
    }
    if (failure == asio::error::no_descriptors) shed();
    accept_later();
  });
}

/// After an error: the next attempt would fail at once, again and again.
void ConnectionServer::accept_later() {
  next_accept_.expires_after(kAcceptPause);
  next_accept_.async_wait([this](const Failure& failure) {
    if (!failure) accept();
  });
}

/// There are no file descriptors: refuses the clients that wait, with the spare descriptor.
void ConnectionServer::shed() {
  dismiss_idle(1);
  for (int i = 0; i < kMostShed; ++i) {
    spare_.give();
    Failure failure;
    {
      Socket socket = acceptor_.accept(failure);
      if (!failure) say_at_once(socket, options_.refusal);
    }
    spare_.take();  // only now is there a descriptor for it again
    if (failure) return;
  }
}

void ConnectionServer::add(Socket socket) {
  if (has_place() && waiting_.empty()) {
    welcome(std::move(socket));
  } else if (waiting_.size() < kMostWaiting) {
    waiting_.push_back({std::move(socket), Clock::now()});
    make_room();
  } else {
    turn_away(std::move(socket));
  }
  look_after_soon();
}

/// Ends the server if nobody comes for long.
void ConnectionServer::end_if_alone() {
  if (options_.patience.alone <= 0 || !connections_.empty()) return;
  alone_.expires_after(std::chrono::duration_cast<Clock::duration>(
      std::chrono::duration<double>(options_.patience.alone)));
  alone_.async_wait([this](const Failure& failure) {
    if (!failure && connections_.empty()) stop();
  });
}

void ConnectionServer::welcome(Socket socket) {
  alone_.cancel();
  Failure ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  socket.set_option(asio::socket_base::keep_alive(true), ignored);
  const auto connection = welcome_(std::move(socket));
  connections_.push_back(connection);
  connection->start([this, raw = connection.get()] { remove_later(raw); });
}

/// From any thread.
void ConnectionServer::remove_later(const Connection* gone) {
  while (true) {
    try {
      return asio::post(io_, [this, gone] { remove(gone); });
    } catch (const std::bad_alloc&) {  // it keeps its place until there is memory
      std::this_thread::sleep_for(kAcceptPause);
    }
  }
}

void ConnectionServer::turn_away(Socket socket) {
  say_farewell(std::move(socket), options_.refusal);
}

// --- open connections ----------------------------------------------------------------------------

void ConnectionServer::look_after_soon() {
  if (looks_after_ || (connections_.empty() && waiting_.empty())) return;
  looks_after_ = true;
  next_look_.expires_after(kLookInterval);
  next_look_.async_wait([this](const Failure& failure) {
    looks_after_ = false;
    if (!failure) look_after();
  });
}

/// Drops clients that do not read, and finds places for those that wait.
void ConnectionServer::look_after() {
  for (const auto& connection : connections_)
    if (connection->waits().unread > options_.patience.unread) connection->stop();
  make_room();
  while (!waiting_.empty() && seconds_since(waiting_.front().since) > options_.patience.queue) {
    turn_away(std::move(waiting_.front().socket));
    waiting_.pop_front();
  }
  look_after_soon();
}

/// Gives free places to those that wait. If there are too few, idle clients lose theirs.
void ConnectionServer::make_room() {
  while (!waiting_.empty() && has_place()) {
    welcome(std::move(waiting_.front().socket));
    waiting_.pop_front();
  }
  if (!waiting_.empty()) dismiss_idle(waiting_.size());
}

/// Dismisses `most` clients: first those that have never said anything, then those that have been
/// idle for longest.
void ConnectionServer::dismiss_idle(std::size_t most) {
  struct Idle {
    Connection* connection;
    bool has_spoken;
    double seconds;
  };
  std::vector<Idle> idle;
  for (const auto& connection : connections_) {
    const auto [seconds, unread, has_spoken] = connection->waits();
    const Patience& patience = options_.patience;
    if (seconds > (has_spoken ? patience.idle : patience.silent))
      idle.push_back({connection.get(), has_spoken, seconds});
  }
  std::ranges::sort(idle, [](const Idle& a, const Idle& b) {
    return a.has_spoken != b.has_spoken ? b.has_spoken : a.seconds > b.seconds;
  });
  if (idle.size() > most) idle.resize(most);
  for (const Idle& one : idle) one.connection->dismiss();
}

void ConnectionServer::remove(const Connection* gone) {
  const auto found = std::find_if(connections_.begin(), connections_.end(),
                                  [gone](const auto& open) { return open.get() == gone; });
  if (found == connections_.end()) return;
  (*found)->close();
  connections_.erase(found);
  end_if_alone();
  if (!waiting_.empty()) make_room();
}

void ConnectionServer::close_all() {
  Failure ignored;
  acceptor_.close(ignored);
  waiting_.clear();
  for (const auto& connection : connections_) connection->stop();
  for (const auto& connection : connections_) connection->close();
  connections_.clear();
}

}  // namespace ponnuki::server
