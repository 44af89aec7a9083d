#include "engine/sgf/servers/record_fields.h"

#include <algorithm>

#include "engine/sgf/value.h"
#include "engine/text.h"

namespace ponnuki::sgf {
namespace {

constexpr std::string_view kBlanks = " \t\r\n\v\f";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Reads the next number of the text, and removes it with what stands before it. -1: none.
int take_number(std::string_view& text, std::size_t most_digits) {
  const std::size_t begin = text.find_first_of("0123456789");
  if (begin == std::string_view::npos) return -1;
  std::size_t end = begin;
  while (end < text.size() && is_digit(text[end]) && end - begin < most_digits) ++end;
  const auto number = parse_integer(text.substr(begin, end - begin));
  text.remove_prefix(end);
  return static_cast<int>(number.value_or(-1));
}

/// The number of the first move at `p`; the number of all moves if there is none.
std::ptrdiff_t turn_of(const ServerRecord& record, Point p) {
  return std::ranges::find(record.moves, p, &Move::point) - record.moves.begin();
}

void add_text_property(SgfTree& tree, SgfNodeId node, const char* name, const std::string& text) {
  if (!text.empty()) tree.add_property(node, name, escape_sgf_text(text));
}

void add_stones(SgfTree& tree, SgfNodeId node, const char* name, const std::vector<Point>& stones) {
  std::vector<std::string> values;
  values.reserve(stones.size());
  for (const Point p : stones) values.push_back(to_sgf(p));
  if (!values.empty()) tree.add_property(node, name, values);
}

}  // namespace

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    lines.push_back(trimmed_view(text.substr(0, end)));
    const bool two = text.substr(end).starts_with("\r\n");
    text.remove_prefix(std::min(end + (two ? 2 : 1), text.size()));
  }
  return lines;
}

std::string_view trimmed_view(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

std::string_view shortened(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
  return text.substr(0, most);
}

std::vector<std::string_view> split_view(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.push_back(trimmed_view(text.substr(0, end)));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!(text = trimmed_view(text)).empty()) {
    const std::size_t end = std::min(text.find_first_of(kBlanks), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return words;
}

Error error_in_line(std::size_t line, std::string_view text, const std::string& what) {
  return {"line " + std::to_string(line) + ": '" + std::string(shortened(text, 40)) + "' " + what};
}

std::optional<Point> point_at(long long x, long long y, int size) {
  if (x < 0 || y < 0 || x >= size || y >= size) return std::nullopt;
  return Point::at(static_cast<int>(x), static_cast<int>(y));
}

void place_handicap(ServerRecord& record) {
  const int size = record.size, n = record.handicap;
  if (n < 2 || n > 9 || size < 7 || (n > 4 && size % 2 == 0)) return;
  const int low = size < 13 ? 2 : 3, high = size - 1 - low, middle = size / 2;
  auto& stones = record.black_setup;
  stones = {Point::at(high, low), Point::at(low, high)};
  const Point upper_left = Point::at(low, low), lower_right = Point::at(high, high);
  const bool left_is_free = turn_of(record, upper_left) >= turn_of(record, lower_right);
  if (n >= 3) stones.push_back(left_is_free ? upper_left : lower_right);
  if (n >= 4) stones.push_back(left_is_free ? lower_right : upper_left);
  if (n >= 6) {
    stones.push_back(Point::at(low, middle));
    stones.push_back(Point::at(high, middle));
  }
  if (n >= 8) {
    stones.push_back(Point::at(middle, low));
    stones.push_back(Point::at(middle, high));
  }
  if (n == 5 || n == 7 || n == 9) stones.push_back(Point::at(middle, middle));
}

std::string date_of(std::string_view text) {
  text = trimmed_view(text).substr(0, 40);
  if (text.empty() || !is_digit(text[0])) return "";
  const int year = take_number(text, 4);
  const int month = take_number(text, 2);
  const int day = take_number(text, 2);
  if (year < 1000 || month < 1 || month > 12 || day < 1 || day > 31) return "";
  const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return std::to_string(year) + "-" + two(month) + "-" + two(day);
}

std::string rank_of_server(std::string_view text) {
  constexpr std::pair<std::string_view, int> kNumerals[] = {
      {"初", 1}, {"一", 1}, {"二", 2}, {"三", 3}, {"四", 4},
      {"五", 5}, {"六", 6}, {"七", 7}, {"八", 8}, {"九", 9}};
  constexpr std::pair<std::string_view, const char*> kKinds[] = {
      {"DP", "p"},  {"P", "p"},  {"p", "p"},  {"D", "d"},  {"d", "d"},  {"K", "k"}, {"k", "k"},
      {"段P", "p"}, {"段", "d"}, {"단", "d"}, {"급", "k"}, {"级", "k"}, {"級", "k"}};
  std::string_view rest = trimmed_view(text);
  std::string number;
  while (!rest.empty() && is_digit(rest[0]) && number.size() < 3) {
    number += rest[0];
    rest.remove_prefix(1);
  }
  for (const auto& [numeral, value] : kNumerals) {
    if (!number.empty() || !rest.starts_with(numeral)) continue;
    number = std::to_string(value);
    rest.remove_prefix(numeral.size());
  }
  rest = trimmed_view(rest);
  for (const auto& [kind, letter] : kKinds) {
    if (number.empty() || !rest.starts_with(kind)) continue;
    const std::string_view mark = rest.substr(kind.size());
    if (mark.empty() || mark == "*" || mark == "?") return number + letter + std::string(mark);
  }
  return std::string(trimmed_view(text));
}

void add_game(const ServerRecord& record, SgfTree& tree) {
  SgfNodeId node = tree.add_root();
  for (const auto& [name, value] : {std::pair("FF", "4"), std::pair("GM", "1")})
    tree.add_property(node, name, std::string(value));
  tree.add_property(node, "CA", "UTF-8");
  tree.add_property(node, "SZ", std::to_string(record.size));
  const std::pair<const char*, const std::string*> texts[] = {
      {"PB", &record.black},      {"BR", &record.black_rank}, {"PW", &record.white},
      {"WR", &record.white_rank}, {"KM", &record.komi},       {"RU", &record.rules},
      {"RE", &record.result},     {"DT", &record.date},       {"EV", &record.event},
      {"PC", &record.place},      {"GN", &record.game_name},  {"CP", &record.copyright},
      {"TM", &record.seconds},    {"OT", &record.overtime}};
  for (const auto& [name, text] : texts) add_text_property(tree, node, name, *text);
  if (record.handicap >= 2) tree.add_property(node, "HA", std::to_string(record.handicap));
  add_stones(tree, node, "AB", record.black_setup);
  add_stones(tree, node, "AW", record.white_setup);
  for (const Move& move : record.moves) {
    node = tree.add_child(node);
    tree.add_property(node, move.color == Color::kBlack ? "B" : "W", to_sgf(move.point));
  }
}

}  // namespace ponnuki::sgf
