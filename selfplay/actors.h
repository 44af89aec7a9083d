// Actors: threads that play training games, each of them many at once.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "engine/result.h"
#include "nn/network.h"
#include "selfplay/record_file.h"
#include "selfplay/training_games.h"

namespace ponnuki::selfplay {

class Actors {
 public:
  /// One thread a seed. Games that are under way when play() returns go on in the next play().
  Actors(const TrainingGamesOptions& options, const std::vector<std::uint64_t>& seeds);

  /// Of games that begin from now on, one a size.
  void set_komi(const std::vector<double>& komi);

  using Save = std::function<Status(const Games& games)>;
  using Progress = std::function<void(std::int64_t ended)>;
  /// Plays with this net until `count` more games have ended, or `stop` is set (it may be null).
  /// `save` gets finished games, none twice, every few seconds and at the end; its first error ends
  /// that, and is returned. `progress`, if there is one, hears many times a second how many games
  /// have ended.
  Status play(const std::shared_ptr<nn::Network>& network, std::int64_t count,
              const std::atomic<bool>* stop, const Save& save, const Progress& progress = {});

 private:
  /// Finished games on their way from the threads to whoever saves them.
  class Queue {
   public:
    void push(std::unique_ptr<GameRecord> game);
    Games take();
    std::int64_t count() const { return count_; }  // of all pushed

   private:
    std::mutex mutex_;  // guards games_
    Games games_;
    std::atomic<std::int64_t> count_{0};
  };

  Queue queue_;
  std::vector<std::unique_ptr<TrainingGames>> players_;
};

}  // namespace ponnuki::selfplay
