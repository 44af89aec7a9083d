// NGF, the records of CyberOro and WBaduk:
//
//     Rated game                title              or, in older files, each line behind "GI":
//     19                        size                   title, White, Black, "", "", date, size,
//     somebody    9DP           White, rank            handicap, "", komi, number of moves
//     nobody      7D*           Black, rank
//     www.cyberoro.com          place
//     0                         handicap
//     0
//     6                         komi; without handicap half a point is added
//     20170316 [09:37]          date
//     5
//     White wins by resign!     result
//     189                       number of moves
//     PMABBREER                 number of the move, player, x, y, y, x; "B" is the first line,
//                               counted from the upper left, and "AA" a pass
#include <algorithm>

#include "engine/sgf/servers/formats.h"
#include "engine/sgf/servers/result_words.h"
#include "engine/text.h"

namespace ponnuki::sgf {
namespace {

/// Where the fields of the header stand.
struct Layout {
  std::size_t title, size, white, black, place, handicap, komi, date, result;
};
constexpr std::size_t kNowhere = 99;
constexpr Layout kLayout = {0, 1, 2, 3, 4, 5, 7, 8, 10};
constexpr Layout kOldLayout = {0, 6, 1, 2, 3, 7, 9, 5, kNowhere};
constexpr std::size_t kHeader = 12;  // lines

bool is_move(std::string_view line) {
  return line.size() >= 7 && line.starts_with("PM") && (line[4] == 'B' || line[4] == 'W');
}

/// The lines of the header, and which of the two layouts they have.
struct Header {
  std::vector<std::string_view> lines;
  Layout layout = kLayout;

  std::string_view at(std::size_t field) const {
    return field < lines.size() ? shortened(lines[field], 1000) : std::string_view();
  }
  std::optional<long long> number(std::size_t field) const { return parse_integer(at(field)); }
};

Header header_of(std::span<const std::string_view> lines) {
  Header header;
  const bool old = !lines.empty() && lines[0].starts_with("GI") && lines.size() > 1 &&
                   lines[1].starts_with("GI");
  if (old) header.layout = kOldLayout;
  for (const std::string_view line : lines) {
    if (header.lines.size() == kHeader || is_move(line)) break;
    header.lines.push_back(old && line.starts_with("GI") ? trimmed_view(line.substr(2)) : line);
  }
  return header;
}

/// "somebody    9DP": the last word is a rank if it begins with a digit or is one in other words.
void set_player(std::string_view text, std::string& name, std::string& rank) {
  const auto words = words_of(text);
  name = text;
  if (words.size() < 2) return;
  const std::string last = rank_of_server(words.back());
  const bool is_rank = !last.empty() && last[0] >= '0' && last[0] <= '9' && last != words.back();
  const bool plain = last == words.back() && last.size() >= 2 && last[0] >= '0' && last[0] <= '9' &&
                     last.find_first_of("dkp") != std::string::npos;
  if (!is_rank && !plain) return;
  rank = last;
  name = trimmed_view(text.substr(0, text.size() - words.back().size()));
}

/// Old files have the result in a comment behind the moves: "IDB[211] 黑中盘胜[EndTxt]".
std::string result_behind(const std::vector<std::string_view>& lines) {
  for (auto line = lines.rbegin(); line != lines.rend() && !is_move(*line); ++line) {
    if (std::string result = result_of_words(*line); !result.empty()) return result;
  }
  return "";
}

Result<Move> read_move(std::size_t at, std::string_view line, int size) {
  const Color player = line[4] == 'B' ? Color::kBlack : Color::kWhite;
  if (line[5] == 'A' && line[6] == 'A') return Move{player, Point::pass()};
  const auto point = point_at(line[5] - 'B', line[6] - 'B', size);
  if (!point) return error_in_line(at, line, "is not on the board");
  return Move{player, *point};
}

Status set_numbers(const Header& header, ServerRecord& record) {
  const auto size = header.number(header.layout.size).value_or(19);
  if (size < kMinLength || size > kMaxLength)
    return error_in_line(header.layout.size + 1, header.at(header.layout.size),
                         "is no size of a board from 2 to 25");
  record.size = static_cast<int>(size);
  const auto handicap = header.number(header.layout.handicap).value_or(0);
  if (handicap < 0 || handicap > 9)
    return error_in_line(header.layout.handicap + 1, header.at(header.layout.handicap),
                         "is no handicap from 0 to 9");
  record.handicap = handicap >= 2 ? static_cast<int>(handicap) : 0;
  const auto komi = parse_number(header.at(header.layout.komi));
  if (!komi || *komi < -400 || *komi > 400) return {};
  const bool whole = *komi == static_cast<double>(static_cast<int>(*komi));
  record.komi = short_number(*komi + (handicap == 0 && whole ? 0.5 : 0));
  return {};
}

}  // namespace

bool is_ngf(const std::vector<std::string_view>& lines) {
  return std::ranges::count_if(lines, is_move) >= 2 || begins_with_ngf_header(lines);
}

bool begins_with_ngf_header(std::span<const std::string_view> lines) {
  if (lines.size() < kHeader || !parse_integer(lines[1])) return false;
  const Header header = header_of(lines);
  return header.lines.size() == kHeader && header.number(1) && header.number(5) &&
         parse_number(header.at(7)) && !date_of(header.at(8)).empty();
}

Result<ServerRecord> read_ngf(std::string_view text, const SgfLimits& limits) {
  const auto lines = lines_of(text);
  const Header header = header_of(lines);
  const Layout& layout = header.layout;
  ServerRecord record;
  PONNUKI_TRY(set_numbers(header, record));
  set_player(header.at(layout.white), record.white, record.white_rank);
  set_player(header.at(layout.black), record.black, record.black_rank);
  record.event = header.at(layout.title);
  record.place = header.at(layout.place);
  record.date = date_of(header.at(layout.date));
  record.result = result_of_words(header.at(layout.result));
  if (record.result.empty()) record.result = result_behind(lines);
  record.rules = "Korean";
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!is_move(lines[i])) continue;
    if (record.moves.size() + 1 >= limits.max_nodes) return Error{"too many moves"};
    PONNUKI_TRY(const Move move, read_move(i + 1, lines[i], record.size));
    record.moves.push_back(move);
  }
  place_handicap(record);
  return record;
}

}  // namespace ponnuki::sgf
