// A server that ends when nobody comes any more.
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <catch2/catch.hpp>
#include <thread>

#include "server/web_server.h"

namespace ponnuki::server {
namespace {

TEST_CASE("A server that need not stay ends after its last client, and not before") {
  WebServerOptions options;
  options.listen = "127.0.0.1:0";
  options.patience.alone = 1;
  options.respond = [](const WebRequest&) { return WebResponse{}; };
  const auto server = open_web_server(options);
  REQUIRE(server);
  std::atomic<bool> ended{false};
  std::thread thread([&] {
    (*server)->run(false);
    ended = true;
  });
  {
    boost::asio::io_context io;
    boost::asio::ip::tcp::socket client(io);
    client.connect({boost::asio::ip::make_address("127.0.0.1"), (*server)->port()});
    std::this_thread::sleep_for(std::chrono::seconds(2));
    CHECK_FALSE(ended);
  }
  thread.join();
  CHECK(ended);
}

}  // namespace
}  // namespace ponnuki::server
