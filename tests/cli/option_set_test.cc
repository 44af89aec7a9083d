// Options from the command line and the config file, and their errors.
#include "cli/options/option_set.h"

#include <catch2/catch.hpp>

#include "tests/support/temporary_folder.h"

namespace ponnuki::cli {
namespace {

struct Fixture {
  std::string net, file, color = "auto";
  int threads = 2;
  std::int64_t visits = 800;
  double komi = 7.5;
  bool json = false;
  OptionSet options;

  Fixture() {
    options.positional({"GAME", "FILE", "an SGF file"}, &file);
    options.text({"net", "FILE", "the net"}, &net);
    options.integer({"threads", "N", "search threads"}, &threads, {1, 64});
    options.integer({"visits", "N", "visits a move"}, &visits, {1});
    options.number({"komi", "K", "points for White", "none, an even game"}, &komi, {-400, 400});
    options.flag("json", "print JSON", &json);
    options.choice({"color", "WHEN", "colours"}, &color, {"auto", "always", "never"});
    options.text({"config", "FILE", "options from a file"}, &config);
  }
  std::string error(const std::vector<std::string>& args) {
    const Status status = options.parse(args, "", {"listen"});
    return status ? "" : status.error().message;
  }
  std::string config;
};

/// A config file while this lives.
class ConfigFile {
 public:
  explicit ConfigFile(const std::string& text) : path_(folder_.write("config", text)) {}
  const std::string& path() const { return path_; }

