// The summary of a match, as a table and as JSON. Results are from the perspective of engine 1.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "selfplay/match/match_log.h"
#include "selfplay/match/match_stats.h"

namespace ponnuki::selfplay {

struct MatchReport {
  std::array<std::string, 2> names;
  Tally all, as_black, as_white;
  // From Black's perspective, whichever engine had Black.
  Tally black_games;
  double mean_moves = 0;
  std::array<double, 2> seconds_per_move = {0, 0};
  std::array<int, 2> crashes = {0, 0}, time_losses = {0, 0}, illegal = {0, 0}, refused = {0, 0};
  int max_moves = 0, no_results = 0;
  /// The number of games with the same colours, opening, length and result as an earlier game. A
  /// large number means too little variety.
  int repeated_games = 0;
  int scored = 0;  // games that were counted
  // The numbers of the games in which a player's count differed.
  std::vector<int> disputed;
  std::optional<Sprt> sprt;
};

Tally tally_of(const std::vector<GameSummary>& games);
MatchReport make_match_report(const std::vector<GameSummary>& games,
                              const std::optional<Sprt>& sprt = std::nullopt);

/// A table of a few lines.
std::string to_text(const MatchReport& report);
/// One line of JSON.
std::string to_json(const MatchReport& report);
/// A progress line after each game: "game 12: 9-0-3  B+4.5 …".
std::string progress_line(const GameSummary& last, const std::vector<GameSummary>& games);

}  // namespace ponnuki::selfplay
