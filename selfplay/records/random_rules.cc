#include "selfplay/records/random_rules.h"

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

Rules rules_for_record(const Rules& rules, Random& random) {
  if (random.below(2) == 0) return rules;
  const Rules drawn = random_rules(random);
  Rules other = rules;
  other.ko = drawn.ko;
  other.multi_stone_suicide = drawn.multi_stone_suicide || rules.multi_stone_suicide;
  if (drawn.scoring == rules.scoring) return other;
  const bool to_area = drawn.scoring == ScoringRule::kArea;
  other.scoring = drawn.scoring;
  other.tax = to_area ? TaxRule::kNone : TaxRule::kSeki;
  other.has_button = false;
  const float extra_stone = static_cast<float>(random.below(2));
  other.komi += to_area ? extra_stone : -extra_stone;
  return other;
}

}  // namespace ponnuki::selfplay
