// PuctTurn: a turn of self-play by the main search, as in AlphaGo Zero and KataGo (arXiv
// 1902.10565, sections 3.1 and 3.2): noise and forced visits at the root, a temperature for the
// move played, and a policy target without the visits that only noise and forcing explain.
#pragma once

#include <vector>

#include "engine/evaluator.h"
#include "engine/position.h"
#include "engine/random.h"
#include "engine/search/params.h"
#include "engine/search/search.h"
#include "engine/search/turn_search.h"

namespace ponnuki::search {

/// KataGo's parameters for self-play (cpp/configs/training/selfplay1_maxsize9.cfg).
SearchParams self_play_params();

class PuctTurn final : public TurnSearch {
 public:
  /// The evaluator must outlive the PuctTurn. It is also called directly, when a node needs more
  /// candidates.
  PuctTurn(Evaluator& evaluator, const SearchParams& params = self_play_params());

  /// Starts a new tree. Without effort.explore there is no noise, no forced visit and no
  /// temperature on priors.
  void start(const Position& root, const TurnEffort& effort, Random& random) override;
  bool gather(std::vector<EvalRequest>& requests) override;
  void absorb() override { search_.absorb(); }
  TurnResult result() override;

 private:
  SearchParams params_;
  Search search_;
  int simulations_ = 0;
  Random* random_ = nullptr;
};

}  // namespace ponnuki::search
