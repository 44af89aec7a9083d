// Judge: which stones are dead and who has won, for a session. Remembers its judgements by
// position, so that final_status_list and final_score never contradict each other.
#pragma once

#include <cstdint>
#include <unordered_map>

#include "engine/referee/judgement.h"
#include "gtp/thinker.h"

namespace ponnuki::gtp {

class Judge {
 public:
  /// Judges as engine/search/final_judgement.h does, with the session's own search. Blocks for a
  /// search where the position is not known and not counted as it stands. A search that was cut
  /// short is not remembered.
  Result<referee::Judgement> judge(const Position& position, Thinker& thinker,
                                   const search::SearchParams& params);
  void forget() { known_.clear(); }

 private:
  std::unordered_map<std::uint64_t, referee::Judgement> known_;  // by evaluation_key()
};

}  // namespace ponnuki::gtp
