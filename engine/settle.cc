#include "engine/settle.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "engine/chains.h"
#include "engine/empty_regions.h"

namespace ponnuki {
namespace {

constexpr int kSafe = 2;  // liberties of a chain that cannot be captured by the next move

class Settlement {
 public:
  Settlement(const Board& board, const PointSet& dead)
      : start_(board), dead_(dead), state_{board, {}} {
    state_.board.clear_ko_point();
  }
  const Settled& result() const { return state_; }

  void protect_all() { protect_all(state_); }

  /// The player fills all points where this forces the opponent to protect: these moves keep the
  /// turn.
  void take_forcing_fills(Color player) {
    for (const Point p : neutral()) {
      if (auto next = forcing_fill(p, player)) state_ = std::move(*next);
    }
  }

  /// The player fills one point where the opponent's stone would force a protective move.
  void prevent_forcing_fill(Color player) {
    for (const Point p : neutral()) {
      if (!forcing_fill(p, opponent(player))) continue;
      auto next = fill(p, player);
      if (!next) continue;
      state_ = std::move(*next);
      return;
    }
  }

  void fill_others() {
    for (const Point p : neutral()) {
      for (const Color player : {Color::kBlack, Color::kWhite}) {
        if (auto next = fill(p, player)) state_ = std::move(*next);
      }
    }
  }

 private:
  std::vector<Point> neutral() const {
    return neutral_points(without_dead(state_.board, start_, dead_));
  }
  bool is_dead(const Board& board, Point p) const {
    return dead_.contains(p) && board.at(p) == start_.at(p);
  }
  /// True for a stone of a living chain.
  bool lives(const Board& board, Point p) const {
    return is_player(board.at(p)) && !is_dead(board, p);
  }
  bool captures_living(const Board& board, Point p, Color player) const {
    for (const int offset : kNeighborOffsets) {
      const Point n = Point::from_index(p.index() + offset);
      if (board.at(n) == opponent(player) && board.liberties(n) == 1 && lives(board, n))
        return true;
    }
    return false;
  }

  bool joins_dead(const Board& board, Point p, Color player) const {
    return std::any_of(std::begin(kNeighborOffsets), std::end(kNeighborOffsets), [&](int offset) {
      const Point n = Point::from_index(p.index() + offset);
      return board.at(n) == player && is_dead(board, n);
    });
  }

  /// The state after a stone of `player` on `p`; nothing if it captures living stones or joins dead
  /// ones, or if it can be captured at once.
  std::optional<Settled> after_safe_move(const Settled& state, Point p, Color player) const {
    const Board& board = state.board;
    // Nobody plays twice on a point, so that captures back and forth come to an end.
    if (board.at(p) != Color::kEmpty || state.filled.contains(p) || board.is_suicide(p, player) ||
        captures_living(board, p, player) || joins_dead(board, p, player))
      return std::nullopt;
    Settled after = state;
    after.board.play(p, player);
    after.filled.add(p);
    if (after.board.liberties(p) < kSafe) return std::nullopt;
    return after;
  }

  /// The state after a fill and the protective moves that answer it. Nothing if a chain of the
  /// opponent would be lost: then the point is no neutral point but a liberty of a seki or a race.
  std::optional<Settled> fill(Point p, Color player) const {
    auto after = after_safe_move(state_, p, player);
    if (!after) return std::nullopt;
    protect_all(*after);
    for (const int offset : kNeighborOffsets) {
      const Point n = Point::from_index(p.index() + offset);
      if (after->board.at(n) == opponent(player) && lives(after->board, n) &&
          after->board.liberties(n) < kSafe)
        return std::nullopt;
    }
    return after;
  }

  std::optional<Settled> forcing_fill(Point p, Color player) const {
    auto after = fill(p, player);
    if (after && after->filled.size() == state_.filled.size() + 1) return std::nullopt;
    return after;
  }

  /// Makes the living chains in atari safe that one move can make safe.
  void protect_all(Settled& state) const {
    for (bool changed = true; changed;) {
      changed = false;
      for (int cell = 0; cell < state.board.size().area(); ++cell) {
        const Point p = Point::from_cell(cell, state.board.size());
        if (!lives(state.board, p) || state.board.liberties(p) >= kSafe) continue;
        if (auto next = protected_chain(state, p)) {
          state = std::move(*next);
          changed = true;
        }
      }
    }
  }

  /// The chain at `p` extends, or captures dead stones beside it.
  std::optional<Settled> protected_chain(const Settled& state, Point p) const {
    const Color color = state.board.at(p);
    std::vector<Point> moves{lone_liberty(state.board, p)};
    for_each_capture(state.board, p, [&](Point weak) {
      if (is_dead(state.board, weak)) moves.push_back(lone_liberty(state.board, weak));
    });
    for (const Point move : moves) {
      auto after = after_safe_move(state, move, color);
      if (after && after->board.liberties(p) >= kSafe) return after;
    }
    return std::nullopt;
  }

  const Board& start_;
  const PointSet& dead_;
  Settled state_;
};

}  // namespace

Board without_dead(const Board& board, const Board& start, const PointSet& dead) {
  std::vector<Move> cleared;
  dead.for_each([&](Point p) {
    if (board.at(p) == start.at(p)) cleared.push_back({Color::kEmpty, p});
  });
  Board rest = board;
  // Removing whole chains leaves no chain without liberties.
  if (!rest.place(cleared)) return board;
  return rest;
}

Settled settle_borders(const Board& board, const PointSet& dead, Color first) {
  Settlement settlement(board, dead);
  settlement.protect_all();
  settlement.take_forcing_fills(first);
  settlement.prevent_forcing_fill(first);
  settlement.take_forcing_fills(opponent(first));
  settlement.fill_others();
  settlement.protect_all();
  return settlement.result();
}

}  // namespace ponnuki
