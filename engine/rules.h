// Rule sets with KataGo's names (its docs/GTP_Extensions.md, kata-set-rules), by name or as JSON.
#pragma once

#include <string>
#include <string_view>

#include "engine/result.h"

namespace ponnuki {

enum class KoRule { kSimple, kPositional, kSituational };
enum class ScoringRule { kArea, kTerritory };
enum class TaxRule { kNone, kSeki, kAll };
/// The points that White gets for Black's n handicap stones.
enum class HandicapBonus { kNone, kN, kNMinusOne };

struct Rules {
  KoRule ko = KoRule::kPositional;
  ScoringRule scoring = ScoringRule::kArea;
  TaxRule tax = TaxRule::kNone;
  bool multi_stone_suicide = true;
  bool has_button = false;
  HandicapBonus handicap_bonus = HandicapBonus::kNone;
  // Under area scoring, dead stones need not be captured before passing.
  bool friendly_pass_ok = false;
  // White's compensation, any fraction of a point within ±400.
  float komi = 7.5F;

  /// True if dead stones may stay on the board at the end: a referee has to find them.
  bool leaves_dead_stones() const { return scoring == ScoringRule::kTerritory || friendly_pass_ok; }

  friend bool operator==(const Rules&, const Rules&) = default;
};

Rules tromp_taylor_rules();
Rules chinese_rules();
Rules japanese_rules();

/// Parses a rule set by name ("tromp-taylor", "chinese", "chinese-ogs", "chinese-kgs", "japanese",
/// "korean", "aga", "aga-button", "bga", "french", "new-zealand", "stone-scoring", …; ignores case,
/// and treats '-', '_' and ' ' alike) or by JSON such as
/// {"ko":"POSITIONAL","scoring":"AREA","tax":"NONE","suicide":true,"hasButton":false,
/// "whiteHandicapBonus":"0","friendlyPassOk":false}. Komi is taken from `base` unless the text
/// contains it.
Result<Rules> parse_rules(std::string_view text, const Rules& base);

/// `base` with one field changed, as by kata-set-rule. Example: key "ko", value "SITUATIONAL".
Result<Rules> with_rule(std::string_view key, std::string_view value, const Rules& base);

/// KataGo's JSON form without komi, on one line: the answer of kata-get-rules.
std::string rules_to_json(const Rules& rules);
/// The name of the rule set, such as "chinese", if one matches apart from komi; else the JSON form.
std::string rules_to_name(const Rules& rules);

}  // namespace ponnuki
