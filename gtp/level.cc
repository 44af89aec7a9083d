#include "gtp/level.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <limits>

namespace ponnuki::gtp {
namespace {

constexpr int kKyus = 20;
constexpr int kDans = 9;

constexpr std::int64_t kVisitsOfKyus = 32;
// The error's share at some levels, interpolated geometrically between them. Matches
// (docs/results/levels.md) show that a factor of e counts 2.5 times as much in the middle as at
// both ends. With these anchors the steps are even in strength.
struct Anchor {
  int steps;
  double error;
};
constexpr Anchor kErrors[] = {{0, 2.4}, {3, 0.73}, {17, 0.075}, {19, 0.03}};
constexpr double kVisitsOf1d = 48;
constexpr double kVisitsOf9d = 2000;

// The least prior of a move worth considering, as a share of the highest prior.
constexpr double kLeastPrior = 0.02;
// The weight of a move's prior, in units of the error: weak players play by habit.
constexpr double kHabit = 0.25;
// The weight of the search's confidence in a move, its visits, in standard deviations of the
// result.
constexpr double kTrust = 0.1;

double error_of_kyu(int steps) {
  const Anchor* upper = kErrors + 1;
  while (upper->steps < steps) ++upper;
  const Anchor& lower = upper[-1];
  const double share = static_cast<double>(steps - lower.steps) / (upper->steps - lower.steps);
  return lower.error * std::pow(upper->error / lower.error, share);
}

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
    const double dans = level.steps - kKyus;  // steps above 1d
    return {std::llround(kVisitsOf1d * std::pow(kVisitsOf9d / kVisitsOf1d, dans / (kDans - 1))), 0,
            0};
  }
  const double weakness = 1 - static_cast<double>(level.steps) / kKyus;
  return {kVisitsOfKyus, error_of_kyu(level.steps), weakness};
}

Point choose_move_at(const Strength& strength, const search::Analysis& analysis, Point best,
                     Random& random) {
  if (best.is_pass() || strength.error <= 0) return best;
  double likeliest = 0, most_visits = 1;
  for (const search::MoveInfo& info : analysis.moves) {
    likeliest = std::max(likeliest, info.prior);
    most_visits = std::max(most_visits, static_cast<double>(info.visits));
  }
  const double unsure = analysis.root.score_stdev;
  const auto found = std::ranges::find(analysis.moves, best, &search::MoveInfo::move);
  // A move may look better than the search's choice only because the search has visited it less.
  const double most_points =
      found == analysis.moves.end() ? std::numeric_limits<double>::max() : found->score_lead;
  Point chosen = best;
  double most = 0;
  bool any = false;
  for (const search::MoveInfo& info : analysis.moves) {
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

}  // namespace ponnuki::gtp
