// Random rules for games of self-play, so that a net learns what each rule changes.
#pragma once

#include "engine/random.h"
#include "engine/rules.h"

namespace ponnuki::selfplay {

/// All ko rules, suicide, area and territory scoring, taxes. The rules that people use are the most
/// likely. No button. Komi is the default of Rules.
Rules random_rules(Random& random);

}  // namespace ponnuki::selfplay
