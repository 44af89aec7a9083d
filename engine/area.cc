// Benson (1976), "Life in the Game of Go": a chain is pass-alive if it keeps two vital regions
// after all chains with fewer have been removed. The regions of a player are the connected areas of
// all points without the player's stones. A region is vital to a chain that touches each of its
// points or, where suicide is illegal, each of its empty points, since the opponent cannot fill the
// last of them. All other counting follows KataGo's calculateArea and calculateIndependentLifeArea.
#include "engine/area.h"

#include <algorithm>

namespace ponnuki {

namespace {

constexpr int kMaxRegions = (kMaxArea + 1) / 2 + 1;

std::size_t slot(int index) { return static_cast<std::size_t>(index); }

/// Points in the order in which a flood fill reaches them.
struct PointQueue {
  std::array<std::int16_t, kMaxArea> points;
  int head = 0;
  int tail = 0;
  void push(int p) { points[slot(tail++)] = static_cast<std::int16_t>(p); }
  int pop() { return points[slot(head++)]; }
  bool empty() const { return head == tail; }
};

/// A connected area without stones of the player: a range of PointQueue::points. The fields are
/// left uninitialised, since each board needs an array of hundreds; build_region() sets them.
struct Region {
  int first;
  int last;  // one past the last index
  // The heads of the chains to which the region is vital. All of them touch its first point, so
  // there are at most 4.
  int vital[4];
  int vital_count;
  // Points that touch no stone of the player, counted up to 2.
  int internal_points;
  bool has_opponent;
  bool borders_dead;  // touches a chain that is not pass-alive

  void add_vital(int chain) {
    if (std::find(vital, vital + vital_count, chain) == vital + vital_count)
      vital[vital_count++] = chain;
  }
};

/// The pass-alive chains and regions of one player.
class Benson {
 public:
  Benson(const Board& board, Color player, bool suicide_legal)
      : board_(board), player_(player), suicide_legal_(suicide_legal) {
    find_regions();
    count_vital_regions();
    find_dead_chains();
  }

  void mark(const AreaOptions& options, AreaMap& area) const {
    if (chain_count_ == 0) return;
    for (int i = 0; i < chain_count_; ++i) {
      if (!dead_[slot(chains_[slot(i)])]) mark_chain(chains_[slot(i)], area);
    }
    for (int i = 0; i < region_count_; ++i) mark_region(regions_[slot(i)], options, area);
  }

 private:
  Color color(int p) const { return board_.colors()[slot(p)]; }
  int head(int stone) const { return board_.chain_head(Point::from_index(stone)).index(); }
  int next(int stone) const { return board_.next_in_chain(Point::from_index(stone)).index(); }

  bool touches_chain(int p, int chain) const {
    return std::any_of(std::begin(kNeighborOffsets), std::end(kNeighborOffsets), [&](int offset) {
      return color(p + offset) == player_ && head(p + offset) == chain;
    });
  }

  void find_regions() {
    const BoardSize size = board_.size();
    std::fill_n(region_of_.begin(), size.used_points(), std::int16_t{-1});
    for (int y = 0; y < size.height; ++y) {
      for (int x = 0; x < size.width; ++x) {
        const int p = Point::at(x, y).index();
        if (color(p) == player_ && head(p) == p)
          chains_[slot(chain_count_++)] = static_cast<std::int16_t>(p);
        if (color(p) == Color::kEmpty && region_of_[slot(p)] < 0) build_region(p);
      }
    }
  }

  void build_region(int start) {
    const int index = region_count_++;
    Region& region = regions_[slot(index)];
    region = {};
    region.first = queue_.tail;
    for (const int offset : kNeighborOffsets) {
      if (color(start + offset) == player_) region.add_vital(head(start + offset));
    }
    enter(start, index);
    while (!queue_.empty()) {
      const int p = queue_.pop();
      bool touches_player = false;
      for (const int offset : kNeighborOffsets) {
        const Color c = color(p + offset);
        if (c == player_) {
          touches_player = true;
        } else if (c != Color::kWall && region_of_[slot(p + offset)] < 0) {
          enter(p + offset, index);
        }
      }
      update_region(p, touches_player, region);
    }
    region.last = queue_.tail;
  }

