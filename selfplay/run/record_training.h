// Learning from game records, AlphaGo's first stage (Silver et al. 2016): a net learns to predict
// the moves of other players' games, and their winners.
//
//     SGF files -> GameCollection: to learn from -> learner -> net -> held-out games -> metrics
//
// An epoch shows each position once. Order and symmetries depend only on the seed and the number of
// the sample. The state is written to disk every few seconds. A run that was killed continues with
// the next sample after that state, with the same results as an uninterrupted run. If the games or
// the seed have changed meanwhile, the epoch begins anew.
#pragma once

#include <atomic>

#include "selfplay/learning/first_model.h"
#include "selfplay/learning/held_out.h"
#include "selfplay/learning/learner.h"
#include "selfplay/records/game_collection.h"
#include "selfplay/run/training_loop.h"

namespace ponnuki::selfplay {

struct RecordTrainingOptions {
  std::string directory;
  std::string given;  // options that the user gave, as a config file
  FirstModelOptions first;
  int threads = 1;
  bool augment = true;  // by a random symmetry and random rules for each sample
  LearnerOptions learner;
  double epochs = 0;           // total number of epochs; 0: unlimited
  double minutes = 0;          // total time; 0: unlimited
  double evaluate_every = 10;  // minutes; also after each epoch
};

/// The results of the work between two evaluations.
struct RecordReport {
  std::int64_t cycle = 0, samples = 0;  // so far
  double epochs = 0, seconds = 0;       // so far
  double learn_seconds = 0;             // since the last evaluation
  double learning_rate = 0;             // current
  LearningReport learned;               // since the last evaluation
  std::optional<double> idle_share;     // Learner::idle_share()
  HeldOutReport held_out;
};
/// The effective configuration.
std::string to_json(const RecordTrainingOptions& options, const SplitCollection& games);
std::string to_json(const RecordReport& report);
/// One line for a terminal.
std::string to_line(const RecordReport& report);

/// Learns from the games until it is told to stop or a limit is reached. Blocks. Returns an error
/// if the directory cannot be used. Requires games to learn from.
Status train_on_records(SplitCollection games, const RecordTrainingOptions& options,
                        const TrainingHooks& hooks);

}  // namespace ponnuki::selfplay
