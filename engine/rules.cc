// Rule sets have KataGo's names and values (its game/rules.cpp and docs/GTP_Extensions.md).
#include "engine/rules.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "engine/json_parse.h"

namespace ponnuki {

namespace {

using Json = nlohmann::json;

struct NamedRules {
  std::vector<std::string_view> names;  // rules_to_name() gives the first one
  Rules rules;
};

std::vector<NamedRules> named_rules() {
  using enum KoRule;
  using enum ScoringRule;
  using enum HandicapBonus;
  using Tax = TaxRule;
  return {
      {{"tromp-taylor"}, {kPositional, kArea, Tax::kNone, true, false, kNone, false}},
      {{"japanese", "korean"}, {kSimple, kTerritory, Tax::kSeki, false, false, kNone, false}},
      {{"chinese"}, {kSimple, kArea, Tax::kNone, false, false, kN, true}},
      {{"chinese-ogs", "chinese-kgs"}, {kPositional, kArea, Tax::kNone, false, false, kN, true}},
      {{"aga", "bga", "french"}, {kSituational, kArea, Tax::kNone, false, false, kNMinusOne, true}},
      {{"aga-button"}, {kSituational, kArea, Tax::kNone, false, true, kNMinusOne, true}},
      {{"stone-scoring", "ancient-area"}, {kSimple, kArea, Tax::kAll, false, false, kNone, true}},
      {{"ancient-territory"}, {kSimple, kTerritory, Tax::kAll, false, false, kNone, false}},
      {{"new-zealand", "nz"}, {kSituational, kArea, Tax::kNone, true, false, kNone, true}},
      {{"ing", "goe"}, {kPositional, kArea, Tax::kNone, true, false, kNone, true}},
  };
}

std::string trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

std::string upper(std::string_view text) {
  std::string result = trim(text);
  for (char& c : result) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return result;
}

/// A quotation for an error message: at most 100 characters, on one line.
std::string in_quotes(std::string_view text) {
  std::string result = "'";
  for (const char c : text.substr(0, 100)) {
    result += std::isprint(static_cast<unsigned char>(c)) ? c : '?';
  }
  return result + "'";
}

/// For example "New-Zealand " -> "newzealand".
std::string plain_name(std::string_view text) {
  std::string result;
  for (const char c : trim(text)) {
    if (c == '-' || c == '_' || c == ' ') continue;
    result += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return result;
}

/// Ignores case, '-', '_' and ' '.
std::optional<Rules> find_named(std::string_view name) {
  const std::string wanted = plain_name(name);
  for (const NamedRules& set : named_rules()) {
    for (const std::string_view known : set.names) {
      if (plain_name(known) == wanted) return set.rules;
    }
  }
  return std::nullopt;
}

// --- enumerated fields

constexpr std::string_view kKoWords[] = {"SIMPLE", "POSITIONAL", "SITUATIONAL"};
constexpr std::string_view kScoringWords[] = {"AREA", "TERRITORY"};
constexpr std::string_view kTaxWords[] = {"NONE", "SEKI", "ALL"};
constexpr std::string_view kBonusWords[] = {"0", "N", "N-1"};
constexpr std::string_view kBoolWords[] = {"FALSE", "TRUE"};

/// Sets `field` to the enumerator (or bool) for the word `value`.
template <typename T, std::size_t N>
Status set_word(T& field, std::string_view key, const std::string& value,
                const std::string_view (&words)[N]) {
  std::string choices;
  for (std::size_t i = 0; i < N; ++i) {
    if (value == words[i]) {
      field = static_cast<T>(i);
      return {};
    }
    choices += (i == 0 ? "" : ", ") + std::string(words[i]);
  }
  return Error{"rules: " + in_quotes(key) + " cannot be " + in_quotes(value) + "; use one of " +
               choices};
}

Status set_komi(Rules& rules, double komi) {
  if (!std::isfinite(komi) || std::abs(komi) > 400 || 2 * komi != std::floor(2 * komi)) {
    return Error{"rules: komi must be an integer or half-integer within -400 to 400"};
  }
  rules.komi = static_cast<float>(komi);
  return {};
}

Status set_rule(Rules& rules, const std::string& key, const std::string& value) {
  if (key == "ko") return set_word(rules.ko, key, value, kKoWords);
  if (key == "scoring" || key == "score") return set_word(rules.scoring, key, value, kScoringWords);
  if (key == "tax") return set_word(rules.tax, key, value, kTaxWords);
  if (key == "suicide") return set_word(rules.multi_stone_suicide, key, value, kBoolWords);
  if (key == "hasButton") return set_word(rules.has_button, key, value, kBoolWords);
  if (key == "whiteHandicapBonus") return set_word(rules.handicap_bonus, key, value, kBonusWords);
  if (key == "friendlyPassOk") return set_word(rules.friendly_pass_ok, key, value, kBoolWords);
  return Error{
      "rules: unknown rule " + in_quotes(key) +
      "; known are ko, scoring, tax, suicide, hasButton, whiteHandicapBonus, friendlyPassOk"};
}

/// Missing fields have the values of Tromp-Taylor, except that a missing tax depends on the
/// scoring.
Result<Rules> rules_from_json(std::string_view text, float komi) {
  const auto parsed = parse_json(text);
  if (!parsed || !parsed->is_object()) return Error{"rules: not a JSON object: " + in_quotes(text)};
  const Json& json = *parsed;
  Rules rules = tromp_taylor_rules();
  rules.komi = komi;
  for (const auto& [key, value] : json.items()) {
    Status status;
    if (key == "komi") {
      status = value.is_number() ? set_komi(rules, value.get<double>())
                                 : Error{"rules: komi must be a number"};
    } else if (value.is_boolean() || value.is_string()) {
      status = set_rule(
          rules, key,
          value.is_boolean() ? (value.get<bool>() ? "TRUE" : "FALSE") : value.get<std::string>());
    } else {
      status =
          Error{"rules: the value of " + in_quotes(key) + " must be a string or true or false"};
    }
    PONNUKI_TRY(status);
  }
  if (!json.contains("tax") && rules.scoring == ScoringRule::kTerritory) rules.tax = TaxRule::kSeki;
  return rules;
}

}  // namespace

Rules tromp_taylor_rules() { return *find_named("tromp-taylor"); }

Rules chinese_rules() { return *find_named("chinese"); }

Rules japanese_rules() {
  Rules rules = *find_named("japanese");
  rules.komi = 6.5F;
  return rules;
}

Result<Rules> parse_rules(std::string_view text, const Rules& base) {
  const std::string trimmed = trim(text);
  if (!trimmed.empty() && trimmed.front() == '{') return rules_from_json(trimmed, base.komi);
  std::optional<Rules> rules = find_named(trimmed);
  if (!rules) {
    return Error{"rules: unknown rule set " + in_quotes(trimmed) +
                 "; use tromp-taylor, chinese, chinese-ogs, chinese-kgs, japanese, korean, aga, "
                 "aga-button, bga, french, new-zealand, stone-scoring, ancient-territory, ing "
                 "or JSON"};
  }
  rules->komi = base.komi;
  return *rules;
}

Result<Rules> with_rule(std::string_view key, std::string_view value, const Rules& base) {
  Rules rules = base;
  PONNUKI_TRY(set_rule(rules, trim(key), upper(value)));
  return rules;
}

std::string rules_to_json(const Rules& rules) {
  const Json json = {
      {"ko", kKoWords[static_cast<std::size_t>(rules.ko)]},
      {"scoring", kScoringWords[static_cast<std::size_t>(rules.scoring)]},
      {"tax", kTaxWords[static_cast<std::size_t>(rules.tax)]},
      {"suicide", rules.multi_stone_suicide},
      {"hasButton", rules.has_button},
      {"whiteHandicapBonus", kBonusWords[static_cast<std::size_t>(rules.handicap_bonus)]},
      {"friendlyPassOk", rules.friendly_pass_ok},
  };
  return json.dump();
}

std::string rules_to_name(const Rules& rules) {
  for (NamedRules& set : named_rules()) {
    set.rules.komi = rules.komi;
    if (set.rules == rules) return std::string(set.names.front());
  }
  return rules_to_json(rules);
}

}  // namespace ponnuki
