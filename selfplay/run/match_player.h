// MatchPlayer: who plays the matches of a run: this machine (OwnMatches), or others as well
// (swarm/hub_matches.h).
#pragma once

#include <array>

#include "engine/result.h"
#include "nn/kernels/conv/precision.h"
#include "nn/model/model.h"
#include "selfplay/match/net_match.h"

namespace ponnuki::selfplay {

class MatchPlayer {
 public:
  virtual ~MatchPlayer() = default;
  /// As play_net_match(), with two models.
  virtual Result<Tally> play(std::array<nn::Model, 2> models, const NetMatchOptions& options) = 0;
};

class OwnMatches : public MatchPlayer {
 public:
  explicit OwnMatches(nn::kernels::Precision precision) : precision_(precision) {}
  Result<Tally> play(std::array<nn::Model, 2> models, const NetMatchOptions& options) override;

 private:
  nn::kernels::Precision precision_;
};

}  // namespace ponnuki::selfplay
