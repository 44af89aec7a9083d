// KataGo as the peer of `ponnuki bench`: the output of its benchmark, and programs that are not
// KataGo or fail.
#include <catch2/catch.hpp>
#include <filesystem>

#include "cli/bench/peer.h"
#include "tests/support/temporary_folder.h"

namespace ponnuki::cli {
namespace {

namespace fs = std::filesystem;

// KataGo 1.17.2, Eigen backend: benchmark -v 10 -t 1,2 -n 3 -boardsize 9, from where it tests.
const std::string kRecorded =
    "Your GTP config is currently set to use numSearchThreads = 6\n"
    "Testing different numbers of threads (board size 9x9): \n"
    "\rnumSearchThreads =  1: 0 / 3 positions, visits/s = -nan (0.0 secs)      "
    "\rnumSearchThreads =  1: 1 / 3 positions, visits/s = 147.91 (0.1 secs)      "
    "\rnumSearchThreads =  1: 2 / 3 positions, visits/s = 174.29 (0.1 secs)      "
    "\rnumSearchThreads =  1: 3 / 3 positions, visits/s = 183.89 nnEvals/s = 183.89 "
    "nnBatches/s = 183.89 avgBatchSize = 1.00 (0.2 secs) (EloDiff baseline)\n"
    "\rnumSearchThreads =  2: 0 / 3 positions, visits/s = -nan (0.0 secs)      "
    "\rnumSearchThreads =  2: 1 / 3 positions, visits/s = 360.38 (0.0 secs)      "
    "\rnumSearchThreads =  2: 2 / 3 positions, visits/s = 441.52 (0.0 secs)      "
    "\rnumSearchThreads =  2: 3 / 3 positions, visits/s = 466.03 nnEvals/s = 465.20 "
    "nnBatches/s = 353.06 avgBatchSize = 1.32 (0.1 secs) (EloDiff +334)\n"
    "\n\n"
    "So APPROXIMATELY based on this benchmark, if you intend to do a 5 second search: \n"
    "numSearchThreads =  1: (baseline)\n"
    "numSearchThreads =  2:  +334 Elo (recommended)\n"
    "\n"
    "2026-11-24 02:16:25+0000: GPU -1 finishing, processed 31 rows 23 batches\n";

TEST_CASE("The figures of each number of threads are read from KataGo's benchmark") {
  const auto one = parse_katago_benchmark(kRecorded, 1);
  REQUIRE(one);
  CHECK(one->visits == 183.89);
  CHECK(one->evaluations == 183.89);
  const auto two = parse_katago_benchmark(kRecorded, 2);
  REQUIRE(two);
  CHECK(two->visits == 466.03);
  CHECK(two->evaluations == 465.20);
  CHECK_FALSE(parse_katago_benchmark(kRecorded, 4));
  CHECK_FALSE(parse_katago_benchmark(kRecorded, 6));  // the config's, not measured
}

TEST_CASE("Benchmarks that broke off or gave no rates have no figures") {
  const auto end = kRecorded.find(" nnEvals/s = 465.20");
  CHECK_FALSE(parse_katago_benchmark(kRecorded.substr(0, end), 2));
  CHECK(parse_katago_benchmark(kRecorded.substr(0, end), 1));
  CHECK_FALSE(parse_katago_benchmark("", 1));
  for (const std::string rates :
       {"visits/s = 12.5", "nnEvals/s = 12.5", "visits/s = -nan nnEvals/s = 12.5",
        "visits/s = 4859.17 nnEvals/s = 0.00", "visits/s = 12.5 nnEvals/s = -nan",
        "visits/s = inf nnEvals/s = inf", "visits/s = -3 nnEvals/s = 12.5",
        "visits/s = 1e999 nnEvals/s = 12.5", "visits/s = nnEvals/s =", "visits/s = many"}) {
    CAPTURE(rates);
    CHECK_FALSE(parse_katago_benchmark("numSearchThreads =  1: 3 / 3 positions, " + rates, 1));
  }
  CHECK_FALSE(parse_katago_benchmark("visits/s = 12.5 nnEvals/s = 12.5", 1));
}

TEST_CASE("KataGo has positions for square boards from 7 to 19 lines") {
  CHECK(katago_benchmarks({7, 7}));
  CHECK(katago_benchmarks({19, 19}));
  CHECK_FALSE(katago_benchmarks({6, 6}));
  CHECK_FALSE(katago_benchmarks({20, 20}));
  CHECK_FALSE(katago_benchmarks({9, 13}));
}

/// A program that runs `script`.
class Program {
 public:
  explicit Program(const std::string& script, bool executable = true)
      : path_(folder_.write("a katago's", "#!/bin/sh\n" + script + '\n')) {
    if (executable) fs::permissions(path_, fs::perms::owner_all);
  }
  const std::string& path() const { return path_; }

