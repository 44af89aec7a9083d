#include "engine/encore.h"

#include "engine/check.h"
#include "engine/zobrist.h"

namespace ponnuki {

namespace {

using zobrist::Kind;

std::uint64_t block_key_of(Point p) {
  return zobrist::key(Kind::kEncore, 4 + static_cast<std::uint64_t>(p.index()));
}

/// The single stone that a move to the empty point `p` would take as a ko: all neighbours of `p`
/// are the opponent's or off the board, and exactly one of them is in atari. None if there is none.
Point stone_taken_as_ko(const Board& board, Point p, Color player) {
  if (board.at(p) != Color::kEmpty) return Point::none();
  Point taken = Point::none();
  for (const int offset : kNeighborOffsets) {
    const Point next = Point::from_index(p.index() + offset);
    if (board.at(next) == Color::kWall) continue;
    if (board.at(next) != opponent(player)) return Point::none();
    if (board.liberties(next) != 1) continue;
    if (!taken.is_none()) return Point::none();
    taken = next;
  }
  return taken.is_none() || board.chain_size(taken) != 1 ? Point::none() : taken;
}

}  // namespace

Encore::Encore(int phase, const Board& board) : phase_(phase) {
  PONNUKI_CHECK(phase == 1 || phase == 2);
  if (phase < 2) return;
  start_hash_ = board.hash();
  for (int cell = 0; cell < board.size().area(); ++cell) {
    const Point p = Point::from_cell(cell, board.size());
    if (board.at(p) == Color::kBlack) start_black_.add(p);
    if (board.at(p) == Color::kWhite) start_white_.add(p);
  }
}

Color Encore::start(Point p) const {
  if (start_black_.contains(p)) return Color::kBlack;
  return start_white_.contains(p) ? Color::kWhite : Color::kEmpty;
}

/// The stone whose block the move lifts, or none.
Point Encore::blocked_stone(const Board& board, Move move) const {
  const Point p = move.point;
  if (p.is_pass() || !p.on_board(board.size())) return Point::none();
  if (board.at(p) == opponent(move.color)) {
    const bool in_atari = board.chain_size(p) == 1 && board.liberties(p) == 1;
    return in_atari && blocked_.contains(p) ? p : Point::none();
  }
  const Point taken = stone_taken_as_ko(board, p, move.color);
  return !taken.is_none() && blocked_.contains(taken) ? taken : Point::none();
}

bool Encore::is_pass_for_ko(const Board& board, Move move) const {
  return blocked_ != PointSet() && !blocked_stone(board, move).is_none();
}

PointSet Encore::passes_for_ko(const Board& board, Color player) const {
  PointSet points;
  const auto try_point = [&](Point p) {
    if (board.at(p) != Color::kWall && is_pass_for_ko(board, {player, p})) points.add(p);
  };
  blocked_.for_each([&](Point stone) {
    try_point(stone);
    for (const int offset : kNeighborOffsets) try_point(Point::from_index(stone.index() + offset));
  });
  return points;
}

PointSet Encore::taken(const Board& board, Color player) const {
  PointSet points;
  for (const Taking& taking : takings_) {
    if (taking.move.color == player && taking.before == board.hash()) points.add(taking.move.point);
  }
  return points;
}

void Encore::set_blocked(Point p, bool blocked) {
  if (blocked_.contains(p) == blocked) return;
  block_key_ ^= block_key_of(p);
  if (blocked)
    blocked_.add(p);
  else
    blocked_.remove(p);
}

void Encore::pass_for_ko(const Board& board, Move move) {
  set_blocked(blocked_stone(board, move), false);
}

void Encore::play(Board& board, Move move) {
  const std::uint64_t before = board.hash();
  board.play(move.point, move.color);
  if (!board.ko_point().is_none()) {
    set_blocked(move.point, true);
    takings_.push_back({before, move});
    board.clear_ko_point();
  }
  // A block ends with its stone.
  (blocked_ & board.empty_points()).for_each([this](Point p) { set_blocked(p, false); });
}

std::uint64_t Encore::state_key(const Board& board, Color next) const {
  std::uint64_t key = block_key_ ^ zobrist::key(Kind::kEncore, static_cast<std::uint64_t>(phase_));
  if (phase_ == 2) key ^= zobrist::key(Kind::kEncore, start_hash_ | 1ULL << 63);
  taken(board, next).for_each([&key](Point p) {
    key ^= zobrist::key(Kind::kBan, static_cast<std::uint64_t>(p.index()));
  });
  return key;
}

}  // namespace ponnuki
