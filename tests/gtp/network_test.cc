// The evaluator's own numbers.
#include <catch2/catch.hpp>

#include "tests/gtp/transcript.h"

namespace ponnuki::gtp::test {

TEST_CASE("kata-raw-nn in KataGo's form") {
  Bench bench;
  const std::string text = bench.send("boardsize 3\nkata-raw-nn 0").substr(4);
  CHECK(text == lines(R"(
    = symmetry 0
    whiteWin 0.500000
    whiteLoss 0.500000
    noResult 0.000000
    whiteLead -0.000
    whiteScoreSelfplay -0.000
    whiteScoreSelfplaySq 25.000
    varTimeLeft -1.000
    shorttermWinlossError -1.000
    shorttermScoreError -1.000
    policy
    0.049285 0.088714 0.049285 
    0.088714 0.443568 0.088714 
    0.049285 0.088714 0.049285 
    policyPass 0.004436 
    whiteOwnership
    -0.0000000 -0.0000000 -0.0000000 
    -0.0000000 -0.0000000 -0.0000000 
    -0.0000000 -0.0000000 -0.0000000

  )"));
}

TEST_CASE("kata-raw-nn: symmetries, colours and errors") {
  Bench bench;
  const auto count = [](const std::string& text, const std::string& word) {
    int n = 0;
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1))
      ++n;
    return n;
  };
  CHECK(count(bench.send("kata-raw-nn all"), "symmetry ") == 8);
  bench.send("boardsize 9\nplay b D4");
  CHECK(bench.send("kata-raw-nn w 1").find("whiteLoss 0.6224") != std::string::npos);
  CHECK(bench.send("kata-raw-nn b 1").find("whiteLoss 0.6224") != std::string::npos);
  for (const char* bad : {"kata-raw-nn", "kata-raw-nn 8", "kata-raw-nn x", "kata-raw-nn 0 2"}) {
    INFO(bad);
    CHECK(bench.send(bad).starts_with("? "));
  }
}

TEST_CASE("heatmap goes to stderr") {
  Bench bench;
  CHECK(bench.send("boardsize 3\nheatmap") == "= \n\n= \n\n");
  // Numbers are four characters wide.
  CHECK(bench.logged == "  49  89  49\n  89 444  89\n  49  89  49\npass: 4\nwinrate: 0.500000\n");
}

TEST_CASE("Models, cache and benchmark") {
  Bench bench;
  CHECK(bench.send("kata-get-models").find("\"name\":\"scripted\"") != std::string::npos);
  CHECK(bench.send("clear_cache") == "= \n\n");
  CHECK(bench.send("kata-benchmark 20").find(" visits/s with 1 threads") != std::string::npos);
  CHECK(bench.send("kata-benchmark").starts_with("? "));
  CHECK(bench.send("gomill-describe_engine").find("Evaluator: scripted") != std::string::npos);
}

TEST_CASE("A net that knows one size only has a name on other boards, too") {
  Bench bench(bench_options(), one_size_factory({7, 7}));
  CHECK(bench.send("genmove b").find("cannot judge boards of 9x9") != std::string::npos);
  CHECK(bench.send("kata-get-models").find("\"name\":\"scripted\"") != std::string::npos);
  CHECK(bench.send("gomill-describe_engine").find("Evaluator: scripted") != std::string::npos);
  CHECK(bench.send("boardsize 7\ngenmove b").starts_with("= \n\n= "));
}

}  // namespace ponnuki::gtp::test
