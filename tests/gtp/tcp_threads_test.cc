// GTP over TCP: games of their own, bounds, and clients that vanish.
#include <arpa/inet.h>
#include <sys/socket.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <csignal>
#include <mutex>
#include <thread>

#include "gtp/tcp_transport.h"
#include "tests/gtp/pipe_client.h"
#include "tests/gtp/transcript.h"
#include "tests/support/running_server.h"

namespace ponnuki::gtp::test {

namespace {

/// Counts the evaluations that are asked for, so that a test can see a search going on.
class CountingEvaluator : public ScriptedEvaluator {
 public:
  CountingEvaluator(std::atomic<long>& count, std::atomic<long>& clearings)
      : count_(count), clearings_(clearings) {}
  void evaluate(std::span<const EvalRequest> requests) override {
    ++count_;
    ScriptedEvaluator::evaluate(requests);
  }
  void clear_cache() override { ++clearings_; }

 private:
  std::atomic<long>&count_, &clearings_;
};

class Server {
 public:
  explicit Server(GtpOptions options) {
    options.listen = "127.0.0.1:0";
    server_.emplace(open_tcp_server(options, provider_, [this](std::string_view line) {
      const std::lock_guard lock(mutex_);
      logged_ += std::string(line) + "\n";
    }));
  }
  std::uint16_t port() const { return server_->port(); }
  std::string logged() {
    const std::lock_guard lock(mutex_);
    return logged_;
  }
  std::atomic<long> evaluations{0}, clearings{0};

 private:
  std::mutex mutex_;
  std::string logged_;
  server::EvaluatorProvider provider_{
      [this]() -> Result<std::shared_ptr<Evaluator>> {
        return std::shared_ptr<Evaluator>(
            std::make_shared<CountingEvaluator>(evaluations, clearings));
      },
      nullptr};
  std::optional<ponnuki::test::RunningServer> server_;
};

class TcpClient {
 public:
  explicit TcpClient(const Server& server) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(server.port());
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  }
  ~TcpClient() { vanish(); }
  void vanish() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }
  void finish_sending() const { ::shutdown(fd_, SHUT_WR); }
  PipeClient& talk() { return pipe_; }

 private:
  int fd_;
  PipeClient pipe_{fd_, fd_};
};

}  // namespace

TEST_CASE("Each connection has its own game") {
  Server server(bench_options());
  TcpClient one(server), two(server);
  CHECK(one.talk().ask("play b D4") == "= \n\n");
  CHECK(two.talk().ask("boardsize 13") == "= \n\n");
  CHECK(two.talk().ask("list_stones b") == "= \n\n");
  CHECK(one.talk().ask("list_stones b") == "= D4\n\n");
  CHECK(one.talk().ask("genmove w") == "= E5\n\n");
  CHECK(two.talk().ask("quit") == "= \n\n");
  CHECK(two.talk().read_to_end().empty());
  CHECK(one.talk().ask("name") == "= Ponnuki\n\n");
}

TEST_CASE("Connections are bounded, and a place becomes free again") {
  GtpOptions options = bench_options();
  options.max_connections = 1;
  Server server(options);
  {
    TcpClient first(server);
    CHECK(first.talk().ask("name") == "= Ponnuki\n\n");
    TcpClient second(server);
    CHECK(second.talk().response() == "? too many connections\n\n");
    CHECK(first.talk().ask("quit") == "= \n\n");
    first.talk().read_to_end();
  }
  std::string answer;
  for (int attempt = 0; attempt < 1000 && answer != "= Ponnuki\n\n"; ++attempt) {
    TcpClient next(server);
    answer = next.talk().ask("name");
  }
  CHECK(answer == "= Ponnuki\n\n");
}

TEST_CASE("A client that says nothing loses its place to one that waits") {
  GtpOptions options = bench_options();
  options.max_connections = 2;
  options.patience = {.idle = 3600, .silent = 0.05, .queue = 60};
  Server server(options);
  TcpClient busy(server), silent(server);
  CHECK(busy.talk().ask("name") == "= Ponnuki\n\n");
  TcpClient next(server);
  CHECK(next.talk().ask("name") == "= Ponnuki\n\n");
  CHECK(silent.talk().read_to_end() ==
        "? disconnected: idle for too long, and another client waits for the place\n\n");
  CHECK(busy.talk().ask("play b D4") == "= \n\n");  // it has spoken, and stays
}

