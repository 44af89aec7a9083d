// GameSource: where a training run gets the games of a cycle and who plays its matches: its own
// threads (OwnGames), or other machines (swarm/hub_games.h).
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "nn/kernels/conv/precision.h"
#include "nn/model/model.h"
#include "selfplay/games/actors.h"
#include "selfplay/run/match_player.h"

namespace ponnuki::selfplay {

/// The games that a cycle wants.
struct GamesWanted {
  std::int64_t cycle = 0;
  std::int64_t count = 0;
  std::function<nn::Model()> net;           // plays them
  std::vector<double> komi;                 // mean, one for each size
  std::function<std::int64_t()> file_size;  // of the cycle's file of games, in bytes
};

class GameSource {
 public:
  virtual ~GameSource() = default;
  /// Called once, before all others, with the cycle that is under way.
  virtual Status open(std::int64_t /*cycle*/) { return {}; }
  /// Gets games until there are as many, or until `stop` is set (it may be null). Blocks. `save` is
  /// called on the calling thread with new games, each once. Its first error ends the play and is
  /// returned. `progress`, which may be empty, is called often with the number of games so far.
  virtual Status play(const GamesWanted& wanted, const std::atomic<bool>* stop,
                      const Actors::Save& save, const Actors::Progress& progress) = 0;
  /// Who plays matches.
  virtual MatchPlayer& match_player() = 0;
  /// Whether games are played elsewhere all the time, also while this machine learns.
  virtual bool plays_always() const { return false; }
  /// Lines for people on where the games have come from; "" if there is nothing to say.
  virtual std::string summary() const { return {}; }
  /// Grows when games that had been saved were withdrawn: they do not count any more.
  virtual std::int64_t withdrawals() const { return 0; }
  /// Takes games that were withdrawn out of what was read from a cycle's file.
  virtual void take_out_withdrawn(std::int64_t /*cycle*/, GamesFile& /*file*/) const {}
};

/// Plays on this machine.
class OwnGames : public GameSource {
 public:
  struct Options {
    TrainingGamesOptions games;
    std::uint64_t seed = 1;
    int threads = 1;
    nn::kernels::Precision precision;
    std::shared_ptr<WorkerPool> workers;
  };
  explicit OwnGames(const Options& options) : options_(options) {}

  Status play(const GamesWanted& wanted, const std::atomic<bool>* stop, const Actors::Save& save,
              const Actors::Progress& progress) override;
  MatchPlayer& match_player() override { return matches_; }

 private:
  Options options_;
  OwnMatches matches_{options_.precision};
  std::unique_ptr<Actors> actors_;  // from the first games on; games go on in the next cycle
};

}  // namespace ponnuki::selfplay
