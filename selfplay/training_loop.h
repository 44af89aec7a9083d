// The training loop: each cycle plays games with the newest net, learns from them, publishes the
// next net, and plays a match with it now and then.
//
//     actors (threads) --games--> window --positions--> learner --net--> actors
//                          |                              |
//                          +------- RunDirectory ---------+
//
// A cycle plays on all threads, then learns on all threads. All of its results are in the
// directory, so that a run that was killed can go on; at most the last seconds and the games under
// way are lost.
#pragma once

#include <atomic>
#include <functional>
#include <vector>

#include "nn/kernels/conv/precision.h"
#include "selfplay/learner.h"
#include "selfplay/net_growth.h"
#include "selfplay/run_directory.h"
#include "selfplay/training_games.h"

namespace ponnuki::selfplay {

struct TrainingOptions {
  std::string directory;
  std::string given;  // by the user, as a config file
  nn::NetShape shape;
  std::vector<Growth> growth;  // by time
  double catch_up = 1;         // how often a grown net sees each position of the window at first
  bool ladders = false;        // shown to the net
  std::string init;            // a net to begin with instead of random weights
  std::uint64_t seed = 1;
  int threads = 1;
  int games_per_cycle = 500;
  double reuse = 3;  // how often a position is learned from, on average
  WindowOptions window;
  TrainingGamesOptions games;
  bool fair_komi = true;  // the mean komi is what makes games even; else that of `games`
  LearnerOptions learner;
  nn::kernels::Precision precision = nn::kernels::kAutoPrecision;
  int match_every = 10;  // cycles (anchor_match.h); 0: no matches
  int match_games = 100;
  int match_simulations = 32;
  std::int64_t cycles = 0;  // stop after so many in all; 0: never
  double minutes = 0;       // stop after so long in all; 0: never
};

/// The effective configuration.
std::string to_json(const TrainingOptions& options);

/// The results of a cycle.
struct CycleReport {
  std::int64_t cycle = 0, games = 0, window_rows = 0, samples = 0;  // so far
  double seconds = 0;                                               // so far
  double play_seconds = 0, learn_seconds = 0;                       // of this cycle
  int played = 0;  // games of this cycle that this process played, in play_seconds
  int cycle_games = 0, black_wins = 0, draws = 0, broken_off = 0;
  double moves = 0, score_spread = 0;              // a game, on average; mean of |score|
  std::vector<TrainingGamesOptions::Share> sizes;  // with the komi of this cycle
  double learning_rate = 0;
  double elo = 0;       // against the first net, by the last match so far
  int match_games = 0;  // of this cycle's match
  Learner::Report learned;
};
std::string to_json(const CycleReport& report);
/// One line for a terminal.
std::string to_line(const CycleReport& report);

/// How far a part of the work has come.
struct TrainingProgress {
  std::string what;  // "games", "learning"
  std::int64_t done = 0, total = 0;
};

struct TrainingHooks {
  std::function<void(const std::string& line)> say;            // gets reports, a line at a time
  const std::atomic<bool>* stop = nullptr;                     // set from outside; may be null
  std::function<void(const TrainingProgress&)> progress = {};  // called often; may be empty
};

/// Runs until it is told to stop or a limit is reached; blocks until then. An error if the
/// directory cannot be used.
Status run_training(const TrainingOptions& options, const TrainingHooks& hooks);

}  // namespace ponnuki::selfplay
