// Random rules for games of self-play and positions of records, so that a net learns all rules.
#pragma once

#include "engine/random.h"
#include "engine/rules.h"

namespace ponnuki::selfplay {

/// All ko rules, suicide, area and territory scoring, and taxes. Common rules are the most
/// probable. No button. Komi is the default of Rules.
Rules random_rules(Random& random);

/// Other rules under which the moves of a game played under `rules` are as good, so that a net
/// which learns from records plays the same moves under all rules: those of the game half of the
/// time, else random_rules() with its setup's bonus, its suicide if it had that, and the usual tax
/// of the scoring. Komi follows the scoring: area is territory plus the extra stone that Black has
/// if Black played last, so that komi is the same or a point more.
Rules rules_for_record(const Rules& rules, Random& random);

}  // namespace ponnuki::selfplay
