// FairKomi: the komi of each board size that makes games of the present net even.
#pragma once

#include <deque>
#include <vector>

#include "selfplay/game_record.h"

namespace ponnuki::selfplay {

class FairKomi {
 public:
  /// `first`: what is expected before games of a size have been seen.
  explicit FairKomi(double first) : first_(first) {}

  /// A finished game; those that were broken off do not count.
  void add(const GameRecord& game);
  /// The median of Black's leads, without komi, over the newest games of this size, as far as it is
  /// certain: a few games that end wildly apart say little, and leave the komi near the first.
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
