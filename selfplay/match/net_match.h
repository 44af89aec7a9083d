// A match between two nets in one process, with many games at once. It measures the progress of a
// training run, and whether a net is good enough to be published. For matches between programs see
// match.h.
#pragma once

#include <array>
#include <atomic>
#include <functional>
#include <memory>

#include "engine/search/gumbel_search.h"
#include "engine/worker_pool.h"
#include "nn/network.h"
#include "selfplay/match/match_stats.h"

namespace ponnuki::selfplay {

struct NetMatchOptions {
  BoardSize size{9, 9};
  float komi = 7;
  int games = 100;  // each opening is played twice, with colours swapped
  int threads = 1;
  std::shared_ptr<WorkerPool> workers = {};  // null: makes its own pool
  int at_once = 32;                          // games at once on each thread
  int simulations = 32;                      // of Gumbel search without noise
  std::uint64_t seed = 1;                    // for the openings
  const std::atomic<bool>* stop = nullptr;
  /// Called with the number of games that have ended, on any thread, one call at a time. May be
  /// empty.
  std::function<void(int ended)> progress = {};
};

/// Returns the first net's wins, draws and losses. Games that were interrupted by a stop do not
/// count.
Tally play_net_match(const std::array<std::shared_ptr<nn::Network>, 2>& nets,
                     const NetMatchOptions& options);

}  // namespace ponnuki::selfplay
