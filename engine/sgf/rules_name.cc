#include "engine/sgf/rules_name.h"

#include <algorithm>
#include <string>
#include <utility>

namespace ponnuki::sgf {
namespace {

struct Spelling {
  std::string_view key;  // small letters and digits, and characters beyond ASCII
  const char* rules;     // a name of parse_rules()
};
/// Names that parse_rules() does not know. Left out are the words and years that plain_key() drops.
constexpr Spelling kSpellings[] = {
    {"jp", "japanese"},
    {"jpn", "japanese"},
    {"ja", "japanese"},
    {"jap", "japanese"},
    {"japan", "japanese"},
    {"nihon", "japanese"},
    {"nihonkiin", "japanese"},
    {"nihonkiinrules", "japanese"},
    {"kansaikiin", "japanese"},
    {"territory", "japanese"},
    {"territoryscoring", "japanese"},
    {"japaneseterritory", "japanese"},
    {"日本", "japanese"},
    {"日本棋院", "japanese"},
    {"日式", "japanese"},
    {"日规", "japanese"},
    {"日規", "japanese"},
    {"数目", "japanese"},
    {"數目", "japanese"},
    {"数目法", "japanese"},
    {"數目法", "japanese"},
    {"比目", "japanese"},
    {"比目法", "japanese"},
    {"일본", "japanese"},
    {"일본식", "japanese"},
    {"kr", "korean"},
    {"kor", "korean"},
    {"ko", "korean"},
    {"korea", "korean"},
    {"southkorean", "korean"},
    {"koreanbaduk", "korean"},
    {"hankukkiwon", "korean"},
    {"한국", "korean"},
    {"한국식", "korean"},
    {"한국기원", "korean"},
    {"韩国", "korean"},
    {"韓国", "korean"},
    {"韓國", "korean"},
    {"韩式", "korean"},
    {"韓式", "korean"},
    {"cn", "chinese"},
    {"chn", "chinese"},
    {"zh", "chinese"},
    {"china", "chinese"},
    {"weiqi", "chinese"},
    {"chineseweiqi", "chinese"},
    {"area", "chinese"},
    {"areascoring", "chinese"},
    {"chinesearea", "chinese"},
    {"中国", "chinese"},
    {"中國", "chinese"},
    {"中国围棋", "chinese"},
    {"中國圍棋", "chinese"},
    {"中式", "chinese"},
    {"数子", "chinese"},
    {"數子", "chinese"},
    {"数子法", "chinese"},
    {"數子法", "chinese"},
    {"중국", "chinese"},
    {"중국식", "chinese"},
    {"us", "aga"},
    {"usa", "aga"},
    {"usgo", "aga"},
    {"american", "aga"},
    {"americango", "aga"},
    {"agarules", "aga"},
    {"agaarea", "aga"},
    {"agaterritory", "aga"},
    {"americangoassociation", "aga"},
    {"美国", "aga"},
    {"美國", "aga"},
    {"fr", "french"},
    {"france", "french"},
    {"ffg", "french"},
    {"francaise", "french"},
    {"francais", "french"},
    {"française", "french"},
    {"français", "french"},
    {"法国", "french"},
    {"british", "bga"},
    {"britishgoassociation", "bga"},
    {"newzealander", "new-zealand"},
    {"newzealandgo", "new-zealand"},
    {"nzl", "new-zealand"},
    {"nzgs", "new-zealand"},
    {"nzarea", "new-zealand"},
    {"新西兰", "new-zealand"},
    {"ingrules", "ing"},
    {"inggoe", "ing"},
    {"goeing", "ing"},
    {"ings", "ing"},
    {"sst", "ing"},
    {"ingsst", "ing"},
    {"simplifieding", "ing"},
    {"应氏", "ing"},
    {"應氏", "ing"},
    {"应氏杯", "ing"},
    {"計點", "ing"},
    {"计点制", "ing"},
    {"計點制", "ing"},
    {"tt", "tromp-taylor"},
    {"tromptaylor", "tromp-taylor"},
    {"tromptaylorarea", "tromp-taylor"},
    {"logical", "tromp-taylor"},
    {"cgos", "tromp-taylor"},
    {"stone", "stone-scoring"},
    {"stones", "stone-scoring"},
    {"stonescoring", "stone-scoring"},
};

bool is_small_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

void erase_all(std::string& text, std::string_view what) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at))
    text.erase(at, what.size());
}

