// The whole program on pipes, as a GUI runs it: a reader, a session and a search thread at once.
#include <catch2/catch.hpp>
#include <thread>

#include "gtp/run_gtp.h"
#include "tests/gtp/pipe_client.h"
#include "tests/gtp/transcript.h"

namespace ponnuki::gtp::test {

namespace {

/// run_gtp_on() on a thread, with pipes to talk to it.
class Program {
 public:
  explicit Program(const GtpOptions& options = bench_options(),
                   const server::EvaluatorFactory& factory = scripted_factory()) {
    REQUIRE(::pipe(to_) == 0);
    REQUIRE(::pipe(from_) == 0);
    thread_ = std::thread([this, options, factory] {
      exit_code_ = run_gtp_on(options, factory, to_[0], from_[1]);
      ::close(from_[1]);
    });
  }
  ~Program() {
    close_input();
    if (thread_.joinable()) thread_.join();
    ::close(to_[0]);
    ::close(from_[0]);
  }
  PipeClient client() { return {from_[0], to_[1]}; }
  void close_input() {
    if (!input_closed_) ::close(to_[1]);
    input_closed_ = true;
  }
  int wait() {
    thread_.join();
    return exit_code_;
  }

 private:
  int to_[2], from_[2];
  bool input_closed_ = false;
  int exit_code_ = -1;
  std::thread thread_;
};

GtpOptions unlimited() {
  GtpOptions options = bench_options();
  options.search.visits = std::numeric_limits<std::int64_t>::max();
  options.search.seconds = 3600;
  options.search.params.threads = 2;
  return options;
}

}  // namespace

TEST_CASE("Analysis streams until a line comes in") {
  // A blank line, a comment, or a command that is then answered.
  const std::pair<std::string, std::string> stops[] = {
      {"\n", ""}, {"# enough\n", ""}, {"7 name\n", "=7 Ponnuki\n\n"}, {"stop\n", "= \n\n"}};
  for (const auto& [stop, answer] : stops) {
    Program program(unlimited());
    PipeClient client = program.client();
    client.send("4 lz-analyze b 1\n");
    CHECK(client.read_until("info") == "=4\ninfo");
    for (int i = 0; i < 3; ++i) CHECK(client.read_until("\ninfo").starts_with(" move "));
    client.send(stop);
    CHECK(client.response().starts_with(" move "));  // the end of the last line, and a blank one
    if (!answer.empty()) CHECK(client.response() == answer);
    CHECK(client.ask("protocol_version").ends_with("= 2\n\n"));
  }
}

TEST_CASE("GoGui's interrupt stops genmove, other lines do not") {
  Program program(unlimited());
  PipeClient client = program.client();
  client.send("1 genmove b\n2 name\n# interrupt\n");
  const std::string move = client.response();
  CHECK(move.starts_with("=1 "));
  CHECK(move != "=1 pass\n\n");
  CHECK(client.response() == "=2 Ponnuki\n\n");
}

TEST_CASE("A line cancels kata-search_cancellable") {
  Program program(unlimited());
  PipeClient client = program.client();
  client.send("kata-search_cancellable b\n\n");
  CHECK(client.response() == "= cancelled\n\n");
  client.send("kata-search_analyze_cancellable b 1\n");
  client.read_until("info");
  client.send("\n");
  CHECK(client.response().ends_with("\nplay cancelled\n\n"));
}

TEST_CASE("The end of input ends an analysis, lets genmove finish, and exits with 0") {
  SECTION("analysis") {
    Program program(unlimited());
    PipeClient client = program.client();
    client.send("kata-analyze 1\n");
    client.read_until("info");
    program.close_input();
    CHECK(client.read_to_end().ends_with("\n\n"));
    CHECK(program.wait() == 0);
  }
  SECTION("genmove") {
    Program program;
    PipeClient client = program.client();
    client.send("genmove b\nshowboard");
    program.close_input();
    const std::string text = client.read_to_end();
    CHECK(text.starts_with("= E5\n\n= \n"));
    CHECK(program.wait() == 0);
  }
}

TEST_CASE("Commands that need no network are answered while it loads") {
  std::promise<void> loaded;
  const server::EvaluatorFactory slow = [&]() -> Result<std::shared_ptr<Evaluator>> {
    loaded.get_future().wait();
    return std::shared_ptr<Evaluator>(std::make_shared<ScriptedEvaluator>());
  };
  Program program(bench_options(), slow);
  PipeClient client = program.client();
  CHECK(client.ask("name") == "= Ponnuki\n\n");
  CHECK(client.ask("play b D4") == "= \n\n");
  CHECK(client.ask("list_stones b") == "= D4\n\n");
  client.send("genmove w\n");
  loaded.set_value();
  CHECK(client.response() == "= E5\n\n");
}

TEST_CASE("A network that cannot be loaded ends the program with 2") {
  Program program(bench_options(), []() -> Result<std::shared_ptr<Evaluator>> {
    return Error{"net x.bin.gz: truncated"};
  });
  CHECK(program.wait() == 2);
}

TEST_CASE("Pondering goes on between commands and disturbs none") {
  GtpOptions options = bench_options();
  options.search.ponder = true;
  Program program(options);
  PipeClient client = program.client();
  CHECK(client.ask("genmove b") == "= E5\n\n");
  CHECK(client.ask("time_left w 10 0") == "= \n\n");
  CHECK(client.ask("play w D4") == "= \n\n");
  CHECK(client.ask("genmove b").starts_with("= "));
  CHECK(client.ask("stop") == "= \n\n");
  CHECK(client.ask("quit") == "= \n\n");
  CHECK(program.wait() == 0);
}

TEST_CASE("A line of megabytes is an error and no more") {
  Program program;
  PipeClient client = program.client();
  std::string long_line(3'000'000, 'x');
  long_line += "\nname\n";
  client.send(long_line);
  CHECK(client.response() == "? line too long\n\n");
  CHECK(client.response() == "= Ponnuki\n\n");
}

}  // namespace ponnuki::gtp::test
