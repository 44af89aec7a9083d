#include "selfplay/games/fair_komi.h"

#include <algorithm>
#include <numbers>

namespace ponnuki::selfplay {
namespace {

constexpr std::size_t kGames = 500;  // the most games for the median
constexpr std::size_t kFewest = 50;
// The assumed standard error of the first komi, in points.
constexpr double kDoubt = 5;

double variance(const std::deque<float>& numbers) {
  double sum = 0, squares = 0;
  for (const float number : numbers) {
    sum += static_cast<double>(number);
    squares += static_cast<double>(number) * static_cast<double>(number);
  }
  const auto n = static_cast<double>(numbers.size());
  return std::max(0.0, squares / n - sum / n * sum / n);
}

}  // namespace

void FairKomi::add(const GameRecord& game) {
  if (game.ending != GameRecord::Ending::kPasses) return;
  auto leads = std::find_if(sizes_.begin(), sizes_.end(),
                            [&](const Leads& one) { return one.size == game.size; });
  if (leads == sizes_.end()) leads = sizes_.insert(leads, {game.size, {}});
  leads->newest.push_back(game.rules.komi - game.white_score);
  if (leads->newest.size() > kGames) leads->newest.pop_front();
}

double FairKomi::of(BoardSize size) const {
  for (const Leads& leads : sizes_) {
    if (leads.size != size || leads.newest.size() < kFewest) continue;
    std::vector<float> sorted(leads.newest.begin(), leads.newest.end());
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::nth_element(sorted.begin(), middle, sorted.end());
    const auto n = static_cast<double>(sorted.size());
    // The squared standard error of a median.
    const double error = std::numbers::pi / 2 * variance(leads.newest) / n;
    const double trust = kDoubt * kDoubt / (kDoubt * kDoubt + error);
    return first_ + trust * (static_cast<double>(*middle) - first_);
  }
  return first_;
}

}  // namespace ponnuki::selfplay
