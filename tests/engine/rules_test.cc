// Rule sets as text. The JSON forms are what KataGo 1.17.2 answers to kata-get-rules after
// kata-set-rules.
#include "engine/rules.h"

#include <catch2/catch.hpp>

using namespace ponnuki;

namespace {

const std::string kTrompTaylor =
    R"({"friendlyPassOk":false,"hasButton":false,"ko":"POSITIONAL","scoring":"AREA","suicide":true,"tax":"NONE","whiteHandicapBonus":"0"})";
const std::string kJapanese =
    R"({"friendlyPassOk":false,"hasButton":false,"ko":"SIMPLE","scoring":"TERRITORY","suicide":false,"tax":"SEKI","whiteHandicapBonus":"0"})";
const std::string kChinese =
    R"({"friendlyPassOk":true,"hasButton":false,"ko":"SIMPLE","scoring":"AREA","suicide":false,"tax":"NONE","whiteHandicapBonus":"N"})";
const std::string kChineseOgs =
    R"({"friendlyPassOk":true,"hasButton":false,"ko":"POSITIONAL","scoring":"AREA","suicide":false,"tax":"NONE","whiteHandicapBonus":"N"})";
const std::string kAga =
    R"({"friendlyPassOk":true,"hasButton":false,"ko":"SITUATIONAL","scoring":"AREA","suicide":false,"tax":"NONE","whiteHandicapBonus":"N-1"})";
const std::string kAgaButton =
    R"({"friendlyPassOk":true,"hasButton":true,"ko":"SITUATIONAL","scoring":"AREA","suicide":false,"tax":"NONE","whiteHandicapBonus":"N-1"})";
const std::string kNewZealand =
    R"({"friendlyPassOk":true,"hasButton":false,"ko":"SITUATIONAL","scoring":"AREA","suicide":true,"tax":"NONE","whiteHandicapBonus":"0"})";
const std::string kStoneScoring =
    R"({"friendlyPassOk":true,"hasButton":false,"ko":"SIMPLE","scoring":"AREA","suicide":false,"tax":"ALL","whiteHandicapBonus":"0"})";
const std::string kAncientTerritory =
    R"({"friendlyPassOk":false,"hasButton":false,"ko":"SIMPLE","scoring":"TERRITORY","suicide":false,"tax":"ALL","whiteHandicapBonus":"0"})";
const std::string kIng =
    R"({"friendlyPassOk":true,"hasButton":false,"ko":"POSITIONAL","scoring":"AREA","suicide":true,"tax":"NONE","whiteHandicapBonus":"0"})";

std::string parsed(const std::string& text) {
  const Result<Rules> rules = parse_rules(text, Rules{});
  return rules ? rules_to_json(*rules) : "error: " + rules.error().message;
}

}  // namespace

TEST_CASE("Rule sets by name are KataGo's") {
  const std::pair<const char*, std::string> table[] = {
      {"tromp-taylor", kTrompTaylor},
      {"TrompTaylor", kTrompTaylor},
      {"tromp taylor", kTrompTaylor},
      {"chinese", kChinese},
      {" Chinese ", kChinese},
      {"chinese-ogs", kChineseOgs},
      {"chineseogs", kChineseOgs},
      {"chinese-kgs", kChineseOgs},
      {"japanese", kJapanese},
      {"korean", kJapanese},
      {"aga", kAga},
      {"bga", kAga},
      {"french", kAga},
      {"aga-button", kAgaButton},
      {"AGA_BUTTON", kAgaButton},
      {"new-zealand", kNewZealand},
      {"new zealand", kNewZealand},
      {"nz", kNewZealand},
      {"stone-scoring", kStoneScoring},
      {"ancient-area", kStoneScoring},
      {"ancient-territory", kAncientTerritory},
      {"ing", kIng},
      {"goe", kIng},
  };
  for (const auto& [name, json] : table) {
    CAPTURE(name);
    CHECK(parsed(name) == json);
  }
}

