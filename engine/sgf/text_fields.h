// The properties of a root that are plain texts.
#pragma once

#include <string>

#include "engine/sgf/game.h"

namespace ponnuki::sgf {

struct TextField {
  const char* name;
  std::string GameInfo::*field;
};
inline constexpr TextField kTextFields[] = {
    {"PB", &GameInfo::black},      {"PW", &GameInfo::white},      {"BR", &GameInfo::black_rank},
    {"WR", &GameInfo::white_rank}, {"RU", &GameInfo::rules_text}, {"OT", &GameInfo::overtime},
    {"DT", &GameInfo::date},       {"EV", &GameInfo::event},      {"RO", &GameInfo::round},
    {"PC", &GameInfo::place},      {"GN", &GameInfo::game_name},  {"SO", &GameInfo::source},
    {"US", &GameInfo::user},       {"AP", &GameInfo::program},
};

}  // namespace ponnuki::sgf
