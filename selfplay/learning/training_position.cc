#include "selfplay/learning/training_position.h"

#include <algorithm>

namespace ponnuki::selfplay {
namespace {

using nn::training::Chances;
using nn::training::kTdHorizons;
using nn::training::TrainingTarget;

/// Black's outlook as probabilities of `player`. They sum to 1 even if averages of rounded bytes do
/// not; otherwise logits would drift.
Chances chances_of(const Outlook& black, Color player) {
  const double none = std::max(0.0, 1 - black.win - black.loss);
  const double sum = black.win + black.loss + none;
  const auto w = static_cast<float>(black.win / sum), l = static_cast<float>(black.loss / sum);
  const float n = 1 - w - l;
  return player == Color::kBlack ? Chances{w, l, n} : Chances{l, w, n};
}

float points_of(const Outlook& black, Color player) {
  return static_cast<float>(player == Color::kBlack ? black.score : -black.score);
}

/// The average of Black's values from turn `from` on (td() in the header).
Outlook averaged(const GameRecord& game, std::size_t from, double k) {
  const double f = 1 / (1 + k * game.size.area());
  Outlook sum = game.result_for(Color::kBlack);
  for (std::size_t t = game.turns.size(); t-- > from;) {
    if (!game.turns[t].has_value()) continue;
    const Outlook v = game.outlook_at(t, Color::kBlack);
    sum.win += f * (v.win - sum.win);
    sum.loss += f * (v.loss - sum.loss);
    sum.score += f * (v.score - sum.score);
  }
  return sum;
}

/// The form in which the net sees a position.
struct Shown {
  Color player;  // to move
  BoardSize size;
  Symmetry symmetry;

  std::size_t cell(std::size_t cell) const {
    const Point point = Point::from_cell(static_cast<int>(cell), size);
    return static_cast<std::size_t>(symmetry.apply(point, size).cell(symmetry.apply(size)));
  }
  std::vector<float> policy(const RecordedTurn& turn) const {
    const std::vector<float> shares = turn.policy_shares();
    std::vector<float> turned(shares.size());
    for (std::size_t i = 0; i < shares.size(); ++i) turned[cell(i)] = shares[i];
    return turned;
  }
  std::vector<float> policy(PackedMove move) const {
    std::vector<float> policy(static_cast<std::size_t>(size.area()) + 1);
    policy[cell(static_cast<std::size_t>(move.cell()))] = 1;
    return policy;
  }
  std::vector<float> ownership(const std::vector<Color>& owners) const {
    std::vector<float> turned(owners.size());
    for (std::size_t p = 0; p < owners.size(); ++p)
      turned[cell(p)] = owners[p] == Color::kEmpty ? 0.0F : owners[p] == player ? 1.0F : -1.0F;
    return turned;
  }
};

/// Writes the planes under the symmetry, or under the corresponding one that keeps the board's
/// shape, and an empty target.
Shown show(const Position& position, Symmetry symmetry, const nn::PlaneOptions& planes,
           nn::PlaneEncoder& encoder, TrainingPosition& out) {
  const Shown shown{position.to_move(), position.size(),
                    nn::shape_keeping(symmetry, position.size())};
  out.size = shown.symmetry.apply(position.size());
  out.spatial.resize(static_cast<std::size_t>(nn::kPlaneCount * out.size.area()));
  out.global.resize(nn::kGlobalCount);
  encoder.encode(position, shown.symmetry, planes, out.spatial, out.global);
  out.target = {};
  return shown;
}

}  // namespace

void make_training_position(const GameRecord& game, std::size_t turn, Symmetry symmetry,
                            const nn::PlaneOptions& planes, nn::PlaneEncoder& encoder,
                            TrainingPosition& out) {
  const Shown shown = show(position_at(game, turn), symmetry, planes, encoder, out);
  TrainingTarget& target = out.target;
  target.policy = shown.policy(game.turns[turn]);
  if (turn + 1 < game.turns.size()) target.reply = shown.policy(game.turns[turn + 1]);
  const Outlook result = game.result_for(Color::kBlack);
  target.result = chances_of(result, shown.player);
  for (std::size_t i = 0; i < kTdHorizons; ++i) {
    const Outlook average = averaged(game, turn, kTdFactors[i]);
    target.td_values[i] = chances_of(average, shown.player);
    if (i + 1 < kTdHorizons || !game.has_score()) continue;
    target.td_score = target.lead = points_of(average, shown.player);
  }
  if (!game.has_score()) return;
  target.score = points_of(result, shown.player);
  target.ownership = shown.ownership(game.owner);
}

void make_training_position(const PlayedGame& game, std::size_t turn, const Rules& rules,
                            Symmetry symmetry, const nn::PlaneOptions& planes,
                            nn::PlaneEncoder& encoder, TrainingPosition& out) {
  const Shown shown = show(position_at(game, turn, rules), symmetry, planes, encoder, out);
  TrainingTarget& target = out.target;
  target.policy = shown.policy(game.moves[turn]);
  const bool is_answered =
      turn + 1 < game.moves.size() && game.moves[turn + 1].color() != shown.player;
  if (is_answered) target.reply = shown.policy(game.moves[turn + 1]);
  if (game.winner) {
    const float win = *game.winner == Color::kEmpty  ? 0.5F
                      : *game.winner == shown.player ? 1.0F
                                                     : 0.0F;
    target.result = {win, 1 - win, 0};
    target.td_values.fill(target.result);
  }
  if (game.white_score) {
    const float score = shown.player == Color::kWhite ? *game.white_score : -*game.white_score;
    target.score = target.lead = target.td_score = score;
  }
  target.ownership = shown.ownership(game.owner());
}

}  // namespace ponnuki::selfplay
