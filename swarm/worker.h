// Worker: plays the games of a training run that learns elsewhere. It follows the learner's
// announcements, keeps its games in a spool until they are stored, and sleeps where nobody learns.
//
//     player's thread    Player → Spool
//     sender's thread    Spool → WorkerLink, and what is stored → Spool
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "engine/result.h"
#include "nn/kernels/conv/precision.h"
#include "selfplay/games/training_games.h"
#include "swarm/links.h"
#include "swarm/signing_key.h"
#include "swarm/spool.h"

namespace ponnuki::swarm {

struct WorkerOptions {
  std::string name = {};
  std::optional<SigningKey> key = {};  // signs its games
  std::string folder = {};             // of its spool and its nets
  int threads = 1;
  nn::kernels::Precision precision = nn::kernels::auto_precision();
  double silence = 600;  // seconds without a learner after which it sleeps
  /// Reads the options of the games, as in Announcement.
  std::function<Result<selfplay::TrainingGamesOptions>(const std::string& options)> read_options =
      {};
  std::function<void(const std::string& line)> say = {};
};

/// Works until `stop` is set. Then it finishes the games under way, unless `hurry` is set, and sends
/// them, for some seconds at most. Blocks. Returns an error if its folder cannot be used, or if
/// another machine works under the same name. Troubles with the hub are told and pass.
Status work(const WorkerOptions& options, WorkerLink& link, const std::atomic<bool>& stop,
            const std::atomic<bool>& hurry);

}  // namespace ponnuki::swarm
