#include "gtp/level.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

#include "engine/coord.h"

namespace ponnuki::gtp {
namespace {

// Powers: a scale of strengths that all boards share. Up to kLeastExact a player searches kVisits
// and errs, the less the higher its power; from there on it makes no errors and searches more.
constexpr double kLeastExact = 20;
constexpr double kMostPower = 28;
constexpr std::int64_t kVisits = 32;
constexpr double kVisitsOfLeastExact = 48;
constexpr double kVisitsOfMost = 2000;

// The error's share at some powers, interpolated geometrically between them. A factor of e counts
// 2.5 times as much in the middle as at both ends (docs/results/levels.md).
struct ErrorPoint {
  double power;
  double error;
};
constexpr ErrorPoint kErrors[] = {{-6, 12}, {0, 2.4}, {3, 0.73}, {17, 0.075}, {19, 0.03}};

// The power that a rank needs on a board, interpolated linearly between these points. The ends are
// the weakest and the strongest that a level plays there.
struct CurvePoint {
  double steps;  // of the rank, above 20k
  double power;
};
// Measured with the nets inside: for small boards that of commit 1c1ff29, for large ones that of
// commit 39cd4bd (docs/results/levels.md).
constexpr CurvePoint kCurve9[] = {{0, -6},    {3.9, 0},   {7.1, 5},   {10.5, 10}, {12.5, 15},
                                  {13.3, 19}, {15.1, 21}, {17.7, 24}, {20, 28}};
constexpr CurvePoint kCurve13[] = {{0, -6},    {2.9, 0},   {5, 5},     {8, 10}, {11.6, 15},
                                   {12.5, 19}, {13.5, 21}, {14.8, 24}, {16, 28}};
constexpr CurvePoint kCurve19[] = {{0, 1}, {7.5, 10}, {11.3, 16.2}, {12.9, 20.6}, {14, 28}};

/// The curve of the nearest board that was measured.
std::span<const CurvePoint> curve_of(BoardSize size) {
  switch (measured_board(size)) {
    case 9:
      return kCurve9;
    case 13:
      return kCurve13;
    default:
      return kCurve19;
  }
}

double error_of(double power) {
  const ErrorPoint* upper = kErrors + 1;
  while (upper + 1 < std::end(kErrors) && upper->power < power) ++upper;
  const ErrorPoint& lower = upper[-1];
  const double share = (power - lower.power) / (upper->power - lower.power);
  return lower.error * std::pow(upper->error / lower.error, share);
}

Strength strength_at(double power) {
  if (power < kLeastExact) return {kVisits, error_of(power), 1 - power / kLeastExact};
  const double share = (power - kLeastExact) / (kMostPower - kLeastExact);
  const double factor = std::pow(kVisitsOfMost / kVisitsOfLeastExact, share);
  return {std::llround(kVisitsOfLeastExact * factor), 0, 0};
}

// The least prior of a move worth considering, as a share of the highest prior.
constexpr double kLeastPrior = 0.02;
// The weight of a move's prior, in units of the error: weak players play by habit.
constexpr double kHabit = 0.25;
// The weight of the search's confidence in a move, its visits, in standard deviations of the
// result.
constexpr double kTrust = 0.1;

}  // namespace

Strength strength_of(Rank level, BoardSize size) {
  const std::span<const CurvePoint> curve = curve_of(size);
  const double steps = std::clamp<double>(level.steps, curve.front().steps, curve.back().steps);
  auto upper = curve.begin() + 1;
  while (upper->steps < steps) ++upper;
  const CurvePoint& lower = upper[-1];
  return strength_at(
      std::lerp(lower.power, upper->power, (steps - lower.steps) / (upper->steps - lower.steps)));
}

Rank strongest_level(BoardSize size) { return nearest_rank(curve_of(size).back().steps); }

std::string level_note(Rank level, BoardSize size) {
  const Rank strongest = strongest_level(size);
  if (level <= strongest) return {};
  return "the net inside does not reach " + to_string(level) + " on " + size_text(size) +
         "; its strongest level there is about " + to_string(strongest);
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
