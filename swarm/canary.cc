#include "swarm/canary.h"

#include <algorithm>
#include <cmath>

#include "engine/format.h"
#include "engine/random.h"

namespace ponnuki::swarm {
namespace {

constexpr int kPositions = 4;
constexpr std::uint64_t kSeed = 20161;
// Networks of 8 bits differ by less than a third of these from those of 32 bits.
constexpr double kMostWin = 0.1, kMostChance = 0.15,
                 kMostScore = 0.1;  // score: a point of the board

/// Random moves without passes, a quarter of the board more for each position.
Position position_number(int i, BoardSize size) {
  Random random(kSeed, static_cast<std::uint64_t>(i));
  Position position(size, Rules{});
  for (int tries = i * size.area() / (2 * kPositions); tries > 0; --tries) {
    const auto cell = static_cast<int>(random.below(static_cast<std::uint32_t>(size.area())));
    const Move move{position.to_move(), Point::from_cell(cell, size)};
    if (position.is_legal(move)) position.play(move);
  }
  return position;
}

bool differ(double a, double b, double most) { return !(std::abs(a - b) <= most); }

}  // namespace

std::vector<Canary> canaries_of(Evaluator& net, BoardSize size) {
  std::vector<Canary> canaries;
  for (int i = 0; i < kPositions; ++i) {
    const Evaluation found = evaluate_one(net, position_number(i, size));
    const double chance = *std::ranges::max_element(found.policy);
    canaries.push_back({found.win, found.score_mean / size.area(), chance});
  }
  return canaries;
}

Status compare(const std::vector<Canary>& expected, const std::vector<Canary>& found) {
  for (std::size_t i = 0; i < std::min(expected.size(), found.size()); ++i) {
    const Canary &want = expected[i], &have = found[i];
    if (differ(want.win, have.win, kMostWin) || differ(want.chance, have.chance, kMostChance) ||
        differ(want.score, have.score, kMostScore))
      return Error{
          format("this machine computes the net wrongly: at a known position it finds a "
                 "chance to win of %.2f instead of %.2f",
                 have.win, want.win)};
  }
  return {};
}

}  // namespace ponnuki::swarm
