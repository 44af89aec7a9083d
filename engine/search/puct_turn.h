// PuctTurn: a turn of self-play by the main search, as AlphaGo Zero and KataGo (arXiv 1902.10565,
// sections 3.1 and 3.2) search theirs: noise and forced visits at the root, a temperature on what
// is played, and a policy to learn without the visits that these alone explain.
#pragma once

#include <vector>

#include "engine/evaluator.h"
#include "engine/position.h"
#include "engine/random.h"
#include "engine/search/params.h"
#include "engine/search/search.h"
#include "engine/search/turn_search.h"

namespace ponnuki::search {

/// KataGo's for self-play (cpp/configs/training/selfplay1_maxsize9.cfg).
SearchParams self_play_params();

class PuctTurn final : public TurnSearch {
 public:
  /// The evaluator must outlive this; it is asked directly where a node needs more candidates.
  PuctTurn(Evaluator& evaluator, const SearchParams& params = self_play_params());

  /// A new tree. Not to explore: without noise, forced visits, and temperature on priors.
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
