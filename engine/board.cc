// Chains are updated incrementally. A move changes only its neighbours, the chains that it joins
// (the smaller one is relabelled) and the stones that it captures. Liberty counts stay exact:
// joining two chains adds those liberties of the smaller chain that the larger one does not have.
#include "engine/board.h"

#include <algorithm>

#include "engine/check.h"
#include "engine/zobrist.h"

namespace ponnuki {

namespace {

/// The distinct chains around a point: at most four.
struct ChainSet {
  int heads[4];
  int count = 0;
  bool add(int head) {
    for (int i = 0; i < count; ++i) {
      if (heads[i] == head) return false;
    }
    heads[count++] = head;
    return true;
  }
};

}  // namespace

Board::Board(BoardSize size) : size_(size), hash_(zobrist::size(size)) {
  PONNUKI_CHECK(size.width >= 1 && size.width <= kMaxLength);
  PONNUKI_CHECK(size.height >= 1 && size.height <= kMaxLength);
  colors_.fill(Color::kWall);
  chain_head_.fill(0);
  next_in_chain_.fill(0);
  chain_size_.fill(0);
  liberties_.fill(0);
  for (int y = 0; y < size.height; ++y) {
    std::fill_n(colors_.begin() + Point::at(0, y).index(), size.width, Color::kEmpty);
    for (int x = 0; x < size.width; ++x) empty_.add(Point::at(x, y));
  }
}

Board::Board(const Board& other) { *this = other; }

Board& Board::operator=(const Board& other) {
  if (this == &other) return *this;
  size_ = other.size_;
  const int used = size_.used_points();
  std::copy_n(other.colors_.begin(), used, colors_.begin());
  std::copy_n(other.chain_head_.begin(), used, chain_head_.begin());
  std::copy_n(other.next_in_chain_.begin(), used, next_in_chain_.begin());
  std::copy_n(other.chain_size_.begin(), used, chain_size_.begin());
  std::copy_n(other.liberties_.begin(), used, liberties_.begin());
  empty_ = other.empty_;
  hash_ = other.hash_;
  ko_point_ = other.ko_point_;
  stone_count_ = other.stone_count_;
  prisoners_[0] = other.prisoners_[0];
  prisoners_[1] = other.prisoners_[1];
  return *this;
}

// --- the effect of a stone

bool Board::would_capture(Point p, Color player) const {
  const Color enemy = opponent(player);
  for (const int offset : kNeighborOffsets) {
    const int n = p.index() + offset;
    if (color(n) == enemy && liberties_[head(n)] == 1) return true;
  }
  return false;
}

bool Board::is_suicide(Point p, Color player) const {
  const Color enemy = opponent(player);
  for (const int offset : kNeighborOffsets) {
    const int n = p.index() + offset;
    const Color c = color(n);
    if (c == Color::kEmpty) return false;
    if (c == player && liberties_[head(n)] > 1) return false;
    if (c == enemy && liberties_[head(n)] == 1) return false;
  }
  return true;
}

bool Board::is_single_stone_suicide(Point p, Color player) const {
  const Color enemy = opponent(player);
  for (const int offset : kNeighborOffsets) {
    const int n = p.index() + offset;
    const Color c = color(n);
    if (c == Color::kEmpty || c == player) return false;
    if (c == enemy && liberties_[head(n)] == 1) return false;
  }
  return true;
}

bool Board::is_simple_eye(Point p, Color player) const {
  for (const int offset : kNeighborOffsets) {
    const Color c = color(p.index() + offset);
    if (c != player && c != Color::kWall) return false;
  }
  const Color enemy = opponent(player);
  int enemies = 0;
  int walls = 0;
  for (const int offset : {-kStride - 1, -kStride + 1, kStride - 1, kStride + 1}) {
    const Color c = color(p.index() + offset);
    enemies += c == enemy;
    walls += c == Color::kWall;
  }
  return enemies + (walls > 0 ? 1 : 0) < 2;
}

std::uint64_t Board::chain_hash(int chain) const {
  const Color owner = color(chain);
  std::uint64_t hash = 0;
  int stone = chain;
  do {
    hash ^= zobrist::stone(stone, owner);
    stone = next_in_chain_[static_cast<std::size_t>(stone)];
  } while (stone != chain);
  return hash;
}

std::uint64_t Board::hash_after(Point p, Color player) const {
  const Color enemy = opponent(player);
  const std::uint64_t stone = zobrist::stone(p.index(), player);
  ChainSet captured;
  ChainSet joined;
  bool has_liberty = false;
  std::uint64_t hash = hash_ ^ stone;
  for (const int offset : kNeighborOffsets) {
    const int n = p.index() + offset;
    const Color c = color(n);
    if (c == Color::kEmpty) has_liberty = true;
    if (!is_player(c)) continue;
    const int chain = static_cast<int>(head(n));
    const bool atari = liberties_[head(n)] == 1;
    if (c == enemy && atari && captured.add(chain)) hash ^= chain_hash(chain);
    if (c == player && !atari) has_liberty = true;
    if (c == player && atari) joined.add(chain);
  }
  if (has_liberty || captured.count > 0) return hash;
  for (int i = 0; i < joined.count; ++i) hash ^= chain_hash(joined.heads[i]);
  return hash ^ stone;
}

// --- play

bool Board::touches_chain(int empty, int chain) const {
  const Color owner = color(chain);
  for (const int offset : kNeighborOffsets) {
    const int n = empty + offset;
    if (color(n) == owner && static_cast<int>(head(n)) == chain) return true;
  }
  return false;
}

/// Joins two chains of one colour, given by their heads. The heads and liberty counts of both must
/// be correct.
void Board::merge(int a, int b) {
  const auto size_of = [this](int chain) -> std::int16_t& {
    return chain_size_[static_cast<std::size_t>(chain)];
  };
  if (size_of(a) < size_of(b)) std::swap(a, b);
  int gained = 0;
  int stone = b;
  do {
    for (const int offset : kNeighborOffsets) {
      const int n = stone + offset;
      if (color(n) == Color::kEmpty && !touches_chain(n, a)) ++gained;
    }
    // From now on this stone's liberties belong to `a`, so no liberty is counted twice.
    chain_head_[static_cast<std::size_t>(stone)] = static_cast<std::int16_t>(a);
    stone = next_in_chain_[static_cast<std::size_t>(stone)];
  } while (stone != b);
  size_of(a) = static_cast<std::int16_t>(size_of(a) + size_of(b));
  auto& liberties = liberties_[static_cast<std::size_t>(a)];
  liberties = static_cast<std::int16_t>(liberties + gained);
  std::swap(next_in_chain_[static_cast<std::size_t>(a)],
            next_in_chain_[static_cast<std::size_t>(b)]);
}

/// `point` became empty: adds a liberty to every adjacent chain of `owner`.
void Board::add_liberty(int point, Color owner) {
  ChainSet seen;
  for (const int offset : kNeighborOffsets) {
    const int n = point + offset;
    if (color(n) == owner && seen.add(static_cast<int>(head(n)))) ++liberties_[head(n)];
  }
}

void Board::remove_chain(int chain) {
  const Color owner = color(chain);
  int stone = chain;
  do {
    set_color(stone, Color::kEmpty);
    empty_.add(Point::from_index(stone));
    hash_ ^= zobrist::stone(stone, owner);
    add_liberty(stone, opponent(owner));
    stone = next_in_chain_[static_cast<std::size_t>(stone)];
  } while (stone != chain);
  const int removed = chain_size_[static_cast<std::size_t>(chain)];
  stone_count_ -= removed;
  prisoners_[owner == Color::kWhite] += removed;
}

/// Puts a stone on an empty point. Updates neither chains nor captures.
void Board::put(Point p, Color player) {
  set_color(p.index(), player);
  empty_.remove(p);
  hash_ ^= zobrist::stone(p.index(), player);
  ++stone_count_;
}

int Board::play(Point p, Color player) {
  ko_point_ = Point::none();
  if (p.is_pass()) return 0;
  const int at = p.index();
  const auto slot = static_cast<std::size_t>(at);
  PONNUKI_CHECK(color(at) == Color::kEmpty && is_player(player));
  put(p, player);

  ChainSet friends;
  ChainSet enemies;
  int empty = 0;
  for (const int offset : kNeighborOffsets) {
    const int n = at + offset;
    const Color c = color(n);
    empty += c == Color::kEmpty;
    if (!is_player(c)) continue;
    if ((c == player ? friends : enemies).add(static_cast<int>(head(n)))) --liberties_[head(n)];
  }
  chain_head_[slot] = next_in_chain_[slot] = static_cast<std::int16_t>(at);
  chain_size_[slot] = 1;
  liberties_[slot] = static_cast<std::int16_t>(empty);
  for (int i = 0; i < friends.count; ++i) merge(static_cast<int>(head(at)), friends.heads[i]);

  int captured = 0;
  int last_captured = 0;
  for (int i = 0; i < enemies.count; ++i) {
    const int chain = enemies.heads[i];
    if (liberties_[static_cast<std::size_t>(chain)] > 0) continue;
    captured += chain_size_[static_cast<std::size_t>(chain)];
    last_captured = chain;
    remove_chain(chain);
  }
  if (liberties_[head(at)] == 0) {
    remove_chain(static_cast<int>(head(at)));
  } else if (captured == 1 && chain_size_[head(at)] == 1 && liberties_[head(at)] == 1) {
    ko_point_ = Point::from_index(last_captured);
  }
  return captured;
}

// --- whole positions

/// Labels the chain of `start`. `counted_by` marks its liberties with `start`. Returns false if the
/// chain has no liberties.
bool Board::build_chain(int start, std::array<std::int16_t, kPointCount>& counted_by) {
  const Color owner = color(start);
  const auto head_of_chain = static_cast<std::int16_t>(start);
  std::array<std::int16_t, kMaxArea> stones;
  std::size_t count = 0;
  std::int16_t liberties = 0;
  const auto add = [&](int stone) {
    chain_head_[static_cast<std::size_t>(stone)] = head_of_chain;
    stones[count++] = static_cast<std::int16_t>(stone);
  };
  add(start);
  for (std::size_t i = 0; i < count; ++i) {
    for (const int offset : kNeighborOffsets) {
      const int n = stones[i] + offset;
      if (color(n) == owner && chain_head_[static_cast<std::size_t>(n)] == 0) add(n);
      auto& mark = counted_by[static_cast<std::size_t>(n)];
      if (color(n) != Color::kEmpty || mark == head_of_chain) continue;
      mark = head_of_chain;
      ++liberties;
    }
  }
  for (std::size_t i = 0; i < count; ++i) {
    next_in_chain_[static_cast<std::size_t>(stones[i])] = stones[(i + 1) % count];
  }
  chain_size_[static_cast<std::size_t>(start)] = static_cast<std::int16_t>(count);
  liberties_[static_cast<std::size_t>(start)] = liberties;
  return liberties > 0;
}

/// Recomputes chains, hash and counts from the colours alone. Returns false if a chain has no
/// liberties.
bool Board::rebuild() {
  const int used = size_.used_points();
  std::array<std::int16_t, kPointCount> counted_by;
  std::fill_n(counted_by.begin(), used, std::int16_t{0});
  std::fill_n(chain_head_.begin(), used, std::int16_t{0});
  hash_ = zobrist::size(size_);
  ko_point_ = Point::none();
  stone_count_ = 0;
  bool alive = true;
  empty_ = {};
  for (int p = 0; p < used; ++p) {
    if (color(p) == Color::kEmpty) empty_.add(Point::from_index(p));
    if (!is_player(color(p))) continue;
    hash_ ^= zobrist::stone(p, color(p));
    ++stone_count_;
    if (chain_head_[static_cast<std::size_t>(p)] == 0 && !build_chain(p, counted_by)) alive = false;
  }
  return alive;
}

Status Board::place(std::span<const Move> stones) {
  const Board before = *this;
  for (const Move& stone : stones) {
    if (!stone.point.on_board(size_) || stone.color == Color::kWall) {
      *this = before;
      return Error{"a setup stone is off the board"};
    }
    set_color(stone.point.index(), stone.color);
  }
  if (rebuild()) return {};
  *this = before;
  return Error{"the setup leaves a chain without liberties"};
}

Board Board::from_stones(BoardSize size, const std::array<Color, kPointCount>& stones) {
  Board board(size);
  std::copy_n(stones.begin(), size.used_points(), board.colors_.begin());
  PONNUKI_CHECK(board.rebuild());
  return board;
}

}  // namespace ponnuki
