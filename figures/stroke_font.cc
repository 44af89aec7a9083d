// Glyphs are on a grid. A point is a pair of digits: column and row. Row 0 is the bottom of
// descenders, 2 the baseline, 6 the top of small letters, 8 the top of capitals. Blanks separate
// polylines.
#include "figures/stroke_font.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace ponnuki::figures {
namespace {

constexpr double kColumn = 0.1, kRow = 0.12;  // shares of the font size
constexpr double kGap = 1.8;                  // columns between characters
constexpr int kBaseline = 2;

struct Glyph {
  char character;
  const char* lines;
};

constexpr Glyph kGlyphs[] = {
    {'!', "1814 1212"},
    {'"', "0806 2826"},
    {'#', "1218 3238 0444 0646"},
    {'%', "0248 0807171808 3332424333"},
    {'\'', "0806"},
    {'(', "18060412"},
    {')', "08161402"},
    {'*', "2327 0446 0644"},
    {'+', "0545 2327"},
    {',', "1201"},
    {'-', "0535"},
    {'.', "1212"},
    {'/', "0238"},
    {'0', "120307183847433212"},
    {'1', "071812 0222"},
    {'2', "07183847460242"},
    {'3', "07183847463515 354443321203"},
    {'4', "32380444"},
    {'5', "480805354443321203"},
    {'6', "473818070312324344351504"},
    {'7', "084812"},
    {'8', "1506071838474635150403123243443515"},
    {'9', "031232434738180706153546"},
    {':', "1212 1515"},
    {';', "1201 1515"},
    {'<', "370533"},
    {'=', "0444 0646"},
    {'>', "073503"},
    {'?', "07182837362524 2222"},
    {'A', "022842 1535"},
    {'B', "02083847463505 3544433202"},
    {'C', "4738180703123243"},
    {'D', "02082846442202"},
    {'E', "48080242 0535"},
    {'F', "480802 0535"},
    {'G', "47381807031232434525"},
    {'H', "0208 4248 0545"},
    {'I', "0222 0828 1218"},
    {'J', "4843321203"},
    {'K', "0208 4804 1542"},
    {'L', "080242"},
    {'M', "0208254842"},
    {'N', "02084248"},
    {'O', "120307183847433212"},
    {'P', "02083847463505"},
    {'Q', "120307183847433212 2442"},
    {'R', "02083847463505 2542"},
    {'S', "473818070615354443321203"},
    {'T', "0848 2822"},
    {'U', "080312324348"},
    {'V', "082248"},
    {'W', "0812253248"},
    {'X', "0248 0842"},
    {'Y', "082548 2522"},
    {'Z', "08480242"},
    {'[', "18080212"},
    {'\\', "0832"},
    {']', "08181202"},
    {'_', "0141"},
    {'a', "3632 3526160503122233"},
    {'b', "0802 0516263533221203"},
    {'c', "3526160503122233"},
    {'d', "3832 3526160503122233"},
    {'e', "04343526160503122233"},
    {'f', "281712 0626"},
    {'g', "3631201001 3526160503122233"},
    {'h', "0802 0516263532"},
    {'i', "0206 0808"},
    {'j', "161100 1818"},
    {'k', "0802 3603 1432"},
    {'l', "0802"},
    {'m', "0206 05162522 25364542"},
    {'n', "0206 0516263532"},
    {'o', "051626353322120305"},
    {'p', "0006 0516263533221203"},
    {'q', "3036 3526160503122233"},
    {'r', "0206 051626"},
    {'s', "35261605142433221203"},
    {'t', "181322 0626"},
    {'u', "0603122233 3632"},
    {'v', "062246"},
    {'w', "0612253246"},
    {'x', "0236 0632"},
    {'y', "0622 4610"},
    {'z', "06360232"},
    {'|', "0801"},
};

std::string_view lines_of(char c) {
  const auto* const found = std::ranges::find(kGlyphs, c, &Glyph::character);
  return found == std::end(kGlyphs) ? lines_of('?') : found->lines;
}

/// The width of a character and the gap after it, in columns.
double advance(char c) {
  if (c == ' ') return 1.5 + kGap;
  const std::string_view lines = lines_of(c);
  int widest = 0;
  bool is_column = true;  // columns and rows alternate
  for (const char digit : lines) {
    if (digit == ' ') continue;
    if (is_column) widest = std::max(widest, digit - '0');
    is_column = !is_column;
  }
  return widest + kGap;
}

}  // namespace

double stroke_width(double size) { return std::max(1.0, 0.095 * size); }

double stroke_text_width(const std::string& ascii, double size) {
  double columns = 0;
  for (const char c : ascii) columns += advance(c);
  return std::max(0.0, columns - kGap) * kColumn * size;
}

std::vector<std::vector<Stroke>> stroke_text(const std::string& ascii, double x, double y,
                                             double size) {
  std::vector<std::vector<Stroke>> text;
  for (const char c : ascii) {
    std::vector<Stroke> strokes;
    const std::string_view lines = c == ' ' ? std::string_view() : lines_of(c);
    const auto column = [&](std::size_t i) { return x + (lines[i] - '0') * kColumn * size; };
    const auto row = [&](std::size_t i) {
      return y - (lines[i + 1] - '0' - kBaseline) * kRow * size;
    };
    for (std::size_t i = 0; i + 4 <= lines.size(); i += 2) {
      if (lines[i + 2] == ' ') {
        // Together with the step of the loop, goes to the first point of the next polyline.
        ++i;
        continue;
      }
      strokes.push_back({column(i), row(i), column(i + 2), row(i + 2)});
    }
    text.push_back(std::move(strokes));
    x += advance(c) * kColumn * size;
  }
  return text;
}

}  // namespace ponnuki::figures