  void enter(int p, int region) {
    region_of_[slot(p)] = static_cast<std::int16_t>(region);
    queue_.push(p);
  }

  /// Updates the properties of `region` with its point `p`.
  void update_region(int p, bool touches_player, Region& region) const {
    const bool must_touch = suicide_legal_ || color(p) == Color::kEmpty;
    if (must_touch && !touches_player) {
      region.vital_count = 0;
    } else if (must_touch && region.vital_count > 0) {
      const auto end = std::remove_if(region.vital, region.vital + region.vital_count,
                                      [&](int chain) { return !touches_chain(p, chain); });
      region.vital_count = static_cast<int>(end - region.vital);
    }
    if (region.internal_points < 2 && !touches_player) ++region.internal_points;
    if (color(p) != Color::kEmpty) region.has_opponent = true;
  }

  void count_vital_regions() {
    for (int i = 0; i < chain_count_; ++i) {
      vital_regions_[slot(chains_[slot(i)])] = 0;
      dead_[slot(chains_[slot(i)])] = false;
    }
    for (int i = 0; i < region_count_; ++i) add_to_vital_counts(regions_[slot(i)], 1);
  }

  void add_to_vital_counts(const Region& region, int change) {
    for (int i = 0; i < region.vital_count; ++i) {
      auto& count = vital_regions_[slot(region.vital[i])];
      count = static_cast<std::int16_t>(count + change);
    }
  }

  void find_dead_chains() {
    for (bool changed = true; changed;) {
      changed = false;
      for (int i = 0; i < chain_count_; ++i) {
        const int chain = chains_[slot(i)];
        if (dead_[slot(chain)] || vital_regions_[slot(chain)] >= 2) continue;
        dead_[slot(chain)] = changed = true;
        mark_dead(chain);
      }
    }
  }

  /// Marks a chain as not pass-alive. The regions that it borders are then vital to no chain.
  void mark_dead(int chain) {
    int stone = chain;
    do {
      for (const int offset : kNeighborOffsets) {
        const int index = region_of_[slot(stone + offset)];
        if (index < 0 || regions_[slot(index)].borders_dead) continue;
        regions_[slot(index)].borders_dead = true;
        add_to_vital_counts(regions_[slot(index)], -1);
      }
      stone = next(stone);
    } while (stone != chain);
  }

  void mark_chain(int chain, AreaMap& area) const {
    int stone = chain;
    do {
      area[slot(stone)] = player_;
      stone = next(stone);
    } while (stone != chain);
  }

  /// A region is safe if it is pass-alive territory (no room for the opponent to live inside), or
  /// if it is empty and enclosed by pass-alive chains. A region that is not proven safe is marked
  /// only where it is not the opponent's pass-alive territory.
  void mark_region(const Region& region, const AreaOptions& options, AreaMap& area) const {
    const bool safe = !region.borders_dead && (region.internal_points <= 1 ||
                                               (options.safe_territories && !region.has_opponent));
    const bool unsafe = options.unsafe_territories && !region.has_opponent;
    if (!safe && !unsafe) return;
    for (int i = region.first; i < region.last; ++i) {
      Color& owner = area[slot(queue_.points[slot(i)])];
      if (safe || owner == Color::kEmpty) owner = player_;
    }
  }

  const Board& board_;
  const Color player_;
  const bool suicide_legal_;
  PointQueue queue_;
  // -1 at the player's stones and at walls.
  std::array<std::int16_t, kPointCount> region_of_;
  std::array<Region, kMaxRegions> regions_;
  int region_count_ = 0;
  std::array<std::int16_t, kMaxArea> chains_;  // heads
  int chain_count_ = 0;
  std::array<std::int16_t, kPointCount> vital_regions_;  // by head of the chain
  std::array<bool, kPointCount> dead_;                   // by head of the chain
};

template <typename Visitor>
void for_each_point(BoardSize size, Visitor visit) {
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) visit(Point::at(x, y).index());
  }
}

