// Rules at random, as games of self-play have them, so that a net learns what each of them changes.
#pragma once

#include "engine/random.h"
#include "engine/rules.h"

namespace ponnuki::selfplay {

/// All ko rules, suicide, scoring by area and by territory, taxes; what people play by is the most
/// likely. No button. Komi is that of Rules.
Rules random_rules(Random& random);

}  // namespace ponnuki::selfplay
