// FairKomi: the komi, for each board size, that makes games of the present net even.
#pragma once

#include <deque>
#include <vector>

#include "selfplay/game_record.h"

namespace ponnuki::selfplay {

class FairKomi {
 public:
  /// `first`: the komi of a size before there are games of it.
  explicit FairKomi(double first) : first_(first) {}

  /// Adds a finished game; games that were broken off are ignored.
  void add(const GameRecord& game);
  /// The median of Black's leads, without komi, over the newest games of this size. The less
  /// certain the median is (few games, or scores far apart), the closer the komi stays to `first`.
  double of(BoardSize size) const;

 private:
  struct Leads {
    BoardSize size;
    std::deque<float> newest;
  };

  double first_;
  std::vector<Leads> sizes_;
};

}  // namespace ponnuki::selfplay
