#include "engine/search/root_policy.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ponnuki::search {

double interpolate_early(double early, double late, double halflife, const Position& position) {
  const double length = std::sqrt(static_cast<double>(position.size().area()));
  const double halflives = position.move_count() / halflife * 19.0 / length;
  return late + (early - late) * std::pow(0.5, halflives);
}

void apply_temperature(std::span<float> policy, double temperature) {
  const float highest = *std::max_element(policy.begin(), policy.end());
  if (temperature == 1 || highest <= 0) return;
  double sum = 0;
  for (float& p : policy) {
    if (p <= 0) continue;
    p = static_cast<float>(std::pow(static_cast<double>(p / highest), 1 / temperature));
    sum += p;
  }
  for (float& p : policy) {
    if (p > 0) p = static_cast<float>(p / sum);
  }
}

// --- noise ---------------------------------------------------------------------------------------

double gamma_deviate(double shape, Random& random) {
  if (shape < 1)
    return gamma_deviate(shape + 1, random) * std::pow(1 - random.uniform(), 1 / shape);
  const double d = shape - 1.0 / 3, c = 1 / std::sqrt(9 * d);
  while (true) {
    const double x = random.normal();
    const double v = std::pow(1 + c * x, 3);
    if (v <= 0) continue;
    const double u = 1 - random.uniform();
    if (std::log(u) < 0.5 * x * x + d - d * v + d * std::log(v)) return d * v;
  }
}

namespace {

/// For each legal move, its share of the noise's concentration.
std::vector<double> noise_shares(std::span<const float> policy) {
  std::vector<double> logs(policy.size(), 0.0);
  double log_sum = 0;
  int legal = 0;
  for (std::size_t i = 0; i < policy.size(); ++i) {
    if (policy[i] < 0) continue;
    logs[i] = std::log(std::min(0.01, static_cast<double>(policy[i])) + 1e-20);
    log_sum += logs[i];
    ++legal;
  }
  double excess_sum = 0;
  for (std::size_t i = 0; i < policy.size(); ++i) {
    if (policy[i] < 0) continue;
    logs[i] = std::max(0.0, logs[i] - log_sum / legal);
    excess_sum += logs[i];
  }
  for (std::size_t i = 0; i < policy.size(); ++i) {
    if (policy[i] < 0) continue;
    const double uniform = 1.0 / legal;
    logs[i] = excess_sum <= 0 ? uniform : 0.5 * (logs[i] / excess_sum + uniform);
  }
  return logs;
}

}  // namespace

void add_dirichlet_noise(std::span<float> policy, const SearchParams& params, Random& random) {
  std::vector<double> noise = noise_shares(policy);
  double sum = 0;
  for (std::size_t i = 0; i < policy.size(); ++i) {
    if (policy[i] < 0) continue;
    noise[i] = gamma_deviate(noise[i] * params.root_noise_total_concentration, random);
    sum += noise[i];
  }
  if (sum <= 0) return;
  for (std::size_t i = 0; i < policy.size(); ++i) {
    if (policy[i] < 0) continue;
    const double kept = (1 - params.root_noise_weight) * static_cast<double>(policy[i]);
    policy[i] = static_cast<float>(kept + params.root_noise_weight * noise[i] / sum);
  }
}

// --- symmetry ------------------------------------------------------------------------------------

namespace {

bool is_symmetric(const Board& board, Symmetry symmetry) {
  for (int cell = 0; cell < board.size().area(); ++cell) {
    const Point p = Point::from_cell(cell, board.size());
    if (board.at(p) != board.at(symmetry.apply(p, board.size()))) return false;
  }
  return true;
}

bool has_ko_ban(const Position& position) {
  if (!position.board().ko_point().is_none()) return true;
  if (position.rules().ko == KoRule::kSimple) return false;
  for (int cell = 0; cell < position.size().area(); ++cell) {
    if (position.is_ko_banned(Point::from_cell(cell, position.size()))) return true;
  }
  return false;
}

}  // namespace

std::vector<Symmetry> board_symmetries(const Position& position) {
  std::vector<Symmetry> found{Symmetry()};
  // In the encore, blocks and the stones of its start need not be symmetric.
  if (position.encore() != nullptr || has_ko_ban(position)) return found;
  for (int i = 1; i < Symmetry::count(position.size()); ++i) {
    if (is_symmetric(position.board(), Symmetry(i))) found.push_back(Symmetry(i));
  }
  return found;
}

std::vector<Point> mirror_representatives(const Position& position,
                                          std::span<const Symmetry> symmetries) {
  const BoardSize size = position.size();
  std::vector<Point> representative(static_cast<std::size_t>(size.area()) + 1);
  const auto visit = [&](Point p) {
    if (!representative[static_cast<std::size_t>(p.cell(size))].is_none()) return;
    for (const Symmetry s : symmetries) {
      const Point image = s.apply(p, size);
      if (image != p) representative[static_cast<std::size_t>(image.cell(size))] = p;
    }
  };
  // By custom, Black begins in the upper right and White in the lower left.
  if (position.to_move() == Color::kBlack) {
    for (int x = size.width - 1; x >= 0; --x) {
      for (int y = 0; y < size.height; ++y) visit(Point::at(x, y));
    }
  } else {
    for (int x = 0; x < size.width; ++x) {
      for (int y = size.height - 1; y >= 0; --y) visit(Point::at(x, y));
    }
  }
  return representative;
}

// --- the end of the game -------------------------------------------------------------------------

namespace {

bool touches(const Board& board, Point p, Color color) {
  for (const int offset : kNeighborOffsets) {
    if (board.at(Point::from_index(p.index() + offset)) == color) return true;
  }
  return false;
}

/// True if a stone at `p` connects two chains of the player, one of them not pass-alive.
bool connects(const Board& board, Point p, Color player, const AreaMap& pass_alive) {
  Point weak;
  for (const int offset : kNeighborOffsets) {
    const Point n = Point::from_index(p.index() + offset);
    if (board.at(n) != player || pass_alive[static_cast<std::size_t>(n.index())] != Color::kEmpty)
      continue;
    weak = board.chain_head(n);
    break;
  }
  if (weak.is_none()) return false;
  for (const int offset : kNeighborOffsets) {
    const Point n = Point::from_index(p.index() + offset);
    if (board.at(n) == player && board.chain_head(n) != weak) return true;
  }
  return false;
}

}  // namespace

double ending_bonus(const Position& position, Point move, std::span<const float> ownership,
                    const AreaMap& pass_alive, double bonus_points) {
  constexpr double kSettled = 0.95, kTail = 0.05;
  const bool area = position.is_final_phase();
  if (move.is_pass()) {
    if (!area) return -bonus_points * 2 / 3;  // neutral points have priority
    return position.has_button() ? -bonus_points * 0.5 : 0;
  }
  const Board& board = position.board();
  if (ownership.empty() || !board.ko_point().is_none()) return 0;
  const Color player = position.to_move();
  const double owned = ownership[static_cast<std::size_t>(move.cell(position.size()))];
  if (owned <= -kSettled) {  // in the opponent's territory
    if (area && board.would_capture(move, player)) return 0;
    return -bonus_points * ((-kSettled - owned) / kTail);
  }
  if (owned >= kSettled) {  // in the player's own
    if (touches(board, move, opponent(player)) || connects(board, move, player, pass_alive))
      return 0;
    return -bonus_points * ((owned - kSettled) / kTail);
  }
  return 0;
}

}  // namespace ponnuki::search
