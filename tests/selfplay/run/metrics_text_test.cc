// Lines of metrics.jsonl, whole and damaged.
#include "selfplay/run/metrics_text.h"

#include <catch2/catch.hpp>

#include "selfplay/files/checksum.h"
#include "selfplay/run/training_report.h"

namespace ponnuki::selfplay {

TEST_CASE("Metrics: lines that are no line of a cycle are damaged") {
  for (const char* line : {R"({"cycle":1})", R"({"cycle":7,"loss":{"policy":2.5},"elo":null})",
                           R"({"cycle":1,"x":-0.5})"}) {
    INFO(line);
    CHECK(split_metrics(std::string(line) + "\n").lines.size() == 1);
    CHECK(split_metrics(sealed(line) + "\n").lines.size() == 1);
    CHECK(split_metrics(line).damaged == std::vector<std::int64_t>{1});  // cut off
  }
  for (const char* line :
       {"", "{", "[]", "7", "{}", R"({"cycle":"1"})", R"({"cycle":1.5})", R"({"cycle":-1})",
        R"({"cycle":0})", R"({"cycle":1e300})", R"({"cycle":[1]})", R"({"cycle":true})",
        R"({"cycle":1,"seconds":"x"})", R"({"cycle":1,"loss":[1]})",
        R"({"cycle":1,"loss":{"policy":"x"}})", R"({"cycle":1,"loss":{"policy":{"x":1}}})",
        R"({"cycle":1,"games":false})", R"({"cycle":18446744073709551615})"}) {
    INFO(line);
    CHECK(split_metrics(std::string(line) + "\n").damaged == std::vector<std::int64_t>{1});
  }
}

TEST_CASE("Metrics: any flipped bit of a line with a checksum is found") {
  const std::string line = sealed(R"({"cycle":12,"loss":{"policy":2.5},"elo":100})");
  CHECK(line.ends_with("}"));
  for (std::size_t at = 0; at < line.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      CAPTURE(at, bit);
      std::string damaged = line;
      damaged[at] ^= static_cast<char>(1 << bit);
      CHECK(split_metrics(damaged + "\n").lines.empty());
    }
  }
}

TEST_CASE("Metrics: which lines are damaged, and what the others say") {
  const std::string text = R"({"cycle":1,"elo":10})"
                           "\nnonsense\n\n"
                           R"({"cycle":3,"elo":30})"
                           "\n{\"cyc";
  const MetricsText metrics = split_metrics(text);
  REQUIRE(metrics.lines.size() == 2);
  CHECK(metrics.lines[1].cycle == 3);
  CHECK(damage_text(metrics) == "lines 2, 3 and 5 are damaged and left out");
  CHECK(training_table(text, 9).find("30") != std::string::npos);
  CHECK(training_page(text, "run").find("<polyline") != std::string::npos);
  CHECK(damage_text(split_metrics("{\"cycle\":1}\n")).empty());
  CHECK(damage_text(split_metrics("x\n")) == "line 1 is damaged and left out");
  CHECK(damage_text(split_metrics(std::string(50, '\n'))) == "50 lines are damaged and left out");
}

TEST_CASE("Seals: config files with and without a checksum, and with lines behind it") {
  const std::string text = "net = \"b1c8\"\ngames = \"20\"\n", config = sealed_config(text);
  CHECK(is_config_seal_right(config));
  CHECK(is_config_seal_right(text));
  CHECK(is_config_seal_right(config + "games = 7\n"));
  for (std::size_t at = 0; at + 1 < config.size(); ++at) {
    std::string damaged = config;
    damaged[at] ^= 1;
    CHECK_FALSE(is_config_seal_right(damaged));
    if (at > 0) CHECK_FALSE(is_config_seal_right(config.substr(0, at)));
  }
}

}  // namespace ponnuki::selfplay
