// Learning from game records, AlphaGo's first stage (Silver et al. 2016): a net learns to predict
// the moves of games that others have played, and who won them.
//
//     SGF files -> GameCollection: to learn from -> learner -> net -> held-out games -> metrics
//
// An epoch shows each position once, in an order and under symmetries that depend on the seed and
// the number of the sample only. The state is written to the disk every few seconds. A run that was
// killed goes on with the next sample after that state, as if it had not been interrupted.
#pragma once

#include <atomic>

#include "selfplay/first_model.h"
#include "selfplay/game_collection.h"
#include "selfplay/held_out.h"
#include "selfplay/learner.h"
#include "selfplay/training_loop.h"

namespace ponnuki::selfplay {

struct RecordTrainingOptions {
  std::string directory;
  std::string given;  // by the user, as a config file
  FirstModelOptions first;
  int threads = 1;
  bool augment = true;  // by a symmetry drawn for each sample
  LearnerOptions learner;
  double epochs = 0;                        // stop after so many in all; 0: never
  double minutes = 0;                       // stop after so long in all; 0: never
  double evaluate_every = 10;               // minutes; and after each epoch
  std::int64_t held_out_positions = 20000;  // at most, an evaluation
};

/// The weights of the loss's terms, without those of soft policies: a target that is one move
/// cannot be softened.
nn::training::LossVector record_loss_weights();

/// The results of the work between two evaluations.
struct RecordReport {
  std::int64_t cycle = 0, samples = 0;  // so far
  double epochs = 0, seconds = 0;       // so far
  double learn_seconds = 0;             // of this stretch
  double learning_rate = 0;             // at its end
  Learner::Report learned;              // of this stretch
  HeldOutReport held_out;
};
/// The effective configuration.
std::string to_json(const RecordTrainingOptions& options, const SplitCollection& games);
std::string to_json(const RecordReport& report);
/// One line for a terminal.
std::string to_line(const RecordReport& report);

/// Learns from the games until it is told to stop or a limit is reached; blocks until then. An
/// error if the directory cannot be used. Requires games to learn from.
Status train_on_records(SplitCollection games, const RecordTrainingOptions& options,
                        const TrainingHooks& hooks);

}  // namespace ponnuki::selfplay
