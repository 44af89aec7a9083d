// A match between two GTP programs over many games: with paired openings, several games in
// parallel, and results written after each game.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/result.h"
#include "selfplay/match/gtp_player.h"
#include "selfplay/match/match_game.h"
#include "selfplay/match/match_log.h"
#include "selfplay/match/match_openings.h"
#include "selfplay/match/match_stats.h"

namespace ponnuki::selfplay {

struct MatchOptions {
  std::array<GtpPlayerOptions, 2> engines;
  MatchGameOptions game;
  int games = 20;
  // Used in turn, each for two games. Empty: generated from the seed.
  std::vector<Opening> openings;
  std::uint64_t seed = 1;
  int parallel = 1;          // games in parallel, each with its own two processes
  std::string results_path;  // JSON lines; "": not written
  bool resume = false;
  std::string sgf_folder;    // one SGF file for each game; "": not written
  std::optional<Sprt> sprt;  // ends the match early when it has a verdict
};

/// Called after each game with all games so far, one call at a time.
using MatchProgress = std::function<void(const GameSummary& last, const std::vector<GameSummary>&)>;

/// Plays the missing games and returns all games by number. Blocks. Engine 1 has Black in games
/// with even numbers. Returns an error if the rules do not use area scoring, if a file cannot be
/// written or is that of another match, or if an engine twice in a row cannot even start a game.
Result<std::vector<GameSummary>> run_match(const MatchOptions& options,
                                           const MatchProgress& progress);

}  // namespace ponnuki::selfplay
