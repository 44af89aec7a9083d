// Inspection: whether the games of a block are what they claim to be. Games come from machines that
// nobody controls: every game is replayed under its rules when it is read, and a share of them is
// judged anew.
#pragma once

#include <string>
#include <vector>

#include "engine/random.h"
#include "engine/result.h"
#include "swarm/block.h"

namespace ponnuki::swarm {

class Inspection {
 public:
  struct Options {
    std::vector<BoardSize> sizes;
    std::string fingerprint;    // of the options of the games
    double judged_share = 0.2;  // of games whose end is judged again, in some milliseconds each
  };
  Inspection(const Options& options, std::uint64_t seed) : options_(options), random_(seed) {}

  /// The nets that may have played.
  void set_nets(std::vector<std::string> nets) { nets_ = std::move(nets); }
  /// The games of the block, or the reason why they are refused, in few words that count alike for
  /// all workers.
  Result<selfplay::Games> games_of(const GameBlock& block);

 private:
  const Options options_;
  std::vector<std::string> nets_;
  Random random_;
};

/// An error unless the end of the game is what its moves lead to.
Status check_end(const selfplay::GameRecord& game);

}  // namespace ponnuki::swarm