TEST_CASE("An idle client loses its place to one that waits, a client that searches does not") {
  GtpOptions options = bench_options();
  options.search.visits = std::numeric_limits<std::int64_t>::max();
  options.search.seconds = 3600;
  options.max_connections = 2;
  options.patience = {.idle = 0.05, .silent = 0.05, .queue = 60};
  Server server(options);
  TcpClient searching(server), idle(server);
  searching.talk().send("genmove b\n");
  CHECK(idle.talk().ask("name") == "= Ponnuki\n\n");
  TcpClient next(server);
  CHECK(next.talk().ask("name") == "= Ponnuki\n\n");
  CHECK(idle.talk().read_to_end().starts_with("? disconnected"));
  searching.talk().send("# interrupt\n");
  CHECK(searching.talk().response() == "= E5\n\n");
}

TEST_CASE("Those that wait for a place are served in their order") {
  GtpOptions options = bench_options();
  options.max_connections = 1;
  options.patience.queue = 60;
  Server server(options);
  TcpClient first(server);
  CHECK(first.talk().ask("name") == "= Ponnuki\n\n");
  TcpClient second(server), third(server);
  third.talk().send("boardsize 5\nquery_boardsize\nquit\n");
  second.talk().send("query_boardsize\nquit\n");
  CHECK(first.talk().ask("quit") == "= \n\n");
  CHECK(second.talk().read_to_end() == "= 9\n\n= \n\n");
  CHECK(third.talk().read_to_end() == "= \n\n= 5\n\n= \n\n");
}

TEST_CASE("A client cannot take more than its share of the machine") {
  GtpOptions options = bench_options();
  options.search.params.threads = 2;
  Server server(options);
  TcpClient client(server);
  const std::string refusal = "? numSearchThreads: this server allows 2 at most\n\n";
  for (const char* command :
       {"kata-set-param numSearchThreads 3", "kata-set-param numSearchThreads 1024",
        "kata-set-params {\"numSearchThreads\":1024}",
        "kata-set-params {\"numSearchThreads\":\"64\",\"maxVisits\":5}",
        "lz-setoption name threads value 16"}) {
    CAPTURE(command);
    CHECK(client.talk().ask(command) == refusal);
  }
  CHECK(client.talk().ask("kata-get-param numSearchThreads") == "= 2\n\n");
  CHECK(client.talk().ask("kata-set-param numSearchThreads 1") == "= \n\n");
  CHECK(client.talk().ask("kata-set-param numSearchThreads 2") == "= \n\n");
  // Searches with helpers play, too. Two threads may find another move than one.
  CHECK_THAT(client.talk().ask("genmove b"), Catch::Matches("= [A-HJ][1-9]\n\n"));
  CHECK(client.talk().ask("loadsgf /etc/passwd") == "? unknown command\n\n");
  CHECK(client.talk().ask("printsgf /tmp/x.sgf") == "? no files over this connection\n\n");
}

TEST_CASE("What a client makes the engine say does not reach the server's screen") {
  const std::string commands =
      "heatmap\nkata-set-param ogsChatToStderr true\ngenmove b\ncgos-gameover 2026 B+R\n";
  Bench user;
  user.send(commands);
  CHECK_THAT(user.logged, Catch::Contains("cgos-gameover") && Catch::Contains("MALKOVICH"));
  Server server(bench_options());
  TcpClient client(server);
  client.talk().send(commands + "quit\n");
  CHECK_THAT(client.talk().read_to_end(), Catch::Contains("= E5"));
  CHECK(server.logged().empty());
}

TEST_CASE("The cache of evaluations is not one client's to empty") {
  Server server(bench_options());
  TcpClient client(server);
  CHECK(client.talk().ask("genmove b") == "= E5\n\n");
  CHECK(client.talk().ask("clear_cache") == "= \n\n");
  CHECK(server.clearings == 0);
}

TEST_CASE("The memory of search trees is divided among as many clients as there may be") {
  const auto evaluations_of_a_full_tree = [](int max_connections) {
    GtpOptions options = bench_options();
    options.search.visits = std::numeric_limits<std::int64_t>::max();
    options.search.params.max_memory_bytes = std::size_t{16} << 20;
    options.max_connections = max_connections;
    Server server(options);
    TcpClient client(server);
    CHECK(client.talk().ask("genmove b").starts_with("= "));
    return server.evaluations.load();
  };
  CHECK(evaluations_of_a_full_tree(16) * 4 < evaluations_of_a_full_tree(1));
}

