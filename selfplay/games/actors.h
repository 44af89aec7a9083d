// Actors: threads that play training games, many at once on each thread.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <vector>

#include "engine/mutex.h"
#include "engine/result.h"
#include "engine/worker_pool.h"
#include "nn/network.h"
#include "selfplay/games/training_games.h"
#include "selfplay/records/record_file.h"

namespace ponnuki::selfplay {

class Actors {
 public:
  /// Uses one thread for each seed, from `workers`; null makes a pool of its own.
  Actors(const TrainingGamesOptions& options, const std::vector<std::uint64_t>& seeds,
         std::shared_ptr<WorkerPool> workers = {});

  /// Sets the mean komi of games that begin from now on, one for each size.
  void set_komi(const std::vector<double>& komi);

  using Save = std::function<Status(const Games& games)>;
  using Progress = std::function<void(std::int64_t ended)>;
  /// Plays with this net until `count` more games have ended, or until `stop` is set (it may be
  /// null). Blocks. Unfinished games continue in the next call. `save` is called on the calling
  /// thread, every few seconds and at the end, with the finished games, each once. Its first error
  /// ends the play and is returned. `progress`, which may be empty, is called many times a second
  /// with the number of games that have ended.
  Status play(const std::shared_ptr<nn::Network>& network, std::int64_t count,
              const std::atomic<bool>* stop, const Save& save, const Progress& progress = {});

  /// Plays the games under way to their end and begins no others, unless `stop` is set before that.
  /// Otherwise like play(), which must not be called any more.
  Status finish(const std::shared_ptr<nn::Network>& network, const std::atomic<bool>* stop,
                const Save& save);

 private:
  Status run(const std::shared_ptr<nn::Network>& network,
             const std::function<bool(const TrainingGames&)>& goes_on, const Save& save,
             const std::function<void()>& watch_progress);
  /// Passes finished games from the playing threads to the thread that saves them.
  class Queue {
   public:
    void push(std::unique_ptr<GameRecord> game);
    Games take();
    std::int64_t count() const { return count_; }  // all games pushed so far

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
