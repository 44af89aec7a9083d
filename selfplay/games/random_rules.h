// Random rules for games of self-play, so that a net learns the effect of each rule.
#pragma once

#include "engine/random.h"
#include "engine/rules.h"

namespace ponnuki::selfplay {

/// All ko rules, suicide, area and territory scoring, and taxes. Common rules are the most
/// probable. No button. Komi is the default of Rules.
Rules random_rules(Random& random);

}  // namespace ponnuki::selfplay
