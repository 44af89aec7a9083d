// Random rules for games of self-play, and for positions of records.
#include "selfplay/records/random_rules.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <vector>

namespace ponnuki::selfplay {
namespace {

std::vector<Rules> many_rules_for(const Rules& record) {
  Random random(1);
  std::vector<Rules> drawn;
  for (int i = 0; i < 400; ++i) drawn.push_back(rules_for_record(record, random));
  return drawn;
}

template <typename Predicate>
double share(const std::vector<Rules>& all, Predicate is) {
  return static_cast<double>(std::ranges::count_if(all, is)) / static_cast<double>(all.size());
}

}  // namespace

TEST_CASE("Rules for records: half the time the game's, else all ko rules and both scorings") {
  for (const Rules& record : {japanese_rules(), chinese_rules(), tromp_taylor_rules()}) {
    CAPTURE(rules_to_name(record));
    const std::vector<Rules> drawn = many_rules_for(record);
    CHECK(share(drawn, [&](const Rules& r) { return r == record; }) > 0.45);
    for (const KoRule ko : {KoRule::kSimple, KoRule::kPositional, KoRule::kSituational})
      CHECK(share(drawn, [&](const Rules& r) { return r.ko == ko; }) > 0.05);
    for (const ScoringRule scoring : {ScoringRule::kArea, ScoringRule::kTerritory})
      CHECK(share(drawn, [&](const Rules& r) { return r.scoring == scoring; }) > 0.08);
  }
}

TEST_CASE("Rules for records: suicide stays, komi follows the scoring") {
  const auto check = [](const Rules& record, float komi_under_area, float komi_under_territory) {
    for (const Rules& rules : many_rules_for(record)) {
      CAPTURE(rules_to_json(rules), rules.komi);
      CHECK((rules.multi_stone_suicide || !record.multi_stone_suicide));
      CHECK(rules.handicap_bonus == record.handicap_bonus);
      const bool is_area = rules.scoring == ScoringRule::kArea;
      const float other = is_area ? komi_under_area : komi_under_territory;
      CHECK((rules.komi == record.komi || rules.komi == other));
      if (rules.scoring != record.scoring)
        CHECK(rules.tax == (is_area ? TaxRule::kNone : TaxRule::kSeki));
    }
  };
  Rules japanese = japanese_rules(), new_zealand = tromp_taylor_rules();
  japanese.komi = 6.5F;
  new_zealand.komi = 7;
  check(japanese, 7.5F, 6.5F);
  check(new_zealand, 7, 6);
}

}  // namespace ponnuki::selfplay
