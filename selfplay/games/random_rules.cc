#include "selfplay/games/random_rules.h"

#include <array>

namespace ponnuki::selfplay {
namespace {

// In the order of KoRule and TaxRule.
constexpr std::array kKoChances = {0.35, 0.45, 0.2};
constexpr std::array kAreaTaxChances = {0.92, 0.05, 0.03};
constexpr std::array kTerritoryTaxChances = {0.15, 0.8, 0.05};
constexpr double kSuicideChance = 0.25, kTerritoryChance = 0.25;

}  // namespace

Rules random_rules(Random& random) {
  Rules rules;
  rules.ko = static_cast<KoRule>(random.pick(kKoChances));
  rules.multi_stone_suicide = random.uniform() < kSuicideChance;
  const bool territory = random.uniform() < kTerritoryChance;
  rules.scoring = territory ? ScoringRule::kTerritory : ScoringRule::kArea;
  rules.tax = static_cast<TaxRule>(random.pick(territory ? kTerritoryTaxChances : kAreaTaxChances));
  return rules;
}

}  // namespace ponnuki::selfplay
