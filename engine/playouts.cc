#include "engine/playouts.h"

#include <utility>

namespace ponnuki {

void Playouts::list_empty_points() {
  const Board& board = position_.board();
  const BoardSize size = board.size();
  empty_count_ = 0;
  for (int y = 0; y < size.height; ++y) {
    const int row = Point::at(0, y).index();
    for (int i = row; i < row + size.width; ++i) {
      empty_[static_cast<std::size_t>(empty_count_)] = static_cast<std::int16_t>(i);
      empty_count_ += board.at(Point::from_index(i)) == Color::kEmpty;
    }
  }
}

/// A uniformly random legal move that fills no own eye; pass if there is none. Rejected points are
/// moved to the end of the list, behind the points that can still be drawn.
Point Playouts::pick(Random& random) {
  const Color player = position_.to_move();
  for (int left = empty_count_; left > 0; --left) {
    const auto i = random.below(static_cast<std::uint32_t>(left));
    const Point p = Point::from_index(empty_[i]);
    const bool good = !position_.board().is_simple_eye(p, player) && position_.is_legal(p);
    std::swap(empty_[i], empty_[static_cast<std::size_t>(left - 1)]);
    if (!good) continue;
    std::swap(empty_[static_cast<std::size_t>(left - 1)],
              empty_[static_cast<std::size_t>(empty_count_ - 1)]);
    return p;
  }
  return Point::pass();
}

void Playouts::run(const Position& position, Random& random) {
  position_ = position;
  moves_played_ = 0;
  list_empty_points();
  const int limit = 3 * position_.size().area();
  while (!position_.is_over() && moves_played_ < limit) {
    const Point p = pick(random);
    const int stones = position_.board().stone_count();
    position_.play(p);
    ++moves_played_;
    if (p.is_pass()) continue;
    if (position_.board().stone_count() == stones + 1) {
      --empty_count_;  // pick() has moved it to the end
    } else {
      list_empty_points();
    }
  }
}

Color Playouts::owner(Point p) const {
  const Board& board = position_.board();
  if (board.at(p) != Color::kEmpty) return board.at(p);
  int seen = 0;
  for (const int offset : kNeighborOffsets) {
    const Color c = board.at(Point::from_index(p.index() + offset));
    if (is_player(c)) seen |= static_cast<int>(c);
  }
  return seen == 3 ? Color::kEmpty : static_cast<Color>(seen);
}

int Playouts::area_score() const {
  int score = 0;
  for (int y = 0; y < position_.size().height; ++y) {
    for (int x = 0; x < position_.size().width; ++x) {
      const Color c = owner(Point::at(x, y));
      score += c == Color::kWhite;
      score -= c == Color::kBlack;
    }
  }
  return score;
}

RandomGames run_random_games(BoardSize size, const Rules& rules, std::int64_t moves,
                             Random random) {
  RandomGames total;
  const Position start(size, rules);
  Playouts playouts;
  while (total.moves < moves) {
    playouts.run(start, random);
    ++total.games;
    total.moves += playouts.moves_played();
    total.white_points += playouts.area_score();
    for (const Move& move : playouts.final_position().moves()) total.passes += move.point.is_pass();
    total.hash = splitmix64(total.hash) ^ playouts.final_position().board().hash();
  }
  return total;
}

}  // namespace ponnuki
