// GIB, the records of Tygem:
//
//     \HS                                   header: \[NAME=VALUE\], one on a line
//     \[GAMEBLACKNAME=somebody (9D)\]
//     \[GAMEINFOMAIN=…,GRLT:3,ZIPSU:0,DUM:0,GONGJE:65,…\]
//     \HE
//     \GS
//     2 1 0
//     50 0 &4
//     INI 0 1 H &4                          H handicap stones
//     STO 0 2 1 15 3                        number, player (1 Black, 2 White), x, y from upper left
//     SKI 0 3                               a pass
//     \GE
//
// GRLT is the result: 0, 1 counted, 3, 4 resigned, 7, 8 on time, each for Black and for White.
// ZIPSU is the score and GONGJE the komi, both in tenths.
#include <algorithm>
#include <map>

#include "engine/sgf/servers/formats.h"
#include "engine/sgf/servers/record_fields.h"
#include "engine/sgf/servers/result_words.h"
#include "engine/text.h"

namespace ponnuki::sgf {
namespace {

constexpr std::size_t kMostText = 1000;  // of a field

using Fields = std::map<std::string, std::string, std::less<>>;

/// The fields "KEY:VALUE,KEY:VALUE" of GAMEINFOMAIN. Values may hold colons.
Fields fields_of(std::string_view text) {
  Fields fields;
  for (const std::string_view part : split_view(shortened(text, 4 * kMostText), ',')) {
    const std::size_t colon = part.find(':');
    if (colon != std::string_view::npos)
      fields.emplace(part.substr(0, colon), part.substr(colon + 1));
  }
  return fields;
}

/// The fields of GAMETAG, of which the first ones have one letter and no colon: "S1,R3,D5,G0,W3".
Fields tags_of(std::string_view text) {
  Fields fields;
  for (const std::string_view part : split_view(shortened(text, 4 * kMostText), ',')) {
    if (part.size() >= 2) fields.emplace(part.substr(0, 1), part.substr(part[1] == ':' ? 2 : 1));
  }
  return fields;
}

std::string_view field(const Fields& fields, std::string_view name) {
  const auto found = fields.find(name);
  return found == fields.end() ? std::string_view() : std::string_view(found->second);
}

std::optional<long long> number(const Fields& fields, std::string_view name) {
  return parse_integer(trimmed_view(field(fields, name)));
}

class GibReader {
 public:
  explicit GibReader(const SgfLimits& limits) : limits_(limits) {}

  Result<ServerRecord> read(std::string_view text) {
    const auto lines = lines_of(text);
    for (std::size_t i = 0; i < lines.size() && !lines[i].starts_with("\\GE"); ++i) {
      if (lines[i].starts_with("\\["))
        read_header(lines[i]);
      else
        PONNUKI_TRY(read_line(i + 1, lines[i]));
    }
    finish();
    return std::move(record_);
  }

 private:
  void read_header(std::string_view line) {
    line.remove_prefix(2);
    if (line.ends_with("\\]")) line.remove_suffix(2);
    const std::size_t equals = line.find('=');
    if (equals != std::string_view::npos)
      header_.emplace(line.substr(0, equals),
                      trimmed_view(shortened(line.substr(equals + 1), 5 * kMostText)));
  }

  Status read_line(std::size_t at, std::string_view line) {
    if (line.starts_with("INI ")) return read_start(at, line);
    if (line.starts_with("STO ")) return read_move(at, line);
    if (line.starts_with("SKI ")) return read_pass(line);
    return {};
  }

  Status read_start(std::size_t at, std::string_view line) {
    const auto words = words_of(line);
    const auto handicap = words.size() > 3 ? parse_integer(words[3]) : std::nullopt;
    if (!handicap || *handicap < 0 || *handicap > 9)
      return error_in_line(at, line, "has no handicap from 0 to 9");
    record_.handicap = *handicap >= 2 ? static_cast<int>(*handicap) : 0;
    return {};
  }

  Status read_move(std::size_t at, std::string_view line) {
    const auto words = words_of(line.substr(0, 100));
    const auto part = [&](std::size_t i) {
      return i < words.size() ? parse_integer(words[i]).value_or(-1) : -1;
    };
    const auto point = point_at(part(4), part(5), record_.size);
    if (!point || (part(3) != 1 && part(3) != 2))
      return error_in_line(at, line, "is no move on a 19x19 board");
    return add({part(3) == 1 ? Color::kBlack : Color::kWhite, *point});
  }

