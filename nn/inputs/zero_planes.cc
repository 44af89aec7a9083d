// Reconstructs past positions backwards: undoing a move removes its stone and restores the stones
// that it captured.
#include "nn/inputs/zero_planes.h"

#include <algorithm>

#include "engine/check.h"
#include "nn/inputs/plane_writer.h"

namespace ponnuki::nn {
namespace {

/// The stones of a position and, step by step, of earlier positions.
class PastStones {
 public:
  explicit PastStones(const Position& position) : position_(position) {
    const BoardSize size = position.size();
    for (int cell = 0; cell < size.area(); ++cell) {
      const Point p = Point::from_cell(cell, size);
      if (is_player(position.board().at(p))) of(position.board().at(p)).add(p);
    }
  }

  const PointSet& stones(Color color) const { return stones_[color == Color::kWhite]; }
  /// Returns false if the earlier position is not known.
  bool step_back() {
    if (turns_ == std::min(position_.history_turns(), position_.move_count())) return false;
    ++turns_;
    const Move move = position_.move_ago(turns_);
    if (move.point.is_pass()) return true;
    PointSet& own = of(move.color);
    // If the stone is not there, the move was a suicide.
    const bool suicide = !own.contains(move.point);
    own.remove(move.point);
    PointSet& losers = suicide ? own : of(opponent(move.color));
    losers = losers | position_.lost_ago(turns_);
    return true;
  }

 private:
  PointSet& of(Color color) { return stones_[color == Color::kWhite]; }

  const Position& position_;
  PointSet stones_[2];
  int turns_ = 0;
};

constexpr int kZeroColour = 2 * kZeroHistory;  // the first plane after the stones

/// Plane own(t) gets the stones of the player to move t turns ago, plane other(t) the opponent's.
template <typename Own, typename Other>
void write_history(const Position& position, PlaneWriter& writer, Own own, Other other) {
  PastStones past(position);
  const Color player = position.to_move();
  for (int t = 0; t < kZeroHistory; ++t) {
    writer.set(own(t), past.stones(player));
    writer.set(other(t), past.stones(opponent(player)));
    if (!past.step_back()) return;
  }
}

}  // namespace

void encode_alphago_zero(const Position& position, Symmetry symmetry, std::span<float> spatial) {
  PONNUKI_CHECK(spatial.size() ==
                static_cast<std::size_t>(kAlphaGoZeroPlanes * position.size().area()));
  PlaneWriter writer(position.size(), symmetry, spatial);
  write_history(
      position, writer, [](int t) { return 2 * t; }, [](int t) { return 2 * t + 1; });
  if (position.to_move() == Color::kBlack) writer.fill(kZeroColour);
}

void encode_leela_zero(const Position& position, Symmetry symmetry, std::span<float> spatial) {
  PONNUKI_CHECK(spatial.size() ==
                static_cast<std::size_t>(kLeelaZeroPlanes * position.size().area()));
  PlaneWriter writer(position.size(), symmetry, spatial);
  write_history(
      position, writer, [](int t) { return t; }, [](int t) { return kZeroHistory + t; });
  writer.fill(kZeroColour + (position.to_move() == Color::kWhite ? 1 : 0));
}

}  // namespace ponnuki::nn
