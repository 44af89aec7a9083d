// FairKomi: for each board size, the komi that makes games of the current net even.
#pragma once

#include <deque>
#include <vector>

#include "selfplay/records/game_record.h"

namespace ponnuki::selfplay {

class FairKomi {
 public:
  /// `first` is the komi of a size without games.
  explicit FairKomi(double first) : first_(first) {}

  /// Adds a finished game. Ignores games that were broken off.
  void add(const GameRecord& game);
  /// The median of Black's leads, without komi, over the newest games of this size. The less
  /// certain the median is (few games, or a wide spread of scores), the closer the komi stays to
  /// `first`.
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
