// The analysis engine for WebSocket clients.
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <thread>

#include "analysis/websocket_transport.h"
#include "tests/support/running_server.h"
#include "tests/support/search_fakes.h"

namespace ponnuki::analysis {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using Json = nlohmann::json;

/// A server on a port of its own, while this lives.
class Server {
 public:
  explicit Server(int max_connections = 4) {
    AnalysisEngine::Options options;
    options.threads = 2;
    options.facts = {"1.2.3", "uniform"};
    server_.emplace(open_websocket_server("0", max_connections, evaluator_, options));
  }
  std::uint16_t port() const { return server_->port(); }

 private:
  test::UniformEvaluator evaluator_;
  std::optional<test::RunningServer> server_;
};

class Client {
 public:
  explicit Client(std::uint16_t port) {
    beast::get_lowest_layer(stream_).connect(tcp::endpoint(asio::ip::address_v4::loopback(), port));
    stream_.handshake("127.0.0.1", "/");
  }
  void send(const Json& json) { send_text(json.dump()); }
  void send_text(const std::string& text) { stream_.write(asio::buffer(text)); }
  Json read() {
    beast::flat_buffer buffer;
    stream_.read(buffer);
    CHECK(stream_.got_text());
    return Json::parse(beast::buffers_to_string(buffer.data()));
  }
  /// Without saying goodbye.
  void vanish() { stream_.next_layer().close(); }

 private:
  asio::io_context io_;
  beast::websocket::stream<tcp::socket> stream_{io_};
};

Json query(const std::string& id, std::int64_t visits) {
  return {{"id", id},           {"boardXSize", 9},        {"boardYSize", 9},
          {"rules", "chinese"}, {"moves", Json::array()}, {"maxVisits", visits}};
}

}  // namespace

TEST_CASE("WebSocket: a JSON text a message, each client with answers of its own") {
  const Server server;
  Client a(server.port()), b(server.port());
  a.send({{"id", "v"}, {"action", "query_version"}});
  CHECK(a.read()["git_hash"] == "Ponnuki 1.2.3");
  a.send(query("a", 10));
  b.send(query("b", 20));
  const Json from_a = a.read(), from_b = b.read();
  CHECK(from_a["id"] == "a");
  CHECK(from_a["rootInfo"]["visits"] == 10);
  CHECK(from_b["id"] == "b");
  CHECK(from_b["rootInfo"]["visits"] == 20);
  a.send_text("nonsense");
  CHECK(a.read().contains("error"));
  a.send(query("again", 5));
  CHECK(a.read()["id"] == "again");
}

TEST_CASE(
    "WebSocket: clients that vanish, do not read, send too much or are too many harm nobody") {
  const Server server(3);
  {
    Client gone(server.port());
    gone.send(query("endless", 1'000'000'000));
    gone.vanish();
  }
  Client deaf(server.port());
  for (int i = 0; i < 3000; ++i) {
    Json wordy = query("deaf", 50);
    wordy["includeMovesOwnership"] = true;
    deaf.send(wordy);
  }
  {
    Client large(server.port());
    CHECK_THROWS(([&] {
      large.send_text(std::string(std::size_t{8} << 20, 'x'));
      large.read();
    }()));
  }
  // Places get free when the server has noticed.
  Json answer;
  for (int tries = 0; answer.is_null(); ++tries) {
    REQUIRE(tries < 500);
    try {
      Client polite(server.port());
      polite.send(query("polite", 10));
      answer = polite.read();
    } catch (const boost::system::system_error&) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }
  CHECK(answer["id"] == "polite");
  CHECK(answer["rootInfo"]["visits"] == 10);
}

TEST_CASE("WebSocket: an address that cannot be used is told") {
  test::UniformEvaluator evaluator;
  for (const char* address : {"nowhere:1", "127.0.0.1:99999", "x"}) {
    const auto server = open_websocket_server(address, 1, evaluator, {});
    REQUIRE(!server);
    CHECK(server.error().message.starts_with("listen: "));
  }
}

}  // namespace ponnuki::analysis
