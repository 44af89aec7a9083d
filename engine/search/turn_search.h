// TurnSearch: how a turn of self-play is searched, in steps, so that many games share one call of
// the evaluator:
//
//     search.start(position, {.simulations = 16}, random);
//     while (search.gather(requests)) { /* have them answered */ search.absorb(); }
//     search.result()
#pragma once

#include <cstdint>
#include <vector>

#include "engine/evaluator.h"
#include "engine/position.h"
#include "engine/random.h"
#include "engine/types.h"

namespace ponnuki::search {

struct TurnResult {
  Point move;
  std::vector<float> policy;  // what the search would have the policy be, [area + 1]
  std::vector<float> prior;   // the evaluator's, likewise, of the moves looked at
  // For the player to move:
  float win = 0, loss = 0, no_result = 0;  // averages over the tree
  float score_mean = 0;                    // points
};

struct TurnEffort {
  int simulations = 16;
  bool explore = true;  // false: no more than playing well asks for, where the search has a choice
};

class TurnSearch {
 public:
  virtual ~TurnSearch() = default;
  /// Requires a position that is not over. `random` must outlive the turn.
  virtual void start(const Position& root, const TurnEffort& effort, Random& random) = 0;
  /// Goes on to the next requests, and appends them; they are valid until absorb(). False: the
  /// search is done.
  virtual bool gather(std::vector<EvalRequest>& requests) = 0;
  virtual void absorb() = 0;
  /// Requires that gather() returned false.
  virtual TurnResult result() = 0;
};

}  // namespace ponnuki::search
