// Judge: determines dead stones and the winner for a session. It remembers its judgements by
// position, so that final_status_list and final_score never contradict each other.
#pragma once

#include <cstdint>
#include <unordered_map>

#include "engine/referee/judgement.h"
#include "gtp/thinker.h"

namespace ponnuki::gtp {

class Judge {
 public:
  /// Judges like engine/search/final_judgement.h. `thinker` must be new: its searches are not those
  /// of the game. Blocks for a search if the position is not known and is not counted as it
  /// stands. The result of an interrupted search is not remembered.
  Result<referee::Judgement> judge(const Position& position, Thinker& thinker);
  void forget() { known_.clear(); }

 private:
  std::unordered_map<std::uint64_t, referee::Judgement> known_;  // by evaluation_key()
};

}  // namespace ponnuki::gtp
