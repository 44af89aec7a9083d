// AnchorMatch: a match, every few cycles of a run, between the newest net and an earlier one, the
// anchor. Elo is relative to the first net. A net that is far enough ahead becomes the anchor of
// the next matches.
#pragma once

#include <functional>
#include <memory>

#include "selfplay/games/training_games.h"
#include "selfplay/run/match_player.h"
#include "selfplay/run/run_directory.h"

namespace ponnuki::selfplay {

class AnchorMatch {
 public:
  struct Options {
    int every = 10;         // cycles between matches; 0: no matches
    NetMatchOptions match;  // except for board and komi
  };
  explicit AnchorMatch(Options options) : options_(std::move(options)) {}

  /// Whether this cycle ends with a match. Makes the first net the anchor if there is no anchor
  /// yet.
  bool is_due(std::int64_t cycle, TrainingState& state) const;
  enum class End {
    kPlayed,
    kStopped,  // before all games had ended: nothing has changed, because the games that end first
               // are not like the others
    kNoAnchor  // the anchor's file cannot be read: the net of this cycle is the anchor now
  };
  /// Lets `player` play with the net of this cycle on that board, and updates Elo and anchor in the
  /// state. `say` is called with a line if the net is clearly weaker than the anchor, and if there
  /// is no anchor.
  Result<End> play(nn::Model newest, std::int64_t cycle, const TrainingGamesOptions::Share& board,
                   MatchPlayer& player, const RunDirectory& directory, TrainingState& state,
                   const std::function<void(const std::string&)>& say) const;

 private:
  Options options_;
};

}  // namespace ponnuki::selfplay
