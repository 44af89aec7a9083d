// A depth-first search over sequences of ataris, like KataGo's searchIsLadderCaptured. The attacker
// plays on one of the chain's two liberties; the defender extends, or captures an adjacent chain in
// atari. Suicide has no effect: it neither takes a liberty from the chain nor gives it one.
#include "engine/ladder.h"

#include <algorithm>
#include <cstdlib>

#include "engine/chains.h"

namespace ponnuki {

namespace {

constexpr int kMaxNodes = 25000;
constexpr int kEnoughLiberties = 3;

int empty_neighbors(const Board& board, Point p) {
  int count = 0;
  for (const int offset : kNeighborOffsets)
    count += board.at(Point::from_index(p.index() + offset)) == Color::kEmpty;
  return count;
}

/// Distinct moves in the order in which they are generated.
struct MoveList {
  // Indices of points. Unlike Points they are not initialised.
  std::array<std::int16_t, kMaxArea> moves;
  int size = 0;
  void add(Point p) {
    if (std::find(moves.begin(), moves.begin() + size, p.index()) == moves.begin() + size)
      moves[static_cast<std::size_t>(size++)] = static_cast<std::int16_t>(p.index());
  }
  Point operator[](int i) const { return Point::from_index(moves[static_cast<std::size_t>(i)]); }
};

bool has_captures(const Board& board, Point chain) {
  bool found = false;
  for_each_capture(board, chain, [&](Point) { found = true; });
  return found;
}

/// The liberties of a chain that has two.
struct TwoLiberties {
  Point first, second;
};
TwoLiberties two_liberties(const Board& board, Point chain) {
  TwoLiberties found;
  for_each_chain_neighbor(board, chain, [&](Point p) {
    if (board.at(p) != Color::kEmpty || p == found.first) return;
    (found.first.is_none() ? found.first : found.second) = p;
  });
  return found;
}

/// True if a stone of `player` at `p`, surrounded by the opponent, captures exactly one stone.
bool is_ko_capture(const Board& board, Point p, Color player) {
  Point captured;
  for (const int offset : kNeighborOffsets) {
    const Point n = Point::from_index(p.index() + offset);
    const Color c = board.at(n);
    if (c == Color::kWall) continue;
    if (c != opponent(player)) return false;
    if (board.liberties(n) != 1) continue;
    if (!captured.is_none()) return false;
    captured = n;
  }
  return !captured.is_none() && board.chain_size(captured) == 1;
}

/// Lower and upper bounds for the liberties of the chain that a stone at `p` will belong to.
struct LibertyBounds {
  int lower, upper;
};
LibertyBounds bound_liberties_after(const Board& board, Point p, Color player) {
  int empty = 0, captures = 0, captured_stones = 0, connected = 0, best_connected = 0;
  for (const int offset : kNeighborOffsets) {
    const Point n = Point::from_index(p.index() + offset);
    const Color c = board.at(n);
    if (c == Color::kEmpty) ++empty;
    if (c == opponent(player) && board.liberties(n) == 1) {
      ++captures;
      captured_stones += board.chain_size(n);
    }
    if (c == player) {
      connected += board.liberties(n) - 1;
      best_connected = std::max(best_connected, board.liberties(n) - 1);
    }
  }
  return {captures + std::max(best_connected, empty), empty + captured_stones + connected};
}

/// The liberties of the stone after it is played; 0 if it would be suicide.
int liberties_after(const Board& board, Point p, Color player) {
  if (board.is_suicide(p, player)) return 0;
  Board after = board;
  after.play(p, player);
  return after.liberties(p);
}

bool are_adjacent(Point a, Point b) {
  const int distance = std::abs(a.index() - b.index());
  return distance == 1 || distance == kStride;
}

/// Estimates how good an escape to `p` is for the defender. Used to order the attacker's moves.
int escape_score(const Board& board, Point p, Color defender) {
  int score = 2 * empty_neighbors(board, p);
  for (const int offset : kNeighborOffsets) {
    const Point n = Point::from_index(p.index() + offset);
    if (board.at(n) == defender && board.liberties(n) > 1) score += 2 * board.liberties(n) - 3;
  }
  return score;
}

bool is_legal(const Board& board, Point p, Color player) {
  return board.at(p) == Color::kEmpty && p != board.ko_point() && !board.is_suicide(p, player);
}

/// The search for one chain. Depth d uses stack[d].
class Search {
 public:
  Search(std::deque<Board>& stack, Point chain)
      : stack_(stack),
        chain_(chain),
        defender_(stack.front().at(chain)),
        max_depth_(stack.front().size().area() * 3 / 2) {}

  /// Requires that the chain has one liberty, that its owner moves first on stack[depth], and that
  /// no ko forbids that move.
  bool is_captured(int depth) {
    nodes_ = 0;
    aborted_ = false;
    base_ = depth;
    board(depth).clear_ko_point();
    return defend(depth) && !aborted_;
  }

  /// Copies stack[depth] to stack[depth + 1] and adds a stone.
  void push(int depth, Point p, Color player) {
    const auto next = static_cast<std::size_t>(depth + 1);
    if (stack_.size() <= next)
      stack_.push_back(board(depth));
    else
      stack_[next] = board(depth);
    stack_[next].play(p, player);
  }

