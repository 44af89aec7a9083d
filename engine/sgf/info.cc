// The game properties of a record's root.
#include <algorithm>
#include <cmath>

#include "engine/sgf/game.h"
#include "engine/sgf/komi.h"
#include "engine/sgf/rules_name.h"
#include "engine/sgf/servers/result_words.h"
#include "engine/sgf/text_fields.h"
#include "engine/text.h"

namespace ponnuki::sgf {
namespace {

std::string simple_text(const SgfTree& tree, SgfNodeId node, std::string_view name) {
  const auto value = tree.first_value(node, name);
  return value ? decode_sgf_simple_text(*value) : "";
}

bool is_blank(const std::string& text) {
  return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

/// The program and server that wrote the record. A record may have several AP: servers add theirs.
KomiSource source_of(const SgfTree& tree, SgfNodeId root) {
  KomiSource source;
  // Fox's own properties of its clock stay when another program has written the record anew.
  source.fox = tree.has(root, "TC") && tree.has(root, "TT");
  for (const std::string_view value : tree.values(root, "AP")) {
    const std::string program = to_lower(value);
    source.ours = source.ours || program.starts_with("ponnuki");
    source.fox = source.fox || program.find("fox") != std::string::npos;
  }
  return source;
}

void read_rules(GameInfo& info) {
  if (is_blank(info.rules_text)) return;
  if (const auto rules = rules_of_record(info.rules_text, info.rules)) {
    info.rules = *rules;
    info.rules_given = true;
    return;
  }
  if (const auto rules = rules_hinted_at(info.rules_text, info.rules)) {
    info.rules = *rules;
    info.rules_given = true;
    info.add_note(quoted_property("RU", info.rules_text) + " is read as " + rules_to_name(*rules));
    return;
  }
  info.add_note(quoted_property("RU", info.rules_text) + " is not known: read as " +
                rules_to_name(info.rules));
}

/// Komi is KM. The Nihon Ki-in and Sina write it as KO, which the standard has only without a
/// value.
void read_komi_of(const SgfTree& tree, SgfNodeId root, GameInfo& info) {
  const std::string komi = simple_text(tree, root, "KM"), other = simple_text(tree, root, "KO");
  const bool is_other = is_blank(komi) && !is_blank(other);
  KomiReading reading = read_komi(is_other ? other : komi, source_of(tree, root));
  if (is_other && reading.note.starts_with("KM")) reading.note.replace(0, 2, "KO");
  if (reading.komi) {
    info.rules.komi = static_cast<float>(*reading.komi);
    info.komi_given = true;
  } else if (!reading.note.empty()) {
    reading.note += ": read as komi " + komi_text(info.rules.komi);
  }
  if (!reading.note.empty()) info.add_note(reading.note);
}

/// The first whole number in the text: "2 stones" is 2. Nothing if there is none.
std::optional<double> number_in(const std::string& text) {
  const std::size_t begin = text.find_first_of("0123456789");
  if (begin == std::string::npos || (begin > 0 && text[begin - 1] == '-')) return {};
  const std::size_t end = text.find_first_not_of("0123456789.,", begin);
  return parse_sgf_number(std::string_view(text).substr(begin, end - begin));
}

void read_handicap(const SgfTree& tree, SgfNodeId root, GameInfo& info) {
  const std::string text = simple_text(tree, root, "HA");
  if (is_blank(text)) return;
  const auto plain = parse_sgf_number(text);
  const double stones = plain ? *plain : number_in(text).value_or(0);
  const bool possible = stones >= 0 && stones < info.size.area() && stones == std::floor(stones);
  info.handicap = possible && stones >= 2 ? static_cast<int>(stones) : 0;
  if (plain && possible) return;
  info.add_note(quoted_property("HA", text) + " is not a number of handicap stones: read as " +
                (info.handicap > 0 ? std::to_string(info.handicap) : "none"));
}

/// What the Nihon Ki-in and Sina write into other properties: the event into TE, which the standard
/// has for moves, with 1 or 2; the date into RD.
void read_other_fields(const SgfTree& tree, SgfNodeId root, GameInfo& info) {
  const std::string event = simple_text(tree, root, "TE");
  if (info.event.empty() && event != "1" && event != "2") info.event = event;
  if (info.date.empty()) info.date = simple_text(tree, root, "RD");
}

/// RE, also in words of Chinese, Japanese or Korean. Points in zi are left out: some count them
/// twice.
SgfResult result_of(const std::string& text) {
  const SgfResult result = parse_sgf_result(text);
  const bool foreign =
      std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  if (result.kind != SgfResult::Kind::kUnknown || !foreign) return result;
  SgfResult read = parse_sgf_result(result_of_words(text));
  if (read.kind == SgfResult::Kind::kScore && text.find("子") != std::string::npos)
    read = {SgfResult::Kind::kUnspecified, read.winner, 0};
  return read;
}

/// An empty SZ is none.
Status read_size(const SgfTree& tree, SgfNodeId root, GameInfo& info) {
  const std::string_view size = tree.first_value(root, "SZ").value_or("");
  if (size.find_first_not_of(" \t\r\n") == std::string_view::npos) return {};
  PONNUKI_TRY(info.size, parse_sgf_size(size));
  if (size.find_first_of("xX*\xc3") != std::string_view::npos)
    info.add_note(quoted_property("SZ", size) + " is read as SZ[" + sgf_size(info.size) + "]");
  return {};
}

}  // namespace

void GameInfo::add_note(std::string note) {
  if (notes.size() >= kMostNotes) return;
  if (notes.size() + 1 == kMostNotes) note = "further notes are left out";
  notes.push_back(std::move(note));
}

Result<GameInfo> read_game_info(const SgfTree& tree, SgfNodeId root, const Rules& base) {
  GameInfo info;
  info.rules = base;
  const auto game = tree.first_value(root, "GM");
  if (game && parse_sgf_number(*game).value_or(1) != 1) {
    return Error{quoted_property("GM", *game) + " is not Go (GM[1])"};
  }
  PONNUKI_TRY(read_size(tree, root, info));
  for (const TextField& text : kTextFields) info.*text.field = simple_text(tree, root, text.name);
  info.comment = tree.text(root, "GC");
  read_other_fields(tree, root, info);
  info.result = result_of(simple_text(tree, root, "RE"));
  info.seconds = parse_sgf_number(simple_text(tree, root, "TM"));
  read_rules(info);
  read_komi_of(tree, root, info);
  read_handicap(tree, root, info);
  return info;
}

}  // namespace ponnuki::sgf
