#include "selfplay/fair_komi.h"

#include <algorithm>

namespace ponnuki {
namespace {

constexpr std::size_t kGames = 500;  // that the median is over
constexpr std::size_t kFewest = 50;

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
    return static_cast<double>(*middle);
  }
  return first_;
}

}  // namespace ponnuki
