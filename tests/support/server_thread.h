// A server that runs on a thread of its own while a test talks to it.
#pragma once

#include <catch2/catch.hpp>
#include <cstdint>
#include <memory>
#include <thread>

#include "engine/result.h"

namespace ponnuki::test {

/// `Server` has run(bool), stop() and port().
template <typename Server>
class ServerThread {
 public:
  /// Requires that the server could be opened.
  explicit ServerThread(Result<std::unique_ptr<Server>> opened) {
    REQUIRE(opened);
    server_ = std::move(*opened);
    thread_ = std::thread([this] { server_->run(false); });
  }
  ServerThread(const ServerThread&) = delete;
  ServerThread& operator=(const ServerThread&) = delete;
  ~ServerThread() {
    server_->stop();
    thread_.join();
  }

  std::uint16_t port() const { return server_->port(); }

 private:
  std::unique_ptr<Server> server_;
  std::thread thread_;
};

}  // namespace ponnuki::test
