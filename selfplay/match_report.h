// The summary of a match, for people and as JSON. Results are those of engine 1.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "selfplay/match_log.h"
#include "selfplay/match_stats.h"

namespace ponnuki::selfplay {

struct MatchReport {
  std::array<std::string, 2> names;
  Tally all, as_black, as_white;
  Tally black_games;  // from Black's view, whoever had it
  double mean_moves = 0;
  std::array<double, 2> seconds_per_move = {0, 0};
  std::array<int, 2> crashes = {0, 0}, time_losses = {0, 0}, illegal = {0, 0}, refused = {0, 0};
  int max_moves = 0, no_results = 0;
  /// Games with the colours, opening, length and result of an earlier one; many mean too little
  /// variety.
  int repeated_games = 0;
  int scored = 0;             // games that were counted
  std::vector<int> disputed;  // numbers of the games where a player counted differently
  std::optional<Sprt> sprt;
};

Tally tally_of(const std::vector<GameSummary>& games);
MatchReport make_match_report(const std::vector<GameSummary>& games,
                              const std::optional<Sprt>& sprt = std::nullopt);

/// A table of some lines.
std::string to_text(const MatchReport& report);
/// One line of JSON.
std::string to_json(const MatchReport& report);
/// "game 12: 9-0-3  B+4.5 …" for the progress after each game.
std::string progress_line(const GameSummary& last, const std::vector<GameSummary>& games);

}  // namespace ponnuki::selfplay
