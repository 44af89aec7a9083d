#include "engine/sgf/komi.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "engine/sgf/value.h"
#include "engine/text.h"

namespace ponnuki::sgf {
namespace {

constexpr double kMostKomi = 400;
// A number above this makes no sense as points.
constexpr double kMostPoints = 100;
// Fox writes half a point as 50.
constexpr double kFoxHundredths = 20;
constexpr double kUsualKomi = 20;

bool means_none(const std::string& text) {
  constexpr std::string_view kWords[] = {"none", "no", "no komi", "nil",  "-",    "n/a",
                                         "even", "无", "無",      "なし", "없음", "不贴目"};
  return std::ranges::find(kWords, to_lower(text)) != std::end(kWords);
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// A number with words around it.
struct Measure {
  double number;
  bool zi;
};

/// "6.5 points", "6目半", "黑贴3又3/4子".
std::optional<Measure> read_measure(const std::string& text) {
  const std::size_t begin = text.find_first_of("0123456789");
  if (begin == std::string::npos) return {};
  const std::size_t end = std::min(text.find_first_not_of("0123456789.,", begin), text.size());
  auto number = parse_sgf_number(std::string_view(text).substr(begin, end - begin));
  if (!number) return {};
  const std::string_view rest = std::string_view(text).substr(end);
  if (contains(rest, "3/4")) *number += 0.75;
  if (contains(rest, "1/4")) *number += 0.25;
  if (contains(rest, "1/2") || contains(rest, "半") || contains(rest, "half") ||
      contains(rest, "½"))
    *number += 0.5;
  if (begin > 0 && text[begin - 1] == '-') *number = -*number;
  return Measure{*number, contains(rest, "子") || contains(rest, "zi")};
}

bool is_usual_zi(double komi) {
  const double size = std::abs(komi);
  return size == 2.75 || size == 3.25 || size == 3.75;
}

/// A number without words.
KomiReading read_plain(double number, const std::string& text, const KomiSource& source) {
  if (source.ours) return {number, ""};
  const bool whole = number == std::floor(number);
  const bool hundredths =
      std::abs(number) > kMostPoints || (source.fox && whole && std::abs(number) >= kFoxHundredths);
  double komi = hundredths ? number / 100 : number;
  std::string as = hundredths ? "hundredths" : "";
  if (is_usual_zi(komi)) {
    as = short_number(komi) + " zi";
    komi *= 2;
  }
  if (!as.empty())
    return {komi,
            quoted_property("KM", text) + " is read as " + as + ": komi " + short_number(komi)};
  if (std::abs(komi) > kUsualKomi)
    return {komi, quoted_property("KM", text) + ": such a komi is rare; it is read as points"};
  return {komi, ""};
}

}  // namespace

KomiReading read_komi(std::string_view raw, const KomiSource& source) {
  std::string text(raw);
  text.erase(0, std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  text.erase(text.find_last_not_of(" \t\r\n") + 1);
  if (text.empty()) return {};
  KomiReading reading;
  if (const auto number = parse_sgf_number(text)) {
    reading = read_plain(*number, text, source);
  } else if (means_none(text)) {
    reading = {0, quoted_property("KM", text) + " is not a number: read as komi 0"};
  } else if (const auto measure = read_measure(text)) {
    reading = read_plain(measure->number, text, source);
    if (measure->zi && *reading.komi == measure->number) *reading.komi *= 2;
    reading.note = quoted_property("KM", text) + " is not a plain number: read as komi " +
                   short_number(*reading.komi);
  } else {
    return {{}, quoted_property("KM", text) + " is not a number"};
  }
  if (std::abs(*reading.komi) > kMostKomi)
    return {{}, quoted_property("KM", text) + " is no possible komi (at most 400)"};
  return reading;
}

std::string komi_text(float komi) {
  char text[64];
  const auto end = std::to_chars(text, text + sizeof text, komi, std::chars_format::fixed);
  return {text, end.ptr};
}

}  // namespace ponnuki::sgf
