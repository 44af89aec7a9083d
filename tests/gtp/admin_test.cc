// Who we are, what we know, ids, comments and the end of a session.
#include <catch2/catch.hpp>

#include "tests/gtp/transcript.h"

namespace ponnuki::gtp::test {

TEST_CASE("The handshake") {
  CHECK(run_transcript("protocol_version\nname\nversion\n") == "= 2\n\n= Ponnuki\n\n= 0.1.0\n\n");
  GtpOptions options = bench_options();
  options.name = "Leela Zero";
  options.version = "0.17";
  options.pass_uppercase = true;
  Bench bench(options);
  CHECK(bench.send("name\nversion") == "= Leela Zero\n\n= 0.17\n\n");
  CHECK(bench.send("play b pass\nlast_move") == "= \n\n= black PASS\n\n");
}

TEST_CASE("Ids, CRLF, tabs, comments and blank lines") {
  CHECK(run_transcript("1 name\r\n\r\n# comment\n2\tplay\tb\tD4 # good\n\n003 quit\r\n") ==
        "=1 Ponnuki\n\n=2 \n\n=003 \n\n");
  CHECK(run_transcript("5 nonsense\n6\n") == "?5 unknown command\n\n?6 empty command\n\n");
  CHECK(run_transcript("NAME\n") == "? unknown command\n\n");
}

TEST_CASE("known_command never fails") {
  CHECK(run_transcript("known_command play\nknown_command Play\nknown_command\n"
                       "known_command known_command known_command\n") ==
        "= true\n\n= false\n\n= false\n\n= true\n\n");
}

TEST_CASE("list_commands starts with protocol_version and lists what exists") {
  Bench bench;
  const std::string text = bench.send("list_commands");
  CHECK(text.starts_with("= protocol_version\nname\nversion\n"));
  CHECK(text.find("\n\n") == text.size() - 2);
  for (const std::string& name : bench.session().registry().names()) {
    CHECK(text.find(name) != std::string::npos);
  }
}

TEST_CASE("quit answers and ignores what follows, the end of input needs no quit") {
  CHECK(run_transcript("quit\nname\n") == "= \n\n");
  CHECK(run_transcript("name") == "= Ponnuki\n\n");
  CHECK(run_transcript("").empty());
}

TEST_CASE("A JSON query gets a hint") {
  const std::string text = run_transcript("{\"id\":\"x\",\"moves\":[]}\n");
  CHECK(text.starts_with("? this is GTP"));
  CHECK(text.ends_with("\n\n"));
}

TEST_CASE("Each response is one write") {
  Bench bench;
  bench.send("name");
  CHECK(bench.writes() == 1);
  bench.send("showboard");
  CHECK(bench.writes() == 1);
  bench.send("play b Z99");
  CHECK(bench.writes() == 1);
}

TEST_CASE("A network that cannot be loaded is named in the errors of commands that need it") {
  std::string told;
  const server::EvaluatorProvider provider(
      []() -> Result<std::shared_ptr<Evaluator>> { return Error{"net x.bin.gz: truncated"}; },
      [&told](const std::string& problem) { told = problem; });
  server::Inbox inbox;
  StringOutput out;
  Session session(bench_options(), {provider, inbox, out, nullptr});
  session.answer("name");
  session.answer("genmove b");
  CHECK(out.all == "= Ponnuki\n\n? net x.bin.gz: truncated\n\n");
}

}  // namespace ponnuki::gtp::test
