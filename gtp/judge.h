// Judge: which stones are dead and who has won. A finished game under Tromp-Taylor rules is counted
// as it stands; elsewhere a short search's ownership says what is dead. A judgement is kept for its
// position, so that final_status_list and final_score never contradict each other.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/score.h"
#include "gtp/thinker.h"

namespace ponnuki::gtp {

struct Judgement {
  std::vector<Point> dead;  // every dead stone
  std::vector<Point> seki;  // living stones without territory that share liberties with such
  AreaMap owner{};          // of each point when the dead are removed
  Score score;
  double lead_stdev = 0;         // points; of estimates of unfinished games
  bool finished = false;         // counted; else estimated from the lead
  std::vector<float> ownership;  // as searched, +1 = Black; empty where counted as it stands
};

class Judge {
 public:
  /// Blocks for a search where there is none remembered for this position.
  Result<Judgement> judge(const Position& position, Thinker& thinker,
                          const search::SearchParams& params);
  void forget() { known_.clear(); }

 private:
  std::unordered_map<std::uint64_t, Judgement> known_;
};

}  // namespace ponnuki::gtp
