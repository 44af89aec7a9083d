// UGF, the records of PandaNet (.ugf, .ugi):
//
//     [Header]
//     Lang=SJIS
//     Crypt=0,PLAIN_UGF_FILE,READ_WRITE
//     Date=2019/03/08,22:09:00,2019/03/09,07:16:59
//     Rule=JPN
//     Size=19
//     Hdcp=0,5.50                 handicap, komi
//     Ptime=J;240;0;0,J;240;0;0   main time in minutes, …
//     Winner=B,7.50               the winner, and the score or C (resigned), T (on time), F
//     CoordinateType=IGS          y is counted from below; else from above
//     PlayerB=somebody,7d,,
//     [Data]
//     DD,B1,0,0                   x, y (A is the first line), player, number, seconds. Number 0:
//     QP,W1,1,0                   set up before the game. x of Y or Z: a pass
//
// Other sections hold pictures, variations and comments, and are left out.
#include <algorithm>
#include <map>

#include "engine/sgf/servers/formats.h"
#include "engine/sgf/servers/result_words.h"
#include "engine/text.h"

namespace ponnuki::sgf {
namespace {

class UgfReader {
 public:
  explicit UgfReader(const SgfLimits& limits) : limits_(limits) {}

  Result<ServerRecord> read(std::string_view text) {
    const auto lines = lines_of(text);
    std::string section;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const std::string_view line = lines[i];
      if (line.starts_with('[') && line.ends_with(']')) {
        section = to_lower(line);
        if (section == "[data]") PONNUKI_TRY(finish_header());
      } else if (section == "[header]") {
        read_header(line);
      } else if (section == "[data]") {
        PONNUKI_TRY(read_move(i + 1, line));
      }
    }
    if (!finished_) PONNUKI_TRY(finish_header());
    return std::move(record_);
  }

 private:
  void read_header(std::string_view line) {
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos) return;
    header_.emplace(to_lower(trimmed_view(line.substr(0, equals))),
                    trimmed_view(shortened(line.substr(equals + 1), 1000)));
  }
  std::string_view field(std::string_view name) const {
    const auto found = header_.find(name);
    return found == header_.end() ? std::string_view() : std::string_view(found->second);
  }
  /// Part `at` of the field, which has commas between its parts.
  std::string_view part(std::string_view name, std::size_t at) const {
    const auto parts = split_view(field(name), ',');
    return at < parts.size() ? parts[at] : std::string_view();
  }

  Status finish_header() {
    if (std::exchange(finished_, true)) return {};
    const std::string_view crypt = field("crypt");
    if (!crypt.empty() && crypt.find("PLAIN") == std::string_view::npos)
      return Error{"this UGF file is encrypted (Crypt=" + std::string(shortened(crypt, 40)) +
                   "); save it as plain UGF or as SGF"};
    if (!field("size").empty()) {
      const auto size = parse_integer(field("size"));
      if (!size || *size < kMinLength || *size > kMaxLength)
        return Error{"Size=" + std::string(shortened(field("size"), 40)) +
                     " is no size of a board from 2 to 25"};
      record_.size = static_cast<int>(*size);
    }
    from_below_ = to_lower(field("coordinatetype")) == "igs";
    set_players();
    set_game();
    return {};
  }

  void set_players() {
    record_.black = part("playerb", 0);
    record_.white = part("playerw", 0);
    record_.black_rank = rank_of_server(part("playerb", 1));
    record_.white_rank = rank_of_server(part("playerw", 1));
    const auto handicap = parse_integer(part("hdcp", 0)).value_or(0);
    if (handicap >= 2 && handicap < record_.size * record_.size)
      record_.handicap = static_cast<int>(handicap);
    const auto komi = parse_number(part("hdcp", 1));
    if (komi && *komi >= -400 && *komi <= 400) record_.komi = short_number(*komi);
  }

  void set_game() {
    record_.date = date_of(field("date"));
    record_.place = field("place");
    record_.copyright = field("copyright");
    record_.event = title();
    record_.rules = rules();
    record_.result = result();
    const auto minutes = split_view(part("ptime", 0), ';');
    const auto main = minutes.size() > 1 ? parse_integer(minutes[1]) : std::nullopt;
    if (main && *main > 0 && *main < 100'000) record_.seconds = std::to_string(*main * 60);
  }

  /// The parts of the title that are not empty.
  std::string title() const {
    std::string text;
    for (const std::string_view part : split_view(field("title"), ',')) {
      if (!part.empty()) text += (text.empty() ? "" : ", ") + std::string(part);
    }
    return text;
  }

  std::string rules() const {
    const std::string name = to_lower(field("rule"));
    if (name.starts_with("jp")) return "Japanese";
    if (name.starts_with("ch") || name == "cn") return "Chinese";
    if (name.starts_with("ko") || name == "kr") return "Korean";
    return std::string(field("rule"));
  }

  std::string result() const {
    const std::string winner = to_lower(part("winner", 0));
    const std::string how = to_lower(part("winner", 1));
    if (winner == "d") return "0";
    if (winner == "n" || winner == "n1" || winner == "o") return "Void";
    if (winner != "b" && winner != "w") return "";
    const std::string side = winner == "b" ? "B+" : "W+";
    if (how.starts_with('c') || how.starts_with('r')) return side + "R";
    if (how.starts_with('t')) return side + "T";
    if (how.starts_with('f')) return side + "F";
    const auto points = parse_number(how);
    return side + (points && *points > 0 && *points < 1000 ? short_number(*points) : "");
  }

  Status read_move(std::size_t at, std::string_view line) {
    const auto parts = split_view(line.substr(0, 100), ',');
    const bool shaped = parts.size() >= 3 && parts[0].size() == 2 && !parts[1].empty();
    if (!shaped || !is_letter(parts[0][0]) || !is_letter(parts[0][1])) return {};
    const auto player = player_of(parts[1]);
    const bool is_setup = parts[2] == "0";
    if (!player) return error_in_line(at, line, "is of neither player");
    const int x = letter(parts[0][0]), y = letter(parts[0][1]);
    if (x >= 24 && x >= record_.size) return is_setup ? Status() : add({*player, Point::pass()});
    const auto point = point_at(x, from_below_ ? record_.size - 1 - y : y, record_.size);
    if (!point) return error_in_line(at, line, "is not on the board");
    if (!is_setup) return add({*player, *point});
    (*player == Color::kBlack ? record_.black_setup : record_.white_setup).push_back(*point);
    return {};
  }

  Status add(Move move) {
    if (record_.moves.size() + 1 >= limits_.max_nodes) return Error{"too many moves"};
    record_.moves.push_back(move);
    return {};
  }

  static bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
  static int letter(char c) { return c >= 'a' ? c - 'a' : c - 'A'; }
  /// "B1", "W2"; "MK" marks a pass of the player whose turn it is.
  std::optional<Color> player_of(std::string_view text) const {
    if (text[0] == 'B' || text[0] == 'b') return Color::kBlack;
    if (text[0] == 'W' || text[0] == 'w') return Color::kWhite;
    if (text != "MK" || record_.moves.empty()) return std::nullopt;
    return opponent(record_.moves.back().color);
  }

  const SgfLimits& limits_;
  std::map<std::string, std::string, std::less<>> header_;
  bool finished_ = false, from_below_ = false;
  ServerRecord record_;
};

}  // namespace

Result<ServerRecord> read_ugf(std::string_view text, const SgfLimits& limits) {
  return UgfReader(limits).read(text);
}

}  // namespace ponnuki::sgf
