// CycleReport: what a cycle of a training run did, for the metrics and for the user.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "selfplay/games/training_games.h"
#include "selfplay/learning/held_out.h"
#include "selfplay/learning/learning_report.h"
#include "selfplay/records/record_file.h"

namespace ponnuki::selfplay {

/// The results of a cycle.
struct CycleReport {
  std::int64_t cycle = 0, games = 0, window_rows = 0, samples = 0;  // so far
  double seconds = 0;                                               // so far
  double play_seconds = 0, learn_seconds = 0;                       // of this cycle
  std::int64_t played = 0;                                          // games in play_seconds
  int cycle_games = 0, black_wins = 0, draws = 0, broken_off = 0;
  // Averages over games: the number of moves, and |score|.
  double moves = 0, score_spread = 0;
  std::vector<TrainingGamesOptions::Share> sizes;  // with the komi of this cycle
  double learning_rate = 0;
  double elo = 0;       // relative to the first net, by the latest match
  int match_games = 0;  // of the match in this cycle
  LearningReport learned;
  std::optional<double> idle_share;       // Learner::idle_share()
  std::optional<HeldOutReport> held_out;  // of a run that learns from game records as well
};
std::string to_json(const CycleReport& report);
/// One line for a terminal.
std::string to_line(const CycleReport& report);

/// Counts the games that the cycle played.
void add_games(const Games& games, CycleReport& report);

}  // namespace ponnuki::selfplay
