#include "engine/referee/teire.h"

#include <optional>
#include <vector>

#include "engine/chains.h"

namespace ponnuki::referee {
namespace {

// Chains with more liberties need no protection, or it is beyond reading.
constexpr int kMostLiberties = 4;

class Protection {
 public:
  Protection(const Board& board, const PointSet& dead, Color owner, Reading reading)
      : board_(board), dead_(dead), owner_(owner), reading_(reading) {}

  /// Protects each living chain that can be protected by a move.
  PointSet protect() {
    for (auto move = needed_move(); move; move = needed_move()) {
      board_.play(*move, owner_);
      played_.add(*move);
    }
    return played_;
  }

 private:
  bool lives(const Board& board, Point p) const {
    return board.at(p) == owner_ && !dead_.contains(p);
  }

  bool is_safe(const Board& board, Point head) const {
    return board.liberties(head) > kMostLiberties ||
           read_capture(board, head, opponent(owner_), LifeRule::kPlay, reading_) != Capture::kYes;
  }

  /// A move that saves a living chain which the opponent could capture; nothing if there is none.
  std::optional<Point> needed_move() const {
    std::optional<Point> move;
    for_each_chain(board_, [&](Point head) {
      if (!move && lives(board_, head) && !is_safe(board_, head)) move = saving_move(head);
    });
    return move;
  }

  /// The owner's move, on or next to a liberty of the chain, that makes it safe.
  std::optional<Point> saving_move(Point head) const {
    PointSet tries;
    for_each_chain_neighbor(board_, head, [&](Point liberty) {
      if (board_.at(liberty) != Color::kEmpty) return;
      tries.add(liberty);
      for (const int offset : kNeighborOffsets) {
        const Point n = Point::from_index(liberty.index() + offset);
        if (board_.at(n) == Color::kEmpty) tries.add(n);
      }
    });
    std::optional<Point> found;
    tries.for_each([&](Point p) {
      if (found || played_.contains(p) || board_.is_suicide(p, owner_)) return;
      Board after = board_;
      after.play(p, owner_);
      if (is_safe(after, head)) found = p;
    });
    return found;
  }

  Board board_;
  const PointSet& dead_;
  Color owner_;
  Reading reading_;
  PointSet played_;
};

}  // namespace

PointSet protective_moves(const Board& settled, const PointSet& dead, Reading reading) {
  return Protection(settled, dead, Color::kBlack, reading).protect() |
         Protection(settled, dead, Color::kWhite, reading).protect();
}

}  // namespace ponnuki::referee