TEST_CASE("The search of a client that does not read rests, and goes on when it reads") {
  GtpOptions options = bench_options();
  options.board_size = {19, 19};
  Server server(options);
  TcpClient client(server);
  // Each report is large: the socket is full soon.
  client.talk().send("kata-analyze b 1 ownership true movesOwnership true\n");
  const auto pause = [] { std::this_thread::sleep_for(std::chrono::milliseconds(500)); };
  long before = -1;
  while (before != server.evaluations || before == 0) {
    before = server.evaluations;
    pause();
  }
  CHECK(server.evaluations == before);
  TcpClient other(server);
  CHECK(other.talk().ask("name") == "= Ponnuki\n\n");
  client.talk().send("name\n");
  CHECK(client.talk().read_until("\n\n= Ponnuki\n\n").ends_with("\n\n= Ponnuki\n\n"));
}

TEST_CASE("A client that does not read at all is dropped after a while") {
  GtpOptions options = bench_options();
  options.board_size = {19, 19};
  options.max_connections = 1;
  options.patience.unread = 0.2;
  options.patience.queue = 60;
  Server server(options);
  TcpClient deaf(server);
  deaf.talk().send("kata-analyze b 1 ownership true movesOwnership true\n");
  TcpClient other(server);
  CHECK(other.talk().ask("name") == "= Ponnuki\n\n");
}

TEST_CASE("A web page's request is hung up on, before the commands in its body") {
  Server server(bench_options());
  for (const std::string request : {"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
                                    "GET /genmove HTTP/1.1\r\n\r\n", "\x16\x03\x01\x02\n"}) {
    TcpClient page(server);
    page.talk().send(request + "play b D4\ngenmove w\n");
    CHECK(page.talk().read_to_end().empty());
  }
  CHECK(server.evaluations == 0);
  TcpClient client(server);
  CHECK(client.talk().ask("name") == "= Ponnuki\n\n");
}

TEST_CASE("A client that vanishes stops its search") {
  GtpOptions options = bench_options();
  options.search.visits = std::numeric_limits<std::int64_t>::max();
  options.search.seconds = 3600;
  options.max_connections = 1;
  for (const char* command : {"genmove b\n", "lz-analyze b 1\n"}) {
    Server server(options);
    auto client = std::make_unique<TcpClient>(server);
    client->talk().send(std::string("name\n") + command);
    CHECK(client->talk().response() == "= Ponnuki\n\n");
    client.reset();
    // The only place is free again once the session has ended.
    std::string answer;
    for (int attempt = 0; attempt < 10'000 && answer != "= Ponnuki\n\n"; ++attempt) {
      TcpClient next(server);
      answer = next.talk().ask("name");
      next.talk().ask("quit");
    }
    CHECK(answer == "= Ponnuki\n\n");
  }
}

TEST_CASE("A client that has sent everything still gets its answers") {
  Server server(bench_options());
  TcpClient client(server);
  client.talk().send("1 play b D4\n2 list_stones b");
  client.finish_sending();
  CHECK(client.talk().read_to_end() == "=1 \n\n=2 D4\n\n");
}

TEST_CASE("A client that floods the queue is dropped") {
  ::signal(SIGPIPE, SIG_IGN);
  GtpOptions options = bench_options();
  options.search.visits = std::numeric_limits<std::int64_t>::max();
  options.search.seconds = 3600;
  Server server(options);
  TcpClient client(server);
  client.talk().send("genmove b\n");
  std::string flood;
  for (int i = 0; i < 30'000; ++i) flood += "name\n";
  client.talk().send(flood);
  client.talk().read_to_end();  // ends: the server has hung up
  TcpClient other(server);
  CHECK(other.talk().ask("name") == "= Ponnuki\n\n");
}

TEST_CASE("Addresses") {
  GtpOptions options = bench_options();
  const server::EvaluatorProvider provider(scripted_factory(), nullptr);
  for (const char* good : {"0", "127.0.0.1:0", "localhost:0"}) {
    INFO(good);
    options.listen = good;
    const auto server = open_tcp_server(options, provider, nullptr);
    REQUIRE(server);
    CHECK((*server)->address().starts_with("127.0.0.1:"));
  }
  for (const char* bad : {"", "x", "127.0.0.1", "127.0.0.1:99999", "nowhere.example:80", ":"}) {
    INFO(bad);
    options.listen = bad;
    const auto server = open_tcp_server(options, provider, nullptr);
    REQUIRE_FALSE(server);
    CHECK(server.error().message.find("listen") != std::string::npos);
  }
}

}  // namespace ponnuki::gtp::test