 private:
  test::TemporaryFolder folder_;
  std::string path_;
};

TEST_CASE("Options are read in every usual form") {
  Fixture f;
  REQUIRE(f.error({"--net", "a.bin.gz", "game.sgf", "-threads", "4", "--visits=100", "--komi",
                   "-7.5", "--json"}) == "");
  CHECK(f.net == "a.bin.gz");
  CHECK(f.file == "game.sgf");
  CHECK(f.threads == 4);
  CHECK(f.visits == 100);
  CHECK(f.komi == -7.5);
  CHECK(f.json);
  CHECK(f.options.given("visits"));
  CHECK_FALSE(f.options.given("color"));
}

TEST_CASE("An option given twice takes its last value") {
  Fixture f;
  REQUIRE(f.error({"g", "--visits", "1", "--visits", "2"}) == "");
  CHECK(f.visits == 2);
}

TEST_CASE("Arguments after -- are no options") {
  Fixture f;
  REQUIRE(f.error({"--", "--odd-name.sgf"}) == "");
  CHECK(f.file == "--odd-name.sgf");
}

TEST_CASE("Errors name the option and the fix") {
  const std::pair<std::vector<std::string>, std::string> cases[] = {
      {{"g", "--visit", "3"}, "unknown option '--visit'; did you mean 'visits'?"},
      {{"g", "--frobnicate"}, "unknown option '--frobnicate'; --help lists what there is"},
      {{"g", "--visits", "many"}, "--visits: 'many' is not a whole number of at least 1"},
      {{"g", "--visits", "0"}, "--visits: '0' is not a whole number of at least 1"},
      {{"g", "--visits", "99999999999999999999"},
       "--visits: '99999999999999999999' is not a whole number of at least 1"},
      {{"g", "--visits", "3.5"}, "--visits: '3.5' is not a whole number of at least 1"},
      {{"g", "--threads", "65"}, "--threads: '65' is not a whole number from 1 to 64"},
      {{"g", "--komi", "nan"}, "--komi: 'nan' is not a number from -400 to 400"},
      {{"g", "--visits"}, "--visits needs a value: N"},
      {{"g", "--json=maybe"}, "--json takes no value"},
      {{"g", "--color", "red"}, "--color: 'red' is not one of auto, always, never"},
      {{}, "missing argument GAME: an SGF file"},
      {{"g", "h"},
       "unexpected argument 'h'; options begin with --, and file names with blanks need quotes"},
      {{"g", "--config", "/does/not/exist"},
       "--config: cannot read '/does/not/exist': No such file or directory"},
      {{"g", "--config", "/"}, "--config: '/' is a folder; give a file of lines key = value"},
  };
  for (const auto& [args, message] : cases) {
    Fixture f;
    CHECK(f.error(args) == message);
  }
}

TEST_CASE("A config file holds options, the command line wins") {
  const ConfigFile config(
      "# my settings\n\n net = \"my nets/a b.bin.gz\" # the strong one\r\nvisits=50\njson = "
      "true\nlisten = 1234\n");
  Fixture f;
  REQUIRE(f.error({"g", "--config", config.path(), "--visits", "60"}) == "");
  CHECK(f.net == "my nets/a b.bin.gz");
  CHECK(f.visits == 60);
  CHECK(f.json);
}

TEST_CASE("A config file fills in what was not given, and what was given can be kept as one") {
  const ConfigFile config("visits = 50");
  Fixture first;
  REQUIRE(first.error({"g", "--config", config.path(), "--net", "a # b.bin", "--json"}) == "");
  const std::string kept = first.options.given_options({"config"});
  CHECK(kept == "net = \"a # b.bin\"\nvisits = \"50\"\njson = \"true\"\n");

  const ConfigFile remembered(kept);
  Fixture again;
  REQUIRE(again.error({"g", "--visits", "60"}) == "");
  REQUIRE(again.options.fill_in(remembered.path()));
  CHECK(again.net == "a # b.bin");
  CHECK(again.visits == 60);
  CHECK(again.json);
  CHECK(again.options.given("net"));
  CHECK(again.komi == 7.5);
  CHECK(again.options.given_options({"config"}) ==
        "net = \"a # b.bin\"\nvisits = \"60\"\njson = \"true\"\n");
}

TEST_CASE("Errors in a config file name file and line") {
  const std::pair<std::string, std::string> cases[] = {
      {"\nvisitz = 3\n", ":2: unknown key 'visitz'; did you mean 'visits'?"},
      {"visits = few", ":1: --visits: 'few' is not a whole number of at least 1"},
      {"visits 3", ":1: 'visits 3' is not of the form key = value"},
      {"json = perhaps", ":1: --json: 'perhaps' is neither true nor false"},
      {"config = other", ":1: a config file cannot name another one"},
  };
  for (const auto& [text, message] : cases) {
    const ConfigFile config(text);
    Fixture f;
    CHECK(f.error({"g", "--config", config.path()}) == config.path() + message);
  }
}

TEST_CASE("--help asks for help before anything is checked") {
  Fixture f;
  REQUIRE(f.error({"--visits", "5", "--help"}) == "");
  CHECK(f.options.help_wanted());
  CHECK(f.visits == 800);
  CHECK_THAT(f.options.help(), Catch::Contains("--visits N") && Catch::Contains("(default: 800)"));
  CHECK(f.options.usage() == " GAME");
  CHECK_THAT(f.options.help(), Catch::Contains("Arguments:\n  GAME    ") &&
                                   Catch::Contains("(default: none, an even game)") &&
                                   !Catch::Contains("7.5"));
}

TEST_CASE("Arguments may be many, and need not be there") {
  for (const bool required : {true, false}) {
    CAPTURE(required);
    OptionSet options;
    std::vector<std::string> files;
    std::string sgf;
    options.text({"sgf", "PATH", "games"}, &sgf);
    options.positionals({"MORE", "", "more games"}, &files, required);
    const Status none = options.parse({"--sgf", "a"}, "", {});
    CHECK((none ? "" : none.error().message) ==
          (required ? "missing argument MORE: more games" : ""));
    CHECK(options.parse({"--sgf", "a", "b", "c"}, "", {}));
    CHECK(sgf == "a");
    CHECK(files == std::vector<std::string>{"b", "c"});
    CHECK(options.usage() == (required ? " MORE [MORE]..." : " [MORE] [MORE]..."));
  }
}

}  // namespace
}  // namespace ponnuki::cli
