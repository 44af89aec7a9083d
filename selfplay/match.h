// A match of two GTP programs over many games: paired openings, several games at once, results kept
// as they come.
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
  std::vector<Opening> openings;  // used in turn, each for two games; none: from the seed
  std::uint64_t seed = 1;
  int parallel = 1;          // games at once, each with its own two processes
  std::string results_path;  // JSON lines; "" keeps none
  bool resume = false;
  std::string sgf_folder;    // one SGF a game; "" keeps none
  std::optional<Sprt> sprt;  // ends the match early once it has a verdict
};

/// Called after each game, one at a time, with all games so far.
using MatchProgress = std::function<void(const GameSummary& last, const std::vector<GameSummary>&)>;

/// Plays the games that are still to be played; returns all of them by number. Engine 1 has Black
/// in even games. Errors: rules that are not counted by area, files that cannot be written, an
/// engine that does not even start twice in a row.
Result<std::vector<GameSummary>> run_match(const MatchOptions& options,
                                           const MatchProgress& progress);

}  // namespace ponnuki::selfplay
