// The training loop. Each cycle plays games with the newest net, learns from them, publishes the
// next net, and sometimes plays a match with it.
//
//     actors (threads) --games--> window --positions--> learner --net--> actors
//                          |                              |
//                          +------- RunDirectory ---------+
//
// A cycle plays on all threads, then learns on all threads. All of its results are in the
// directory, so that a killed run can continue. At most the last seconds and the unfinished games
// are lost, and nothing is there twice: a process that goes on plays other games than those before
// it (game_seeds.h), learns what has not been learned, and plays a match that was broken off anew.
#pragma once

#include <atomic>
#include <functional>
#include <vector>

#include "nn/kernels/conv/precision.h"
#include "selfplay/games/training_games.h"
#include "selfplay/learning/held_out.h"
#include "selfplay/learning/learner.h"
#include "selfplay/learning/net_growth.h"
#include "selfplay/run/cycle_report.h"
#include "selfplay/run/game_source.h"
#include "selfplay/run/run_directory.h"

namespace ponnuki::selfplay {

struct TrainingOptions {
  std::string directory;
  std::string given;  // options that the user gave, as a config file
  nn::NetShape shape;
  std::vector<Growth> growth;  // in order of time
  // How many times a grown net sees each position of the window before it plays.
  double catch_up = 1;
  bool ladders = false;  // give the net the ladder planes
  std::string init;      // file of an initial net; empty: random weights
  std::uint64_t seed = 1;
  int threads = 1;
  int games_per_cycle = 500;
  double reuse = 3;  // mean number of times that a position is used
  WindowOptions window;
  TrainingGamesOptions games;
  // The mean komi is the one that makes games even; if false, the one in `games`.
  bool fair_komi = true;
  // The share of the samples that comes from game records instead of its own games.
  double record_share = 0;
  bool augment_records = true;  // by a random symmetry and random rules for each sample
  LearnerOptions learner;
  nn::kernels::Precision precision = nn::kernels::auto_precision();
  int match_every = 10;  // in cycles (anchor_match.h); 0: no matches
  int match_games = 100;
  int match_simulations = 32;
  std::int64_t cycles = 0;  // total number; 0: unlimited
  double minutes = 0;       // total time; 0: unlimited
};

/// The effective configuration.
std::string to_json(const TrainingOptions& options);

/// The progress of a part of the work.
struct TrainingProgress {
  std::string what;  // "games", "learning"
  std::int64_t done = 0, total = 0;
  std::string detail = {};  // shown instead of done/total
};

struct TrainingHooks {
  std::function<void(const std::string& line)> say;  // receives reports, one line at a time
  const std::atomic<bool>* stop = nullptr;           // set from outside; may be null
  std::function<void(const TrainingProgress&)> progress = {};  // called often; may be empty
};

/// Runs until it is told to stop or a limit is reached. Blocks. Returns an error if the directory
/// cannot be used. `records` are the game records of options.record_share; `source` is where games
/// come from, this machine if there is none.
Status run_training(const TrainingOptions& options, const TrainingHooks& hooks,
                    std::optional<SplitCollection> records = {},
                    std::unique_ptr<GameSource> source = {});

}  // namespace ponnuki::selfplay
