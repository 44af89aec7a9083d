#include "engine/rank.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>

namespace ponnuki {
namespace {

constexpr int kKyus = 20;
constexpr int kDans = 9;
static_assert(kKyus + kDans == Rank::kCount);

}  // namespace

std::optional<Rank> parse_rank(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end + 1 != text.data() + text.size()) return {};
  const int kind = std::tolower(static_cast<unsigned char>(*end));
  if (kind == 'k' && number >= 1 && number <= kKyus) return Rank{kKyus - number};
  if (kind == 'd' && number >= 1 && number <= kDans) return Rank{kKyus - 1 + number};
  return {};
}

std::string to_string(Rank rank) {
  return rank.steps < kKyus ? std::to_string(kKyus - rank.steps) + "k"
                            : std::to_string(rank.steps - kKyus + 1) + "d";
}

Rank nearest_rank(double steps) {
  return {static_cast<int>(std::lround(std::clamp(steps, 0.0, Rank::kCount - 1.0)))};
}

int measured_board(BoardSize size) {
  if (size.area() <= 11 * 11) return 9;
  return size.area() <= 16 * 16 ? 13 : 19;
}

}  // namespace ponnuki
