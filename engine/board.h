// Board: stones, chains with exact liberty counts, simple ko and Zobrist hash. It resolves
// captures, but knows neither turns nor superko nor rule sets: Position (engine/position.h) decides
// legality.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "engine/point_set.h"
#include "engine/result.h"
#include "engine/types.h"

namespace ponnuki {

class Board {
 public:
  explicit Board(BoardSize size);
  /// Copies only the part of the arrays that this board size uses.
  Board(const Board& other);
  Board& operator=(const Board& other);

  BoardSize size() const { return size_; }
  Color at(Point p) const { return colors_[p.index()]; }
  /// The Zobrist hash of the stones and the size, without ko and the player to move.
  std::uint64_t hash() const { return hash_; }
  /// The point where the simple ko rule forbids the next move, or none.
  Point ko_point() const { return ko_point_; }
  void set_ko_point(Point p) { ko_point_ = p; }
  void clear_ko_point() { ko_point_ = Point::none(); }
  int stone_count() const { return stone_count_; }
  const PointSet& empty_points() const { return empty_; }
  /// The empty points without an empty neighbour. Only on these a new stone may have no liberty.
  PointSet crowded_points() const { return empty_.without(empty_.neighbors()); }
  /// The number of stones of `color` that were captured or removed by suicide.
  int prisoners(Color color) const { return prisoners_[color == Color::kWhite]; }
  void set_prisoners(Color color, int count) { prisoners_[color == Color::kWhite] = count; }

  // --- chains. Each function requires a stone at `p`.
  Point chain_head(Point p) const { return Point::from_index(chain_head_[p.index()]); }
  int chain_size(Point p) const { return chain_size_[head(p.index())]; }
  int liberties(Point p) const { return liberties_[head(p.index())]; }
  /// The next stone of the chain in a circular list.
  Point next_in_chain(Point p) const { return Point::from_index(next_in_chain_[p.index()]); }

  // --- the effect of a stone of `player` on the empty point `p`
  bool would_capture(Point p, Color player) const;
  bool is_suicide(Point p, Color player) const;  // of one stone or of a chain
  bool is_single_stone_suicide(Point p, Color player) const;
  /// For playouts: all neighbours are own stones, and at most one diagonal neighbour is the
  /// opponent's (none at the edge).
  bool is_simple_eye(Point p, Color player) const;
  std::uint64_t hash_after(Point p, Color player) const;  // with captures and suicide resolved

  /// Puts a stone, resolves captures and suicide, and sets the simple ko point. Requires an empty
  /// point on the board, and no suicide of a single stone. Returns the number of captured stones of
  /// the opponent. A pass only clears the ko point.
  int play(Point p, Color player);

  /// Sets points to stones, all at once (kEmpty clears a point). Captures nothing and clears the ko
  /// point. If a point is off the board or a chain is left without liberties, returns an error and
  /// changes nothing.
  Status place(std::span<const Move> stones);

  /// A board from the colours of all padded points, walls included (a copy of colors()).
  static Board from_stones(BoardSize size, const std::array<Color, kPointCount>& stones);
  const std::array<Color, kPointCount>& colors() const { return colors_; }

  /// Reads rows from the top: '.' empty, 'X', 'x' or '#' Black, 'O' or 'o' White; ignores spaces.
  /// For tests and setups.
  static Result<Board> parse(std::string_view diagram);
  std::string to_diagram() const;

 private:
  friend class LadderSearch;

  // The stones of a chain form a circular list. Its size and liberties are stored at its head (the
  // layout of KataGo and libego).
  std::size_t head(int p) const {
    return static_cast<std::size_t>(chain_head_[static_cast<std::size_t>(p)]);
  }
  Color color(int p) const { return colors_[static_cast<std::size_t>(p)]; }
  void set_color(int p, Color c) { colors_[static_cast<std::size_t>(p)] = c; }
  void put(Point p, Color player);
  bool touches_chain(int empty, int chain) const;
  void merge(int a, int b);
  void remove_chain(int chain);
  void add_liberty(int point, Color owner);
  bool build_chain(int start, std::array<std::int16_t, kPointCount>& counted_by);
  bool rebuild();
  std::uint64_t chain_hash(int chain) const;

  BoardSize size_;
  std::array<Color, kPointCount> colors_;
  std::array<std::int16_t, kPointCount> chain_head_;
  std::array<std::int16_t, kPointCount> next_in_chain_;
  std::array<std::int16_t, kPointCount> chain_size_;  // valid at heads
  std::array<std::int16_t, kPointCount> liberties_;   // valid at heads
  PointSet empty_;
  std::uint64_t hash_ = 0;
  Point ko_point_;
  int stone_count_ = 0;
  int prisoners_[2] = {0, 0};
};

}  // namespace ponnuki