 private:
  test::TemporaryFolder folder_;
  std::string path_;
};

std::string check_error(const std::string& path) {
  const Status status = check_katago(path);
  return status ? "" : status.error().message;
}
std::string check_error(const Program& program) { return check_error(program.path()); }

TEST_CASE("Programs that are no KataGo are named with what they said") {
  CHECK(check_error(Program("[ \"$*\" = version ] && echo KataGo v1.17.2")) == "");
  CHECK_THAT(check_error("no/such/program"),
             Catch::StartsWith("--katago: 'no/such/program' cannot be started (") &&
                 Catch::Contains("not found") && Catch::EndsWith("give the path of a KataGo"));
  CHECK_THAT(check_error(Program("", false)),
             Catch::Contains("cannot be started (") && Catch::Contains("ermission denied"));
  CHECK_THAT(check_error("/"), Catch::Contains("cannot be started ("));
  CHECK_THAT(check_error(Program("exit 0")), Catch::EndsWith("it ended with exit code 0 and said "
                                                             "nothing"));
  CHECK_THAT(check_error(Program("echo one; echo '  two '; echo >&2; exit 3")),
             Catch::EndsWith("is not a KataGo that runs here: asked for its version it ended with "
                             "exit code 3 and said: two"));
  CHECK_THAT(check_error(Program("echo KataGo v1.17.2; kill -SEGV $$")),
             Catch::Contains("it was killed by signal 11 (") &&
                 Catch::EndsWith("and said: KataGo v1.17.2"));
  const std::string binary = check_error(Program("printf '\\033[2Jhi\\377\\r\\n'"));
  CHECK_THAT(binary, Catch::EndsWith("and said: ?[2Jhi?"));
  CHECK(check_error(Program("yes")).size() < 400);  // never ends by itself
  CHECK(check_error(Program("head -c 100000 /dev/zero")).size() < 400);
}

Result<PeerRates> run_benchmark(const Program& program, const std::string& config = "") {
  BenchOptions options;
  options.katago = program.path();
  options.katago_config = config;
  options.visits = 50;
  return run_katago_benchmark(options, "a net's file", {9, 9}, 2);
}

TEST_CASE("KataGo is asked for the same net, board, visits and threads") {
  const std::string figures =
      "echo 'numSearchThreads =  2: 3 / 3 positions, visits/s = 8.5 nnEvals/s = 3.25'; "
      "echo 'numSearchThreads =  8: 3 / 3 positions, visits/s = 7.5 nnEvals/s = 4.25'";
  const auto wants = [&](const std::string& arguments) {
    return Program("[ \"$*\" = \"" + arguments + "\" ] && " + figures);
  };
  const std::string rest = " -model a net's file -v 50 -t 2,8 -boardsize 9";
  const auto rates = run_benchmark(
      wants("benchmark -config /dev/null -override-config numSearchThreads=1" + rest));
  REQUIRE(rates.ok());
  CHECK(rates->visits == 8.5);  // the better of both, each by itself
  CHECK(rates->evaluations == 4.25);
  CHECK(run_benchmark(wants("benchmark -config my own.cfg" + rest), "my own.cfg").ok());
}

TEST_CASE("A benchmark that fails says how it ended") {
  const auto crash =
      run_benchmark(Program("echo \"  what():  Could not open file x\" >&2; kill -ABRT $$"));
  REQUIRE_FALSE(crash.ok());
  CHECK_THAT(crash.error().message,
             Catch::StartsWith("--katago: its benchmark gave no figures: it was killed by signal 6 "
                               "(") &&
                 Catch::EndsWith("and said: what():  Could not open file x"));
  const auto quiet = run_benchmark(Program("exit 1"));
  REQUIRE_FALSE(quiet.ok());
  CHECK_THAT(quiet.error().message, Catch::EndsWith("it ended with exit code 1 and said nothing"));
}

}  // namespace
}  // namespace ponnuki::cli
