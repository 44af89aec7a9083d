// Parameters and rules by name.
#include <catch2/catch.hpp>

#include "gtp/decide.h"
#include "tests/gtp/transcript.h"

namespace ponnuki::gtp::test {

TEST_CASE("Every parameter can be read and set to what was read") {
  search::Settings settings;
  for (const std::string& name : search::setting_names()) {
    INFO(name);
    const auto value = search::get_setting(settings, name);
    REQUIRE(value);
    CHECK(search::set_setting(settings, name, *value));
    CHECK(*search::get_setting(settings, name) == *value);
  }
}

TEST_CASE("Parameters change the session") {
  Bench bench;
  CHECK(bench.send("kata-set-param maxVisits 50\nkata-get-param maxVisits") == "= \n\n= 50\n\n");
  CHECK(bench.session().options().search.visits == 50);
  bench.send("kata-set-param numSearchThreads 3\nkata-set-param analysisWideRootNoise 0.04");
  CHECK(bench.session().options().search.params.threads == 3);
  CHECK(bench.session().options().search.analysis_wide_root_noise == 0.04);
  bench.send("kata-set-param resignThreshold -0.8");
  CHECK(bench.session().options().search.resign.winrate == Approx(0.1));
  bench.send("kata-set-param maxTime 2.5");
  CHECK(bench.session().options().search.seconds == 2.5);
  CHECK(bench.send("kata-list-params").starts_with("= maxVisits maxPlayouts maxTime "));
}

TEST_CASE("Playouts are doubled for one player or for whoever is to move") {
  Bench bench;
  CHECK(bench.send("kata-get-param playoutDoublingAdvantagePla") == "= E\n\n");
  CHECK(bench.send("kata-set-param playoutDoublingAdvantage -1.25") == "= \n\n");
  CHECK(bench.session().options().search.params.playout_doublings == -1.25);
  for (const auto& [given, kept] : {std::pair("BLACK", "B"), {"w", "W"}, {"E", "E"}}) {
    bench.send(std::string("kata-set-param playoutDoublingAdvantagePla ") + given);
    CHECK(bench.send("kata-get-param playoutDoublingAdvantagePla") ==
          std::string("= ") + kept + "\n\n");
  }
  CHECK(bench.send("kata-set-param playoutDoublingAdvantagePla red").starts_with("? "));
  CHECK(bench.send("kata-set-param playoutDoublingAdvantage 4").starts_with("? "));
}

TEST_CASE("Deeply nested values are refused, and nothing overflows") {
  Bench bench;
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  CHECK(bench.send("kata-set-params {\"maxVisits\":" + deep + "}\nname") ==
        "? kata-set-params: the text is nested too deeply\n\n= Ponnuki\n\n");
  CHECK(bench.send("kata-set-rules {\"ko\":" + deep + "}").starts_with("? "));
}

TEST_CASE("Values out of range and unknown names are refused with the reason") {
  Bench bench;
  for (const char* bad :
       {"kata-set-param maxVisits 0", "kata-set-param maxVisits 1.5",
        "kata-set-param numSearchThreads 100000", "kata-set-param ponderingEnabled maybe",
        "kata-set-param nonsense 1", "kata-set-param maxVisits", "kata-get-param nonsense",
        "kata-get-param", "kata-set-params [1]", "kata-set-params {", "lz-setoption name x value 1",
        "lz-setoption visits 5"}) {
    INFO(bad);
    CHECK(bench.send(bad).starts_with("? "));
  }
}

TEST_CASE("Several parameters at once, all or none") {
  Bench bench;
  CHECK(bench.send(R"(kata-set-params {"maxVisits": 70, "ponderingEnabled": "false"})") ==
        "= \n\n");
  CHECK(bench.session().options().search.visits == 70);
  CHECK(bench.send(R"(kata-set-params {"maxVisits": 80, "nonsense": 1})").starts_with("? "));
  CHECK(bench.session().options().search.visits == 70);
  CHECK(bench.send("kata-get-params").find(R"("maxVisits":"70")") != std::string::npos);
  CHECK(bench.send("lz-setoption name Visits value 90").starts_with("= "));
  CHECK(bench.session().options().search.visits == 90);
}

TEST_CASE("What kata-get-params tells can be set, and changes nothing") {
  for (const char* before : {"name", "kata-set-param maxVisits 16", "kata-set-param maxTime 3",
                             "kata-set-param maxTime 1e20", "kata-set-param maxPlayouts 1e15",
                             "time_settings 60 0 0", "level 5k"}) {
    INFO(before);
    Bench bench(GtpOptions{});
    bench.send(before);
    const std::string all = bench.send("kata-get-params");
    const auto limits = configured_limits(bench.session(), false);
    REQUIRE(all.starts_with("= {"));
    CHECK(bench.send("kata-set-params " + all.substr(2)) == "= \n\n");
    CHECK(bench.send("kata-get-params") == all);
    const auto again = configured_limits(bench.session(), false);
    CHECK(again.seconds == limits.seconds);
    CHECK(again.visits == limits.visits);
    CHECK(again.playouts == limits.playouts);
  }
}

TEST_CASE("maxTime tells the time that holds, and no setting makes genmove endless") {
  Bench bench(GtpOptions{});
  CHECK(bench.send("kata-get-param maxTime") == "= 5\n\n");
  for (const char* unlimited : {"maxTime 1e20", "maxTime 1e9", "maxVisits 1e15",
                                "maxVisits 1000000000000000", "maxPlayouts 1e15"}) {
    INFO(unlimited);
    CHECK(bench.send(std::string("kata-set-param ") + unlimited) == "= \n\n");
    CHECK(bench.send("kata-get-param maxTime") == "= 5\n\n");
    CHECK(configured_limits(bench.session(), false).seconds == 5);
  }
  CHECK(bench.send("kata-set-param maxTime 1e21").starts_with("? "));
  CHECK(bench.send("kata-set-param maxVisits 50\nkata-get-param maxTime") == "= \n\n= 1e+20\n\n");
  CHECK(bench.send("kata-set-param maxTime 0.5\nkata-get-param maxTime") == "= \n\n= 0.5\n\n");
  bench.send("lz-setoption name visits value 0\nkata-set-param maxTime 1e20");
  CHECK(bench.send("kata-get-param maxVisits") == "= 1000000000000000\n\n");
  CHECK(configured_limits(bench.session(), false).seconds == 5);
  CHECK(bench.send("time_settings 60 0 0\nkata-get-param maxTime") == "= \n\n= 1e+20\n\n");
}

TEST_CASE("The most time of a search holds, whatever the client asks for") {
  GtpOptions options = bench_options();
  options.search.visits = std::numeric_limits<std::int64_t>::max();
  options.most_seconds = 0.05;
  Bench bench(options);
  for (const char* asked : {"kata-set-param maxTime 1000000", "time_settings 0 0 0",
                            "time_settings 1000000 0 0", "kata-time_settings none"}) {
    CAPTURE(asked);
    CHECK(bench.send(asked) == "= \n\n");
    CHECK(bench.send("genmove b").starts_with("= "));  // ends
    CHECK(bench.send("undo") == "= \n\n");
  }
}

TEST_CASE("Rules by name, by JSON, by field, and kgsGtp's") {
  Bench bench;
  CHECK(bench.send("kata-set-rules japanese\nkata-get-rules").find("\"scoring\":\"TERRITORY\"") !=
        std::string::npos);
  CHECK(bench.send("kata-get-rules").starts_with("= {"));
  CHECK(bench.send("kata-set-rule ko SITUATIONAL") == "= \n\n");
  CHECK(bench.session().position().rules().ko == KoRule::kSituational);
  CHECK(
      bench.send(
          R"(kata-set-rules {"ko": "SIMPLE", "scoring": "AREA", "tax": "NONE", "suicide": true})") ==
      "= \n\n");
  CHECK(bench.session().position().rules().scoring == ScoringRule::kArea);
  CHECK(bench.send("kgs-rules new_zealand\nkgs-rules chinese") == "= \n\n= \n\n");
  CHECK(bench.session().position().rules().ko == KoRule::kPositional);
  for (const char* bad :
       {"kata-set-rules", "kata-set-rules martian", "kata-set-rules {\"ko\":1}", "kata-set-rule ko",
        "kata-set-rule ko NO", "kgs-rules", "kgs-rules martian"}) {
    INFO(bad);
    CHECK(bench.send(bad).starts_with("? "));
  }
  CHECK(bench.session().position().rules().komi == 7.5F);
}

TEST_CASE("Rules change under a game without losing it") {
  Bench bench;
  bench.send("komi 6.5\nplay b D4\nplay w E5\nkata-set-rules aga");
  CHECK(bench.session().position().move_count() == 2);
  CHECK(bench.session().position().rules().komi == 6.5F);
  CHECK(bench.send("undo\nlist_stones w") == "= \n\n= \n\n");
}

}  // namespace ponnuki::gtp::test
