// A match between two nets in one process, with many games at once. It measures the progress of a
// training run, and whether a net is good enough to be published. For matches between programs see
// match.h.
#pragma once

#include <array>
#include <atomic>
#include <functional>
#include <memory>
#include <vector>

#include "engine/position.h"
#include "engine/result.h"
#include "engine/worker_pool.h"
#include "nn/network.h"
#include "selfplay/match/match_openings.h"
#include "selfplay/match/match_stats.h"

namespace ponnuki::selfplay {

/// What all who play a part of a match must know.
struct NetMatchTerms {
  BoardSize size{9, 9};
  float komi = 7;
  int games = 100;         // each opening is played twice, with colours swapped
  int simulations = 32;    // of Gumbel search without noise
  std::uint64_t seed = 1;  // for the openings
};

/// Its number in the match says its opening, and the first net's colour: Black in even games.
struct NetMatchGame {
  int number = 0;
  std::vector<Point> moves;  // from the empty board
};

struct NetMatchOptions : NetMatchTerms {
  int first = 0;  // the number of the first game, even; a part of a match begins later
  std::vector<Opening> openings = {};  // one for two games, legal; empty: those of the seed
  int threads = 1;
  std::shared_ptr<WorkerPool> workers = {};  // null: makes its own pool
  int at_once = 32;                          // games at once on each thread
  const std::atomic<bool>* stop = nullptr;
  /// Called with the number of games that have ended, on any thread, one call at a time. May be
  /// empty.
  std::function<void(int ended)> progress = {};
  std::function<void(NetMatchGame)> ended = {};  // called in the same way, with each game
};

/// Returns the first net's wins, draws and losses. Games that were interrupted by a stop do not
/// count.
Tally play_net_match(const std::array<std::shared_ptr<nn::Network>, 2>& nets,
                     const NetMatchOptions& options);

/// Whether every move of the opening is legal, and the game goes on.
bool is_legal(const Opening& opening, const NetMatchTerms& terms);
/// The tally of games that others say they have played; `openings` are those of the whole match.
/// Returns an error if a game has not its opening, an illegal move, or no end.
Result<Tally> tally_of(const std::vector<NetMatchGame>& games, const NetMatchTerms& terms,
                       const std::vector<Opening>& openings);

}  // namespace ponnuki::selfplay