/// Drops blanks and punctuation, also the full-width ones, and makes capitals small.
std::string letters_of(std::string_view text) {
  std::string key;
  for (char c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (is_small_or_digit(c) || static_cast<unsigned char>(c) >= 0x80) key += c;
  }
  for (const std::string_view mark :
       {"　", "・", "·", "（", "）", "「", "」", "。", "、", "：", "–", "’"})
    erase_all(key, mark);
  return key;
}

/// Also drops the words for "rules" and years: "Japanese Rules (1989)" is "japanese".
std::string plain_key(std::string_view text) {
  std::string key = letters_of(text);
  for (const std::string_view word :
       {"rulesset", "ruleset", "rules", "rule", "围棋规则", "圍棋規則", "规则", "規則", "规则",
        "ルール", "囲碁", "룰", "규칙", "방식"})
    erase_all(key, word);
  while (!key.empty() && key.back() >= '0' && key.back() <= '9') key.pop_back();
  return key;
}

std::optional<Rules> named(std::string_view name, const Rules& base) {
  auto rules = parse_rules(name, base);
  if (!rules) return std::nullopt;
  return *rules;
}

/// The rules in KataGo's records: "koPOSITIONALscoreAREAtaxNONEsui1", where "button1", "whbN" and
/// "fpok1" may follow (its game/rules.cpp).
std::optional<Rules> katago_rules(std::string_view text, const Rules& base) {
  constexpr std::pair<std::string_view, std::string_view> kKeys[] = {{"ko", "ko"},
                                                                     {"score", "scoring"},
                                                                     {"tax", "tax"},
                                                                     {"sui", "suicide"},
                                                                     {"button", "hasButton"},
                                                                     {"whb", "whiteHandicapBonus"},
                                                                     {"fpok", "friendlyPassOk"}};
  const auto is_value = [](char c) { return c < 'a' || c > 'z'; };
  Rules rules = *parse_rules("tromp-taylor", base);
  int known = 0;
  while (!text.empty()) {
    const auto key = std::ranges::find_if(
        kKeys, [&](const auto& entry) { return text.starts_with(entry.first); });
    if (key == std::end(kKeys)) return std::nullopt;
    text.remove_prefix(key->first.size());
    const auto end = std::ranges::find_if_not(text, is_value);
    std::string value(text.begin(), end);
    text.remove_prefix(value.size());
    const bool yes_or_no = key->first == "sui" || key->first == "button" || key->first == "fpok";
    if (yes_or_no && (value == "0" || value == "1")) value = value == "1" ? "true" : "false";
    const auto changed = with_rule(key->second, value, rules);
    if (!changed) return std::nullopt;
    rules = *changed;
    ++known;
  }
  return known >= 3 ? std::optional(rules) : std::nullopt;
}

}  // namespace

std::optional<Rules> rules_of_record(std::string_view text, const Rules& base) {
  if (auto rules = named(text, base)) return rules;  // our own names and JSON
  if (auto rules = katago_rules(text, base)) return rules;
  for (const std::string& key : {letters_of(text), plain_key(text)}) {
    if (key.empty()) continue;
    if (auto rules = named(key, base)) return rules;
    const auto found = std::ranges::find(kSpellings, key, &Spelling::key);
    if (found != std::end(kSpellings)) return named(found->rules, base);
  }
  return std::nullopt;
}

std::optional<Rules> rules_hinted_at(std::string_view text, const Rules& base) {
  constexpr Spelling kStems[] = {
      {"japan", "japanese"},      {"nihon", "japanese"},
      {"日本", "japanese"},       {"일본", "japanese"},
      {"korea", "korean"},        {"한국", "korean"},
      {"韩国", "korean"},         {"韓國", "korean"},
      {"韓国", "korean"},         {"chinese", "chinese"},
      {"china", "chinese"},       {"中国", "chinese"},
      {"中國", "chinese"},        {"중국", "chinese"},
      {"trompt", "tromp-taylor"}, {"newzealand", "new-zealand"},
  };
  const std::string key = letters_of(text);
  const char* hinted = nullptr;
  for (const Spelling& stem : kStems) {
    if (key.find(stem.key) == std::string::npos) continue;
    if (hinted != nullptr && std::string_view(hinted) != stem.rules) return std::nullopt;
    hinted = stem.rules;
  }
  return hinted != nullptr ? named(hinted, base) : std::nullopt;
}

}  // namespace ponnuki::sgf
