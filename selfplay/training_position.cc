#include "selfplay/training_position.h"

#include <algorithm>
#include <array>

namespace ponnuki::selfplay {
namespace {

constexpr std::array<double, nn::training::kTdHorizons> kTdFactors = {0.176, 0.056, 0.016};  // k
constexpr double kValueUnit = 255, kScoreUnit = 8;

bool has_value(const RecordedTurn& turn) { return turn.win > 0 || turn.loss > 0; }

/// Values of Black's.
struct Outlook {
  double win = 0, loss = 0, score = 0;

  /// As `player` sees it. They add up to 1 though bytes have rounded them: else logits would drift.
  nn::training::Chances chances(Color player) const {
    const double none = std::max(0.0, 1 - win - loss), sum = win + loss + none;
    const auto w = static_cast<float>(win / sum), l = static_cast<float>(loss / sum);
    const float n = 1 - w - l;
    return player == Color::kBlack ? nn::training::Chances{w, l, n}
                                   : nn::training::Chances{l, w, n};
  }
  double points(Color player) const { return player == Color::kBlack ? score : -score; }
};

Outlook outlook_of(const RecordedTurn& turn, Color player) {
  const double own = turn.win / kValueUnit, other = turn.loss / kValueUnit;
  const double score = turn.score / kScoreUnit;
  if (player == Color::kBlack) return {own, other, score};
  return {other, own, -score};
}

Outlook result_of(const GameRecord& game) {
  if (!game.has_score()) return {};
  const double score = -static_cast<double>(game.white_score);
  const double win = score > 0 ? 1 : score < 0 ? 0 : 0.5;
  return {win, 1 - win, score};
}

/// Players alternate, Black begins.
Color player_at(std::size_t turn) { return turn % 2 == 0 ? Color::kBlack : Color::kWhite; }

Outlook averaged(const GameRecord& game, std::size_t from, double k) {
  const double f = 1 / (1 + k * game.size.area());
  Outlook sum = result_of(game);
  for (std::size_t t = game.turns.size(); t-- > from;) {
    if (!has_value(game.turns[t])) continue;
    const Outlook v = outlook_of(game.turns[t], player_at(t));
    sum.win += f * (v.win - sum.win);
    sum.loss += f * (v.loss - sum.loss);
    sum.score += f * (v.score - sum.score);
  }
  return sum;
}

int turned_cell(int cell, BoardSize size, Symmetry symmetry) {
  return symmetry.apply(Point::from_cell(cell, size), size).cell(symmetry.apply(size));
}

std::vector<float> turned_policy(const RecordedTurn& turn, BoardSize size, Symmetry symmetry) {
  std::vector<float> policy(turn.policy.size());
  int sum = 0;
  for (const std::uint8_t p : turn.policy) sum += p;
  for (std::size_t i = 0; i < policy.size(); ++i) {
    const int to = turned_cell(static_cast<int>(i), size, symmetry);
    policy[static_cast<std::size_t>(to)] =
        static_cast<float>(turn.policy[i]) / static_cast<float>(sum);
  }
  return policy;
}

Position position_at(const GameRecord& game, std::size_t turn) {
  Position position(game.size, game.rules);
  for (std::size_t t = 0; t < turn; ++t)
    position.play(Point::from_cell(game.turns[t].move, game.size));
  return position;
}

/// Planes, under the symmetry, or the like of it that keeps the board's shape, which is returned.
Symmetry show(const Position& position, Symmetry symmetry, const nn::PlaneOptions& planes,
              nn::PlaneEncoder& encoder, TrainingPosition& out) {
  const Symmetry shown = nn::shape_keeping(symmetry, position.size());
  out.size = shown.apply(position.size());
  out.spatial.resize(static_cast<std::size_t>(nn::kPlaneCount * out.size.area()));
  out.global.resize(nn::kGlobalCount);
  encoder.encode(position, shown, planes, out.spatial, out.global);
  return shown;
}

std::vector<float> turned_owners(const std::vector<Color>& owners, Color player, BoardSize size,
                                 Symmetry symmetry) {
  std::vector<float> turned(owners.size());
  for (std::size_t p = 0; p < owners.size(); ++p) {
    const auto to = static_cast<std::size_t>(turned_cell(static_cast<int>(p), size, symmetry));
    turned[to] = owners[p] == Color::kEmpty ? 0.0F : owners[p] == player ? 1.0F : -1.0F;
  }
  return turned;
}

std::vector<float> turned_move(PackedMove move, BoardSize size, Symmetry symmetry) {
  std::vector<float> policy(static_cast<std::size_t>(size.area()) + 1);
  policy[static_cast<std::size_t>(turned_cell(move.cell(), size, symmetry))] = 1;
  return policy;
}

}  // namespace

void make_training_position(const GameRecord& game, std::size_t turn, Symmetry symmetry,
                            const nn::PlaneOptions& planes, nn::PlaneEncoder& encoder,
                            TrainingPosition& out) {
  const Position position = position_at(game, turn);
  const Color player = position.to_move();
  const Symmetry shown = show(position, symmetry, planes, encoder, out);
  nn::training::TrainingTarget& target = out.target;
  target = {};
  const RecordedTurn& now = game.turns[turn];
  if (!now.policy.empty()) target.policy = turned_policy(now, game.size, shown);
  if (turn + 1 < game.turns.size() && !game.turns[turn + 1].policy.empty())
    target.reply = turned_policy(game.turns[turn + 1], game.size, shown);
  const Outlook result = result_of(game);
  target.result = result.chances(player);
  for (std::size_t i = 0; i < nn::training::kTdHorizons; ++i) {
    const Outlook average = averaged(game, turn, kTdFactors[i]);
    target.td_values[i] = average.chances(player);
    if (i + 1 < nn::training::kTdHorizons || !game.has_score()) continue;
    target.td_score = target.lead = static_cast<float>(average.points(player));
  }
  if (!game.has_score()) return;
  target.score = static_cast<float>(result.points(player));
  target.ownership = turned_owners(game.owner, player, game.size, shown);
}

void make_training_position(const PlayedGame& game, std::size_t turn, Symmetry symmetry,
                            const nn::PlaneOptions& planes, nn::PlaneEncoder& encoder,
                            TrainingPosition& out) {
  const Position position = position_at(game, turn);
  const Color player = position.to_move();
  const Symmetry shown = show(position, symmetry, planes, encoder, out);
  nn::training::TrainingTarget& target = out.target;
  target = {};
  target.policy = turned_move(game.moves[turn], game.size, shown);
  const bool is_answered = turn + 1 < game.moves.size() && game.moves[turn + 1].color() != player;
  if (is_answered) target.reply = turned_move(game.moves[turn + 1], game.size, shown);
  if (game.winner) {
    const float win = *game.winner == Color::kEmpty ? 0.5F : *game.winner == player ? 1.0F : 0.0F;
    target.result = {win, 1 - win, 0};
    target.td_values.fill(target.result);
  }
  if (game.white_score) {
    const float score = player == Color::kWhite ? *game.white_score : -*game.white_score;
    target.score = target.lead = target.td_score = score;
  }
  target.ownership = turned_owners(game.owner, player, game.size, shown);
}

}  // namespace ponnuki::selfplay
