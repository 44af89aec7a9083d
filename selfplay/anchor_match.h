// AnchorMatch: the match that measures a run's newest net, every few cycles, against an earlier
// one, the anchor. Elo is counted from the first net. A net that has come far enough ahead becomes
// the anchor of the next matches.
#pragma once

#include <functional>
#include <memory>

#include "nn/kernels/conv/precision.h"
#include "selfplay/net_match.h"
#include "selfplay/run_directory.h"

namespace ponnuki::selfplay {

class AnchorMatch {
 public:
  struct Options {
    int every = 10;         // cycles; 0: never
    NetMatchOptions match;  // board and komi aside
    nn::kernels::Precision precision = nn::kernels::kAutoPrecision;
  };
  explicit AnchorMatch(Options options) : options_(std::move(options)) {}

  /// Whether the cycle that has just ended is to have a match. Makes the first net the anchor where
  /// there is none yet.
  bool is_due(TrainingState& state) const;
  /// Plays on that board, and updates Elo and anchor of the state. Returns the number of games; 0
  /// if a stop came before one had ended. `say` gets a line if the net is clearly weaker than the
  /// anchor. Errors: the anchor's file cannot be read.
  Result<int> play(nn::Model newest, BoardSize size, double komi, const RunDirectory& directory,
                   TrainingState& state, const std::function<void(const std::string&)>& say) const;

 private:
  Options options_;
};

}  // namespace ponnuki::selfplay