/// Visits `start` and all points connected to it for which enter(p) returns true. enter must return
/// true only once for each point.
template <typename Enter>
void flood(int start, PointQueue& queue, Enter enter) {
  if (!enter(start)) return;
  queue.push(start);
  while (!queue.empty()) {
    const int p = queue.pop();
    for (const int offset : kNeighborOffsets) {
      if (enter(p + offset)) queue.push(p + offset);
    }
  }
}

/// The points owned in `basic` whose region is connected to a neutral point or to a chain in atari.
class SekiMap {
 public:
  SekiMap(const Board& board, const AreaMap& basic) : board_(board), basic_(basic) {
    std::fill_n(seki_.begin(), board.size().used_points(), false);
    PointQueue queue;
    for_each_point(board.size(), [&](int p) {
      if (basic[slot(p)] == Color::kEmpty || seki_[slot(p)] || !is_unsettled(p)) return;
      flood(p, queue, [&](int q) {
        if (basic_[slot(q)] != basic_[slot(p)] || seki_[slot(q)]) return false;
        return seki_[slot(q)] = true;
      });
    });
  }
  bool operator[](int p) const { return seki_[slot(p)]; }

 private:
  bool is_unsettled(int p) const {
    const auto& colors = board_.colors();
    if (colors[slot(p)] == basic_[slot(p)] && board_.liberties(Point::from_index(p)) == 1)
      return true;
    return std::any_of(std::begin(kNeighborOffsets), std::end(kNeighborOffsets), [&](int offset) {
      return colors[slot(p + offset)] == Color::kEmpty && basic_[slot(p + offset)] == Color::kEmpty;
    });
  }

  const Board& board_;
  const AreaMap& basic_;
  std::array<bool, kPointCount> seki_;
};

/// Copies the regions of `basic` that are not in seki. Returns the number of White's minus the
/// number of Black's.
int copy_living_regions(const Board& board, const AreaMap& basic, AreaMap& area) {
  const SekiMap seki(board, basic);
  PointQueue queue;
  int balance = 0;
  for_each_point(board.size(), [&](int p) {
    const Color owner = basic[slot(p)];
    if (owner == Color::kEmpty || seki[p] || area[slot(p)] == owner) return;
    balance += owner == Color::kWhite ? 1 : -1;
    flood(p, queue, [&](int q) {
      if (basic[slot(q)] != owner || area[slot(q)] == owner) return false;
      area[slot(q)] = owner;
      return true;
    });
  });
  return balance;
}

}  // namespace

void compute_area(const Board& board, const AreaOptions& options, AreaMap& area) {
  std::fill_n(area.begin(), board.size().used_points(), Color::kEmpty);
  for (const Color player : {Color::kBlack, Color::kWhite})
    Benson(board, player, options.suicide_legal).mark(options, area);
  if (!options.other_stones) return;
  for_each_point(board.size(), [&](int p) {
    if (area[slot(p)] == Color::kEmpty) area[slot(p)] = board.colors()[slot(p)];
  });
}

void compute_pass_alive_area(const Board& board, bool suicide_legal, AreaMap& area) {
  compute_area(board,
               {.other_stones = false,
                .safe_territories = false,
                .unsafe_territories = false,
                .suicide_legal = suicide_legal},
               area);
}

int compute_independent_life(const Board& board, const IndependentLifeOptions& options,
                             AreaMap& area) {
  AreaMap basic;
  compute_area(board, AreaOptions{.suicide_legal = options.suicide_legal}, basic);
  std::fill_n(area.begin(), board.size().used_points(), Color::kEmpty);
  const int balance = copy_living_regions(board, basic, area);
  for_each_point(board.size(), [&](int p) {
    if (basic[slot(p)] == Color::kEmpty) return;
    const bool stone = basic[slot(p)] == board.colors()[slot(p)];
    if (stone ? options.keep_stones : options.keep_territories) area[slot(p)] = basic[slot(p)];
  });
  return balance;
}

}  // namespace ponnuki
