// A match of two GTP programs over many games: with paired openings, several games at once, and
// results written as they come.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/result.h"
#include "selfplay/gtp_player.h"
#include "selfplay/match_game.h"
#include "selfplay/match_log.h"
#include "selfplay/match_openings.h"
#include "selfplay/match_stats.h"

namespace ponnuki::selfplay {

struct MatchOptions {
  std::array<GtpPlayerOptions, 2> engines;
  MatchGameOptions game;
  int games = 20;
  std::vector<Opening> openings;  // used in turn, each for two games; empty: from the seed
  std::uint64_t seed = 1;
  int parallel = 1;          // games at once, each with its own two processes
  std::string results_path;  // JSON lines; "": none are written
  bool resume = false;
  std::string sgf_folder;    // one SGF file a game; "": none are written
  std::optional<Sprt> sprt;  // ends the match early once it has a verdict
};

/// Called after each game, one at a time, with all games so far.
using MatchProgress = std::function<void(const GameSummary& last, const std::vector<GameSummary>&)>;

/// Plays the games that are missing, and returns all games by number. Blocks until then. Engine 1
/// has Black in even games. Errors: rules that are not counted by area; files that cannot be
/// written; engines that twice in a row cannot even start a game.
Result<std::vector<GameSummary>> run_match(const MatchOptions& options,
                                           const MatchProgress& progress);

}  // namespace ponnuki::selfplay
