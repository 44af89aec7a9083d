#include "gtp/level.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <limits>

namespace ponnuki {
namespace {

constexpr int kKyus = 20;
constexpr int kDans = 9;

constexpr std::int64_t kVisitsOfKyus = 32;
constexpr double kErrorOf20k = 2.4;
constexpr double kErrorOf1k = 0.03;
constexpr double kVisitsOf1d = 48;
constexpr double kVisitsOf9d = 2000;

constexpr double kLeastPrior = 0.02;  // of a move worth considering, to that of the likeliest
// What a move's prior is worth to those who play by habit, in errors.
constexpr double kHabit = 0.25;
// What the search's trust in a move is worth, its visits, in standard deviations of the result.
constexpr double kTrust = 0.1;

}  // namespace

std::optional<Level> parse_level(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end + 1 != text.data() + text.size()) return {};
  const int kind = std::tolower(static_cast<unsigned char>(*end));
  if (kind == 'k' && number >= 1 && number <= kKyus) return Level{kKyus - number};
  if (kind == 'd' && number >= 1 && number <= kDans) return Level{kKyus - 1 + number};
  return {};
}

std::string to_string(Level level) {
  return level.steps < kKyus ? std::to_string(kKyus - level.steps) + "k"
                             : std::to_string(level.steps - kKyus + 1) + "d";
}

Strength strength_of(Level level) {
  if (level.steps >= kKyus) {
    const double dans = level.steps - kKyus;  // above 1d
    return {std::llround(kVisitsOf1d * std::pow(kVisitsOf9d / kVisitsOf1d, dans / (kDans - 1))), 0,
            0};
  }
  const double weakness = 1 - static_cast<double>(level.steps) / kKyus;
  return {kVisitsOfKyus,
          kErrorOf20k * std::pow(kErrorOf1k / kErrorOf20k, level.steps / (kKyus - 1.0)), weakness};
}

Point choose_move_at(const Strength& strength, const Analysis& analysis, Point best,
                     Random& random) {
  if (best.is_pass() || strength.error <= 0) return best;
  double likeliest = 0, most_visits = 1;
  for (const MoveInfo& info : analysis.moves) {
    likeliest = std::max(likeliest, info.prior);
    most_visits = std::max(most_visits, static_cast<double>(info.visits));
  }
  const double unsure = analysis.root.score_stdev;
  const auto found = std::ranges::find(analysis.moves, best, &MoveInfo::move);
  // A move may look better than the search's choice only for having been looked at less.
  const double most_points =
      found == analysis.moves.end() ? std::numeric_limits<double>::max() : found->score_lead;
  Point chosen = best;
  double most = 0;
  bool any = false;
  for (const MoveInfo& info : analysis.moves) {
    const double habit = std::max(info.prior, 1e-6) / std::max(likeliest, 1e-6);
    const bool considered = info.move == best || habit >= kLeastPrior;
    if (!considered || info.visits == 0 || info.move.is_pass()) continue;
    const double error = strength.error * (random.normal() + kHabit * std::log(habit));
    const double trust = kTrust * std::log(static_cast<double>(info.visits) / most_visits);
    const double worth = std::min(info.score_lead, most_points) + unsure * (error + trust);
    if (!any || worth > most) {
      chosen = info.move;
      most = worth;
    }
    any = true;
  }
  return chosen;
}

}  // namespace ponnuki
