#include "selfplay/run/anchor_match.h"

#include <cmath>

#include "engine/format.h"
#include "nn/files/model_file.h"

namespace ponnuki::selfplay {
namespace {

constexpr double kFarAhead = 0.75, kAlarm = 0.4;  // scores against the anchor

/// The score with one additional draw, so that Elo stays finite.
double cautious_score(const Tally& tally) {
  return (tally.score() * tally.games() + 0.5) / (tally.games() + 1);
}

/// The run goes on without its anchor. The Elo of the newest net is the last one that is known.
void replace_anchor(const std::string& problem, std::int64_t cycle, TrainingState& state,
                    const std::function<void(const std::string&)>& say) {
  say(problem +
      "; matches were played against this net. No match is played in this cycle. From "
      "now on they are played against the net of cycle " +
      std::to_string(cycle) + ", which counts as Elo " + format("%.0f", state.elo));
  state.anchor = cycle;
  state.anchor_elo = state.elo;
}

}  // namespace

bool AnchorMatch::is_due(std::int64_t cycle, TrainingState& state) const {
  if (options_.every == 0) return false;
  if (state.anchor == 0) state.anchor = cycle;
  return cycle % options_.every == 0 && state.anchor != cycle;
}

Result<AnchorMatch::End> AnchorMatch::play(
    nn::Model newest, std::int64_t cycle, const TrainingGamesOptions::Share& board,
    MatchPlayer& player, const RunDirectory& directory, TrainingState& state,
    const std::function<void(const std::string&)>& say) const {
  auto anchor = nn::load_model(directory.net_path(state.anchor));
  if (!anchor) {
    replace_anchor(anchor.error().message, cycle, state, say);
    return End::kNoAnchor;
  }
  NetMatchOptions match = options_.match;
  match.size = board.size;
  match.komi = static_cast<float>(std::round(2 * board.komi) / 2);
  PONNUKI_TRY(const Tally tally, player.play({std::move(newest), std::move(*anchor)}, match));
  if (tally.games() < match.games) return End::kStopped;
  const double score = cautious_score(tally);
  state.elo = state.anchor_elo + elo(score);
  if (score < kAlarm) {
    say("the net of cycle " + std::to_string(cycle) + " is weaker than that of cycle " +
        std::to_string(state.anchor));
  }
  if (score > kFarAhead) {
    state.anchor = cycle;
    state.anchor_elo = state.elo;
  }
  return End::kPlayed;
}

}  // namespace ponnuki::selfplay
