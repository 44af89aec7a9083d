#include "engine/playout_evaluator.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "engine/playouts.h"

namespace ponnuki {

namespace {

/// Sums over playouts, from the perspective of the player to move.
struct Tally {
  int wins = 0;
  int losses = 0;
  double score = 0;
  double score_squares = 0;
  std::vector<float> ownership;
};

Tally run_playouts(const Position& position, int count, Random random) {
  Tally tally;
  const Color player = position.to_move();
  const double sign = player == Color::kWhite ? 1 : -1;
  const double komi = position.self_komi(player);
  const BoardSize size = position.size();
  tally.ownership.assign(static_cast<std::size_t>(size.area()), 0.0F);
  const float share = 1.0F / static_cast<float>(count);
  Playouts playouts;
  for (int i = 0; i < count; ++i) {
    playouts.run(position, random);
    // Uses komi and bonus from before the playout: under territory scoring, moves of the playout
    // must not cost points.
    const double score = sign * playouts.area_score() + komi;
    tally.wins += score > 0;
    tally.losses += score < 0;
    tally.score += score / count;
    tally.score_squares += score * score / count;
    for (int cell = 0; cell < size.area(); ++cell) {
      const Color owner = playouts.owner(Point::from_cell(cell, size));
      if (owner == Color::kEmpty) continue;
      tally.ownership[static_cast<std::size_t>(cell)] += owner == player ? share : -share;
    }
  }
  return tally;
}

/// The liberties that a stone of `player` on `p` would have, counted up to 2.
int liberties_up_to_two(const Board& board, Point p, Color player) {
  Board after = board;
  after.play(p, player);
  return after.at(p) == Color::kEmpty ? 0 : std::min(after.liberties(p), 2);
}

/// The effect of a stone on the adjacent chains.
struct Contact {
  bool any = false;
  bool rescues = false;      // an own chain is in atari
  bool gives_atari = false;  // an enemy chain has two liberties
};

Contact contact_of(const Board& board, Point p, Color player) {
  Contact contact;
  for (const int offset : kNeighborOffsets) {
    const Point n = Point::from_index(p.index() + offset);
    if (!is_player(board.at(n))) continue;
    contact.any = true;
    const int liberties = board.liberties(n);
    if (board.at(n) == player && liberties == 1) contact.rescues = true;
    if (board.at(n) != player && liberties == 2) contact.gives_atari = true;
  }
  return contact;
}

bool is_on_edge(Point p, BoardSize size) {
  return p.x() == 0 || p.y() == 0 || p.x() == size.width - 1 || p.y() == size.height - 1;
}

bool is_beside_last_move(const Position& position, Point p) {
  if (position.move_count() == 0) return false;
  const Point last = position.move_ago(1).point;
  return !last.is_pass() && std::abs(last.x() - p.x()) <= 1 && std::abs(last.y() - p.y()) <= 1;
}

/// The prior of a legal move before normalisation; an ordinary move has 1. The factors were tuned
/// by matches on 9x9 at equal visits.
float move_weight(const Position& position, Point p, float ownership) {
  const Board& board = position.board();
  const Color player = position.to_move();
  if (board.is_simple_eye(p, player)) return 0.01F;
  const Contact contact = contact_of(board, p, player);
  float weight = std::max(1 - ownership * ownership, 0.1F);
  if (contact.any && liberties_up_to_two(board, p, player) < 2) {
    weight *= 0.2F;
  } else if (contact.rescues) {
    weight *= 3;
  }
  if (board.would_capture(p, player)) weight *= 4;
  if (contact.gives_atari) weight *= 1.5F;
  if (is_beside_last_move(position, p)) weight *= 2;
  if (is_on_edge(p, board.size()) && !contact.any) weight *= 0.3F;
  return weight;
}

void set_policy(const Position& position, const std::vector<float>& ownership, float temperature,
                std::vector<float>& policy) {
  const BoardSize size = position.size();
  policy.assign(static_cast<std::size_t>(size.area() + 1), -1.0F);
  policy.back() = 0.1F;  // pass
  for (int cell = 0; cell < size.area(); ++cell) {
    const Point p = Point::from_cell(cell, size);
    const auto i = static_cast<std::size_t>(cell);
    if (position.is_legal(p)) policy[i] = move_weight(position, p, ownership[i]);
  }
  float sum = 0;
  for (float& prior : policy) {
    if (prior < 0) continue;
    if (temperature != 1) prior = std::pow(prior, 1 / temperature);
    sum += prior;
  }
  for (float& prior : policy) {
    if (prior >= 0) prior /= sum;
  }
}

void evaluate_one(const EvalRequest& request, const PlayoutOptions& options) {
  const Position& position = *request.position;
  Evaluation& result = *request.result;
  const Random random(position.evaluation_key(), options.seed);
  Tally tally = run_playouts(position, options.playouts, random);
  result = Evaluation{};
  // One additional win and one additional loss keep the value away from certainty after few
  // playouts.
  const float games = static_cast<float>(options.playouts + 2);
  const int draws = options.playouts - tally.wins - tally.losses;
  result.win = (static_cast<float>(tally.wins + 1) + 0.5F * static_cast<float>(draws)) / games;
  result.loss = 1 - result.win;
  result.score_mean = static_cast<float>(tally.score);
  result.score_stdev =
      static_cast<float>(std::sqrt(std::max(tally.score_squares - tally.score * tally.score, 0.0)));
  result.lead = result.score_mean;
  set_policy(position, tally.ownership, request.policy_temperature, result.policy);
  if (request.with_ownership) result.ownership = std::move(tally.ownership);
}

}  // namespace

void PlayoutEvaluator::evaluate(std::span<const EvalRequest> requests) {
  for (const EvalRequest& request : requests) evaluate_one(request, options_);
}

std::string PlayoutEvaluator::name() const {
  return "random playouts (" + std::to_string(options_.playouts) + " a position, no network)";
}

}  // namespace ponnuki