TEST_CASE("Rule sets by JSON start from Tromp-Taylor and the tax follows the scoring") {
  CHECK(
      parsed(R"({"ko":"SIMPLE"})") ==
      R"({"friendlyPassOk":false,"hasButton":false,"ko":"SIMPLE","scoring":"AREA","suicide":true,"tax":"NONE","whiteHandicapBonus":"0"})");
  CHECK(
      parsed(R"({"scoring":"TERRITORY"})") ==
      R"({"friendlyPassOk":false,"hasButton":false,"ko":"POSITIONAL","scoring":"TERRITORY","suicide":true,"tax":"SEKI","whiteHandicapBonus":"0"})");
  CHECK(
      parsed(R"({"scoring":"TERRITORY","tax":"ALL","suicide":false})") ==
      R"({"friendlyPassOk":false,"hasButton":false,"ko":"POSITIONAL","scoring":"TERRITORY","suicide":false,"tax":"ALL","whiteHandicapBonus":"0"})");
  CHECK(
      parsed(
          R"({"score":"AREA","hasButton":true,"whiteHandicapBonus":"N-1","friendlyPassOk":true})") ==
      R"({"friendlyPassOk":true,"hasButton":true,"ko":"POSITIONAL","scoring":"AREA","suicide":true,"tax":"NONE","whiteHandicapBonus":"N-1"})");
  for (const std::string& json : {kTrompTaylor, kJapanese, kChinese, kAgaButton, kStoneScoring})
    CHECK(parsed(json) == json);
}

TEST_CASE("Komi is kept unless the text names one") {
  Rules base;
  base.komi = 3.5F;
  CHECK(parse_rules("japanese", base)->komi == 3.5F);
  CHECK(parse_rules(R"({"ko":"SIMPLE"})", base)->komi == 3.5F);
  CHECK(parse_rules(R"({"komi":-5})", base)->komi == -5);
  CHECK(chinese_rules().komi == 7.5F);
  CHECK(japanese_rules().komi == 6.5F);
}

TEST_CASE("What is no rule set is an error that says so") {
  for (const char* text : {"", "nonsense", "{", "[]", R"({"ko":"NONSENSE"})", R"({"ko":"simple"})",
                           R"({"foo":1})", R"({"foo":true})", R"({"komi":7.25})", R"({"komi":401})",
                           R"({"komi":"x"})", R"({"ko":null})"}) {
    CAPTURE(text);
    const Result<Rules> rules = parse_rules(text, Rules{});
    REQUIRE_FALSE(rules.ok());
    CHECK(rules.error().message.rfind("rules: ", 0) == 0);
    CHECK(rules.error().message.find('\n') == std::string::npos);
  }
}

TEST_CASE("Single rules are set in any case") {
  Rules rules;
  for (const auto& [key, value] : {std::pair{"ko", "SITUATIONAL"},
                                   {"suicide", "false"},
                                   {"friendlyPassOk", "True"},
                                   {"whiteHandicapBonus", "n-1"},
                                   {"hasButton", "true"},
                                   {"tax", "seki"},
                                   {"ko", "simple"}}) {
    const Result<Rules> changed = with_rule(key, value, rules);
    REQUIRE(changed.ok());
    rules = *changed;
  }
  CHECK(
      rules_to_json(rules) ==
      R"({"friendlyPassOk":true,"hasButton":true,"ko":"SIMPLE","scoring":"AREA","suicide":false,"tax":"SEKI","whiteHandicapBonus":"N-1"})");
  CHECK_FALSE(with_rule("suicide", "1", rules).ok());
  CHECK_FALSE(with_rule("ko", "spight", rules).ok());
  CHECK_FALSE(with_rule("komi", "7.5", rules).ok());
}

TEST_CASE("Rule sets have names where one fits") {
  for (const char* name :
       {"tromp-taylor", "japanese", "chinese", "chinese-ogs", "aga", "aga-button", "stone-scoring",
        "new-zealand", "ancient-territory", "ing"}) {
    CHECK(rules_to_name(*parse_rules(name, Rules{})) == name);
  }
  Rules odd = chinese_rules();
  odd.komi = 0.5F;
  CHECK(rules_to_name(odd) == "chinese");
  odd.has_button = true;
  CHECK(rules_to_name(odd) == rules_to_json(odd));
}
