// The analysis engine for WebSocket clients.
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>
#include <catch2/catch.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <thread>

#include "analysis/websocket_transport.h"
#include "tests/support/running_server.h"
#include "tests/support/search_fakes.h"
#include "tests/support/temporary_folder.h"

namespace ponnuki::analysis {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using Json = nlohmann::json;

/// A server on a port of its own, while this lives.
class Server {
 public:
  explicit Server(int max_connections = 4, const server::WebAccess& access = {},
                  const server::Patience& patience = {}) {
    AnalysisEngine::Options options;
    options.threads = 2;
    options.facts = {"1.2.3", "uniform"};
    server_.emplace(
        open_websocket_server({"0", max_connections, access, patience}, evaluator_, options));
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
    const auto server = open_websocket_server({address, 1, {}}, evaluator, {});
    REQUIRE(!server);
    CHECK(server.error().message.starts_with("listen: "));
  }
}

namespace {

/// The status and the body of the answer to a request for a WebSocket with these headers.
std::string answer_to(std::uint16_t port, const std::string& headers) {
  asio::io_context io;
  tcp::socket socket(io);
  socket.connect(tcp::endpoint(asio::ip::address_v4::loopback(), port));
  const std::string request = "GET / HTTP/1.1\r\n" + headers + "\r\n";
  asio::write(socket, asio::buffer(request));
  std::string answer(4096, ' ');
  boost::system::error_code failure;
  answer.resize(socket.read_some(asio::buffer(answer), failure));
  return answer;
}

constexpr const char* kUpgrade =
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

}  // namespace

TEST_CASE("WebSocket: no foreign web page can connect, by its own name or by another") {
  const Server closed, open(4, {{"https://go.example"}, {"board.example"}});
  const std::string host = "127.0.0.1:" + std::to_string(closed.port());
  struct Case {
    std::string headers;
    bool closed, open;  // may connect
  };
  const Case cases[] = {
      {"Host: " + host, true, true},
      {"Host: localhost:7", true, true},
      {"Host: [::1]:7", true, true},
      {"Host: " + host + "\r\nOrigin: http://" + host, true, true},
      {"Host: " + host + "\r\nOrigin: https://go.example", false, true},
      {"Host: " + host + "\r\nOrigin: https://evil.example", false, false},
      {"Host: " + host + "\r\nOrigin: null", false, false},
      {"Host: evil.example:7\r\nOrigin: http://evil.example:7", false, false},
      {"Host: board.example:7\r\nOrigin: http://board.example:7", false, true},
      {"Host: evil.example", false, false},
  };
  for (const Case& c : cases) {
    CAPTURE(c.headers);
    const std::string headers = c.headers + "\r\n" + kUpgrade;
    const auto status = [](bool may) { return may ? "HTTP/1.1 101 " : "HTTP/1.1 403 "; };
    CHECK(answer_to(closed.port(), headers).starts_with(status(c.closed)));
    CHECK(answer_to(open.port(), headers).starts_with(status(c.open)));
  }
  CHECK(answer_to(closed.port(), "Host: " + host + "\r\n").find("serves WebSockets") !=
        std::string::npos);
}

TEST_CASE("WebSocket: who finds no place is told so") {
  const Server server(1, {}, {.queue = 0.1});
  Client only(server.port());
  only.send(query("endless", 1'000'000'000));
  const std::string answer =
      answer_to(server.port(), std::string("Host: 127.0.0.1\r\n") + kUpgrade);
  CHECK(answer.starts_with("HTTP/1.1 503 Service Unavailable\r\n"));
  CHECK(answer.ends_with(
      "\r\n\r\nthis server has 1 clients already, and all are busy; try again later\n"));
}

TEST_CASE("WebSocket: clients that say nothing lose their places, before and after the handshake") {
  const Server server(2, {}, {.idle = 3600, .silent = 0.05, .queue = 60});
  asio::io_context io;
  tcp::socket mute(io);
  mute.connect(tcp::endpoint(asio::ip::address_v4::loopback(), server.port()));
  Client silent(server.port());
  Client one(server.port()), two(server.port());
  one.send(query("one", 5));
  CHECK(one.read()["id"] == "one");
  two.send(query("two", 5));
  CHECK(two.read()["id"] == "two");
  CHECK_THROWS(silent.read());
}

TEST_CASE("WebSocket: the answers to a client that does not read wait in bounded memory") {
  const Server server;
  Client deaf(server.port());
  for (int i = 0; i < 20'000; ++i)
    deaf.send({{"id", std::to_string(i)}, {"action", "query_version"}});
  Client polite(server.port());
  polite.send(query("polite", 5));
  CHECK(polite.read()["id"] == "polite");
  // Nothing is lost when it reads at last.
  for (int i = 0; i < 20'000; ++i) REQUIRE(deaf.read()["id"] == std::to_string(i));
}

TEST_CASE("WebSocket: threads and the cache are not a client's to set") {
  const Server server;
  Client client(server.port());
  Json many = query("many", 10);
  many["overrideSettings"] = {{"numSearchThreads", 1024}};
  client.send(many);
  CHECK(client.read()["rootInfo"]["visits"] == 10);
  client.send({{"id", "c"}, {"action", "clear_cache"}});
  CHECK(client.read()["id"] == "c");
  Json longer = query("longer", 10);
  longer["moves"] = Json::array();
  for (int i = 0; i < 10'001; ++i) longer["moves"].push_back({"B", "pass"});
  client.send(longer);
  CHECK(client.read()["error"] == "A game has at most 10000 moves");
}

TEST_CASE("WebSocket: no field names a file of the server") {
  const test::TemporaryFolder folder;
  const std::string path = folder / "written";
  const Server server;
  Client client(server.port());
  Json asks = query("asks", 5);
  for (const char* field : {"file", "sgf", "sgfFile", "model", "modelFile", "net", "config"})
    asks[field] = "/etc/passwd";
  for (const char* setting : {"logDir", "logFile", "logDirDated", "homeDataDir"})
    asks["overrideSettings"][setting] = path;
  client.send(asks);
  Json answer = client.read();
  while (answer.contains("warning")) {  // a field that is not used
    CHECK(answer.dump().find("root:") == std::string::npos);
    answer = client.read();
  }
  CHECK(answer["rootInfo"]["visits"] == 5);
  CHECK(answer.dump().find("root:") == std::string::npos);
  CHECK(!std::filesystem::exists(path));
}

}  // namespace ponnuki::analysis