 private:
  Board& board(int depth) { return stack_[static_cast<std::size_t>(depth)]; }
  /// True if the chain is captured after `p`.
  bool try_move(int depth, Point p, Color player) {
    push(depth, p, player);
    aborted_ = ++nodes_ >= kMaxNodes;
    if (aborted_) return false;
    return player == defender_ ? attack(depth + 1) : defend(depth + 1);
  }

  /// The defender moves: true if no move saves the chain.
  bool defend(int depth) {
    const Board& now = board(depth);
    if (depth - base_ >= max_depth_) return true;
    if (now.liberties(chain_) >= 2 || !now.ko_point().is_none()) return false;
    MoveList moves;
    for_each_capture(now, chain_, [&](Point p) { moves.add(lone_liberty(now, p)); });
    moves.add(lone_liberty(now, chain_));
    // The last move is the extension, unless that point is also a capture (as in KataGo).
    const LibertyBounds bounds = bound_liberties_after(now, moves[moves.size - 1], defender_);
    if (bounds.lower >= kEnoughLiberties) return false;
    if (moves.size == 1 && bounds.upper <= 1) return true;
    for (int i = 0; i < moves.size; ++i) {
      if (!is_legal(now, moves[i], defender_)) continue;
      if (!try_move(depth, moves[i], defender_) || aborted_) return false;
    }
    return true;
  }

  /// The attacker moves: true if some move leads to a capture of the chain.
  bool attack(int depth) {
    const Board& now = board(depth);
    if (depth - base_ >= max_depth_) return true;
    const int liberties = now.liberties(chain_);
    if (liberties <= 1) return true;
    if (liberties >= kEnoughLiberties) return false;
    TwoLiberties moves = two_liberties(now, chain_);
    if (is_double_ko_death(now, moves)) return true;
    if (!are_adjacent(moves.first, moves.second)) {
      // After the attacker fills one liberty, the defender extends at the other one.
      const bool first_open = empty_neighbors(now, moves.first) >= kEnoughLiberties;
      const bool second_open = empty_neighbors(now, moves.second) >= kEnoughLiberties;
      if (first_open && second_open) return false;
      if (first_open) return try_attack(depth, moves.first);
      if (second_open) return try_attack(depth, moves.second);
    }
    if (escape_score(now, moves.second, defender_) > escape_score(now, moves.first, defender_))
      std::swap(moves.first, moves.second);
    return try_attack(depth, moves.first) || (!aborted_ && try_attack(depth, moves.second));
  }

  bool try_attack(int depth, Point p) {
    const Color attacker = opponent(defender_);
    return is_legal(board(depth), p, attacker) && try_move(depth, p, attacker);
  }

  /// True if both liberties are kos and neither a connection nor a capture helps the defender.
  bool is_double_ko_death(const Board& now, const TwoLiberties& moves) const {
    for (const Point p : {moves.first, moves.second}) {
      if (!is_ko_capture(now, p, opponent(defender_))) return false;
    }
    for (const Point p : {moves.first, moves.second}) {
      if (liberties_after(now, p, defender_) >= kEnoughLiberties) return false;
    }
    return !has_captures(now, chain_);
  }

  std::deque<Board>& stack_;
  const Point chain_;
  const Color defender_;
  const int max_depth_;
  int base_ = 0;
  int nodes_ = 0;
  bool aborted_ = false;
};

/// Searches the chain at `chain`, which has one or two liberties, on the board in stack[0].
bool is_laddered(std::deque<Board>& stack, Point chain, Color to_move,
                 std::vector<Point>& working_moves) {
  Search search(stack, chain);
  const Board& board = stack.front();
  const Color attacker = opponent(board.at(chain));
  if (board.liberties(chain) == 1) {
    const Point ko = board.ko_point();
    const bool captured = search.is_captured(0);
    stack.front().set_ko_point(ko);
    return captured;
  }
  bool captured = false;
  const TwoLiberties moves = two_liberties(board, chain);
  for (const Point p : {moves.first, moves.second}) {
    if (!is_legal(board, p, attacker)) continue;
    search.push(0, p, attacker);
    if (!search.is_captured(1)) continue;
    captured = true;
    if (attacker == to_move) working_moves.push_back(p);
  }
  return captured;
}

}  // namespace

void LadderReader::find(const Board& board, Color to_move, Ladders& out) {
  const BoardSize size = board.size();
  std::fill_n(out.laddered.begin(), size.used_points(), false);
  out.working_moves.clear();
  if (stack_.empty())
    stack_.push_back(board);
  else
    stack_.front() = board;
  for_each_chain(board, [&](Point head) {
    if (board.liberties(head) > 2) return;
    if (!is_laddered(stack_, head, to_move, out.working_moves)) return;
    for_each_stone(board, head, [&](Point stone) {
      out.laddered[static_cast<std::size_t>(stone.index())] = true;
    });
  });
}

void find_ladders(const Board& board, Color to_move, Ladders& out) {
  LadderReader().find(board, to_move, out);
}

}  // namespace ponnuki
