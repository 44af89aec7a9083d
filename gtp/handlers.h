// The groups of commands, one file gtp/handlers_<group>.cc each. docs/gtp.md describes them.
#pragma once

#include "gtp/registry.h"

namespace ponnuki::gtp {

void add_admin_commands(Registry& registry);  // name, version, list of commands, quit
void add_board_commands(Registry& registry);  // size, komi, play, undo, showboard
void add_setup_commands(Registry& registry);  // handicap and positions
void add_play_commands(Registry& registry);   // genmove and its relatives without analysis
void add_time_commands(Registry& registry);   // clocks
void add_score_commands(Registry& registry);  // winner and dead stones
/// *-analyze, *-genmove_analyze, kata-search_analyze.
void add_analysis_commands(Registry& registry);
void add_rules_commands(Registry& registry);    // rule sets
void add_param_commands(Registry& registry);    // settings by name
void add_network_commands(Registry& registry);  // raw evaluations, models, cache
/// loadsgf (only with files), printsgf.
void add_sgf_commands(Registry& registry, bool with_files);
void add_kgs_commands(Registry& registry);    // kgs-*
void add_cgos_commands(Registry& registry);   // cgos-*
void add_gogui_commands(Registry& registry);  // gogui-*, gomill-*
void add_gnugo_commands(Registry& registry);  // GNU Go's, for Kigo

}  // namespace ponnuki::gtp
