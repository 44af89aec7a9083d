// RU as people, servers and programs write it.
#include "engine/sgf/rules_name.h"

#include <catch2/catch.hpp>
#include <string>

namespace ponnuki::sgf {
namespace {

std::string name_of(std::string_view text) {
  const auto rules = rules_of_record(text, Rules{});
  return rules ? rules_to_name(*rules) : "unknown";
}

TEST_CASE("Rules of a record: every spelling seen means its rules") {
  struct Row {
    const char* rules;
    std::vector<const char*> spellings;
  };
  const Row rows[] = {
      {"japanese", {"Japanese",
                    "japanese rules",
                    "JAPANESE RULES",
                    "Japanese Rule",
                    " Japanese ",
                    "jp",
                    "JP",
                    "Japan",
                    "Jap.",
                    "日本",
                    "日本ルール",
                    "日本规则",
                    "日本規則",
                    "日本围棋规则",
                    "Nihon Kiin",
                    "Nihon-Kiin",
                    "Japanese 1989",
                    "Japanese (1989)",
                    "日本棋院",
                    "数目",
                    "일본룰",
                    "일본 규칙",
                    "Korean",
                    "korean rules",
                    "KR",
                    "Korea",
                    "한국",
                    "한국룰",
                    "한국 룰",
                    "韩国规则",
                    "韩国",
                    "韓国ルール",
                    "territory"}},
      {"chinese", {"Chinese",      "chinese rules", "Chinese Rules",  "CHINESE",  "cn",
                   "CN",           "China",         "中国",           "中国规则", "中國規則",
                   "中国围棋规则", "中国ルール",    "中国 规则",      "数子",     "數子",
                   "중국룰",       "Chinese 2002",  "Chinese (area)", "area",     "Area scoring"}},
      {"chinese-ogs", {"Chinese-OGS", "chinese_kgs", "Chinese KGS"}},
      {"aga",
       {"AGA", "aga rules", "AGA Rules", "AGA (area)", "AGA (territory)", "A.G.A.", "American",
        "US", "BGA", "BGA rules", "British", "French", "FFG", "French rules"}},
      {"new-zealand", {"NZ", "New Zealand", "new zealand rules", "New_Zealand", "NewZealand"}},
      {"ing", {"GOE", "goe", "Ing", "ING Rules", "Ing's", "SST", "Ing (SST)", "应氏规则", "應氏"}},
      {"tromp-taylor", {"Tromp-Taylor", "tromp taylor", "TrompTaylor", "TT", "Tromp-Taylor Rules"}},
      {"stone-scoring", {"stone scoring", "Stone Scoring", "stone-scoring"}},
      {"unknown",
       {"house rules", "Tibetan", "", "   ", "?", "rules", "Japanese-Chinese", "{", "{}x",
        "koSIMPLE", "koHARDscoreAREAtaxNONE", "1989"}},
  };
  for (const Row& row : rows) {
    for (const char* spelling : row.spellings) {
      INFO(spelling);
      CHECK(name_of(spelling) == row.rules);
    }
  }
}

TEST_CASE("Rules of a record: a text that names one country is a hint") {
  const auto hint = [](std::string_view text) {
    const auto rules = rules_hinted_at(text, Rules{});
    return rules ? rules_to_name(*rules) : "none";
  };
  CHECK(hint("Japanese rules of our club") == "japanese");
  CHECK(hint("Chinese counting, 3/4 zi") == "chinese");
  CHECK(hint("日本ルール（持碁は白勝ち）") == "japanese");
  CHECK(hint("Chinese board, Japanese counting") == "none");
  CHECK(hint("house rules") == "none");
}

TEST_CASE("Rules of a record: what KataGo writes") {
  CHECK(name_of("koSIMPLEscoreTERRITORYtaxSEKIsui0") == "japanese");
  CHECK(name_of("koSIMPLEscoreAREAtaxNONEsui0whbNfpok1") == "chinese");
  CHECK(name_of("koPOSITIONALscoreAREAtaxNONEsui1") == "tromp-taylor");
  CHECK(name_of("koSITUATIONALscoreAREAtaxNONEsui0button1whbN-1fpok1") == "aga-button");
}

TEST_CASE("Rules of a record: names and JSON of ours come back, with the caller's komi") {
  Rules base;
  base.komi = 3.5F;
  for (const char* name :
       {"tromp-taylor", "japanese", "chinese", "chinese-ogs", "aga", "aga-button", "stone-scoring",
        "ancient-territory", "new-zealand", "ing"}) {
    const Rules rules = *parse_rules(name, base);
    CHECK(rules_of_record(rules_to_name(rules), base) == rules);
    CHECK(rules_of_record(rules_to_json(rules), base) == rules);
  }
  const Rules odd = *with_rule("tax", "ALL", *parse_rules("japanese", base));
  const Rules odder = *with_rule("ko", "POSITIONAL", odd);
  CHECK(rules_to_name(odder).starts_with('{'));
  CHECK(rules_of_record(rules_to_name(odder), base) == odder);
}

}  // namespace
}  // namespace ponnuki::sgf
