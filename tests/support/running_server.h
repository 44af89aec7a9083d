// Runs a server on its own thread during its lifetime.
#pragma once

#include <catch2/catch.hpp>
#include <thread>

#include "engine/result.h"
#include "server/tcp_server.h"

namespace ponnuki::test {

class RunningServer {
 public:
  explicit RunningServer(Result<std::unique_ptr<server::TcpServer>> opened) {
    REQUIRE(opened);
    server_ = std::move(*opened);
    thread_ = std::thread([this] { server_->run(false); });
  }
  ~RunningServer() {
    server_->stop();
    thread_.join();
  }
  std::uint16_t port() const { return server_->port(); }

 private:
  std::unique_ptr<server::TcpServer> server_;
  std::thread thread_;
};

}  // namespace ponnuki::test
