#include "engine/sgf/servers/result_words.h"

#include <algorithm>
#include <array>
#include <limits>
#include <span>

#include "engine/text.h"

namespace ponnuki::sgf {
namespace {

using Words = std::span<const std::string_view>;

constexpr std::string_view kBlack[] = {"black", "흑", "黑", "黒", "ดำ"};
constexpr std::string_view kWhite[] = {"white", "백", "白", "ขาว"};
constexpr std::string_view kLoses[] = {"los", "패", "负", "負", "敗", "败"};
constexpr std::string_view kResigns[] = {"resi", "불계", "기권", "中盘", "中盤",
                                         "中押", "投了", "投子", "认输"};
constexpr std::string_view kTime[] = {"time", "시간", "时间", "時間", "超时", "超時"};
constexpr std::string_view kDraw[] = {"draw", "jigo", "무승부", "빅", "和棋", "和局", "持碁"};
constexpr std::string_view kHalf[] = {"半", "반"};

/// The place of the first of these words, or npos.
std::size_t first_of(std::string_view text, Words words) {
  std::size_t first = std::string_view::npos;
  for (const std::string_view word : words) first = std::min(first, text.find(word));
  return first;
}

bool has(std::string_view text, Words words) {
  return first_of(text, words) != std::string_view::npos;
}

/// The points behind the winner: "5.5", "2目半", "반집". "" if there are none.
std::string points_in(std::string_view text) {
  const std::size_t begin = text.find_first_of("0123456789");
  double points = 0;
  if (begin != std::string_view::npos) {
    const std::size_t end = std::min(text.find_first_not_of("0123456789.", begin), text.size());
    std::string_view number = text.substr(begin, std::min<std::size_t>(end - begin, 12));
    while (number.ends_with('.')) number.remove_suffix(1);
    points = parse_number(number).value_or(0);
  }
  if (has(text, kHalf)) points += 0.5;
  return points > 0 && points < 1000 ? short_number(points) : "";
}

}  // namespace

std::string tenths(long long number) { return short_number(static_cast<double>(number) / 10); }

std::string result_of_words(std::string_view text) {
  // Behind ">>" are the points of both sides.
  const std::string words = to_lower(text.substr(0, std::min(text.find(">>"), std::size_t{400})));
  const std::size_t black = first_of(words, kBlack), white = first_of(words, kWhite);
  if (black == white) return has(words, kDraw) ? "0" : "";
  const std::string_view rest = std::string_view(words).substr(std::min(black, white));
  const bool loses = has(rest, kLoses);
  const std::string winner = (black < white) != loses ? "B+" : "W+";
  if (has(rest, kResigns)) return winner + "R";
  if (has(rest, kTime)) return winner + "T";
  return winner + points_in(rest);
}

}  // namespace ponnuki::sgf
