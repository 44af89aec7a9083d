#include "selfplay/random_rules.h"

#include <array>
#include <cstddef>

namespace ponnuki {
namespace {

template <std::size_t N>
std::size_t draw(const std::array<double, N>& chances, Random& random) {
  double at = random.uniform();
  for (std::size_t i = 0; i + 1 < N; ++i)
    if ((at -= chances[i]) < 0) return i;
  return N - 1;
}

// In the order of KoRule and TaxRule.
constexpr std::array kKoChances = {0.35, 0.45, 0.2};
constexpr std::array kAreaTaxChances = {0.92, 0.05, 0.03};
constexpr std::array kTerritoryTaxChances = {0.15, 0.8, 0.05};
constexpr double kSuicideChance = 0.25, kTerritoryChance = 0.25;

}  // namespace

Rules random_rules(Random& random) {
  Rules rules;
  rules.ko = static_cast<KoRule>(draw(kKoChances, random));
  rules.multi_stone_suicide = random.uniform() < kSuicideChance;
  const bool territory = random.uniform() < kTerritoryChance;
  rules.scoring = territory ? ScoringRule::kTerritory : ScoringRule::kArea;
  rules.tax =
      static_cast<TaxRule>(draw(territory ? kTerritoryTaxChances : kAreaTaxChances, random));
  return rules;
}

}  // namespace ponnuki