  /// The player is not named: it is the one whose turn it is.
  Status read_pass(std::string_view line) {
    const auto words = words_of(line.substr(0, 100));
    const auto& moves = record_.moves;
    Color player = record_.handicap > 0 ? Color::kWhite : Color::kBlack;
    if (!moves.empty()) player = opponent(moves.back().color);
    if (words.size() > 3 && words[3] == "1") player = Color::kBlack;
    if (words.size() > 3 && words[3] == "2") player = Color::kWhite;
    return add({player, Point::pass()});
  }

  Status add(Move move) {
    if (record_.moves.size() + 1 >= limits_.max_nodes) return Error{"too many moves"};
    record_.moves.push_back(move);
    return {};
  }

  void finish() {
    place_handicap(record_);
    info_ = fields_of(field(header_, "GAMEINFOMAIN"));
    tags_ = tags_of(field(header_, "GAMETAG"));
    set_player("GAMEBLACKNAME", "GAMEBLACKNICK", record_.black, record_.black_rank);
    set_player("GAMEWHITENAME", "GAMEWHITENICK", record_.white, record_.white_rank);
    record_.game_name = field(header_, "GAMENAME");
    record_.place = field(header_, "GAMEPLACE");
    record_.date = date_of(field(tags_, "C"));
    if (record_.date.empty()) record_.date = date_of(field(header_, "GAMEDATE"));
    record_.result = result();
    set_komi();
    set_time();
  }

  /// "somebody (9D)" is a name with a rank.
  void set_player(const char* key, const char* nick, std::string& name, std::string& rank) const {
    std::string_view text = field(header_, key);
    const std::size_t open = text.rfind('(');
    if (text.ends_with(')') && open != std::string_view::npos && open > 0) {
      rank = rank_of_server(text.substr(open + 1, text.size() - open - 2));
      text = trimmed_view(text.substr(0, open));
    }
    name = text.empty() ? field(header_, nick) : text;
  }

  /// The first of these numbers that is there.
  std::optional<long long> either(std::string_view info, std::string_view tag,
                                  std::string_view header) const {
    if (const auto n = number(info_, info)) return n;
    if (const auto n = number(tags_, tag)) return n;
    return number(header_, header);
  }

  std::string result() const {
    std::string words = result_of_words(field(header_, "GAMERESULT"));
    const auto code = either("GRLT", "W", "").value_or(-1);
    const auto score = either("ZIPSU", "Z", "GAMEZIPSU").value_or(0);
    const std::string winner = code == 0 || code == 3 || code == 7   ? "B+"
                               : code == 1 || code == 4 || code == 8 ? "W+"
                                                                     : "";
    if (winner.empty()) return words;
    if (code == 3 || code == 4) return winner + "R";
    if (code == 7 || code == 8) return winner + "T";
    if (score > 0 && score < 10000) return winner + tenths(score);
    return words;
  }

  /// Tygem counts territory; a komi of 7.5 is that of China, where area is counted.
  void set_komi() {
    const auto komi = either("GONGJE", "G", "GAMEGONGJE");
    const bool known = komi && *komi >= 0 && *komi <= 4000;
    if (known) record_.komi = tenths(*komi == 375 || *komi == 275 ? *komi / 5 : *komi);
    record_.rules = record_.komi == "7.5" ? "Chinese" : "Korean";
  }

  /// GTIME: main time, length of a period, number of periods.
  void set_time() {
    const auto parts = split_view(field(info_, "GTIME"), '-');
    if (parts.size() != 3) return;
    for (const std::string_view part : parts) {
      const auto value = parse_integer(part);
      if (!value || *value < 0 || *value > 1'000'000) return;
    }
    record_.seconds = parts[0];
    if (parts[2] != "0")
      record_.overtime = std::string(parts[2]) + "x" + std::string(parts[1]) + " byo-yomi";
  }

  const SgfLimits& limits_;
  Fields header_, info_, tags_;
  ServerRecord record_;
};

}  // namespace

Result<ServerRecord> read_gib(std::string_view text, const SgfLimits& limits) {
  return GibReader(limits).read(text);
}

}  // namespace ponnuki::sgf
