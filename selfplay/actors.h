// Actors: threads that play training games, each of them many at once.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <vector>

#include "engine/mutex.h"
#include "engine/result.h"
#include "engine/worker_pool.h"
#include "nn/network.h"
#include "selfplay/record_file.h"
#include "selfplay/training_games.h"

namespace ponnuki::selfplay {

class Actors {
 public:
  /// One thread a seed, of `workers`; null: of a pool of its own.
  Actors(const TrainingGamesOptions& options, const std::vector<std::uint64_t>& seeds,
         std::shared_ptr<WorkerPool> workers = {});

  /// The mean komi of games that begin from now on, one a size.
  void set_komi(const std::vector<double>& komi);

  using Save = std::function<Status(const Games& games)>;
  using Progress = std::function<void(std::int64_t ended)>;
  /// Plays with this net until `count` more games have ended, or `stop` is set (it may be null).
  /// Blocks until then. Games that are under way at the end go on in the next call. On the calling
  /// thread, `save` gets the finished games, each once, every few seconds and at the end; after its
  /// first error it is not called again, and the error is returned. `progress`, if there is one,
  /// gets the number of games that have ended, many times a second.
  Status play(const std::shared_ptr<nn::Network>& network, std::int64_t count,
              const std::atomic<bool>* stop, const Save& save, const Progress& progress = {});

 private:
  /// Finished games on their way from the playing threads to the one that saves them.
  class Queue {
   public:
    void push(std::unique_ptr<GameRecord> game);
    Games take();
    std::int64_t count() const { return count_; }  // of all pushed

   private:
    Mutex mutex_;
    Games games_ PONNUKI_GUARDED_BY(mutex_);
    std::atomic<std::int64_t> count_{0};
  };

  std::shared_ptr<WorkerPool> workers_;
  Queue queue_;
  std::vector<std::unique_ptr<TrainingGames>> players_;
};

}  // namespace ponnuki::selfplay
