// TurnSearch: the search of one turn of self-play, in steps, so that many games share each call of
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
  std::vector<float> policy;  // the policy target, [area + 1]
  // The evaluator's policy, restricted to the moves that were considered, [area + 1].
  std::vector<float> prior;
  // From the perspective of the player to move:
  float win = 0, loss = 0, no_result = 0;  // averages over the tree
  float score_mean = 0;                    // points
};

struct TurnEffort {
  int simulations = 16;
  bool explore = true;  // false: no exploration beyond what strong play needs
};

class TurnSearch {
 public:
  virtual ~TurnSearch() = default;
  /// Requires a position that is not over. `random` must outlive the turn.
  virtual void start(const Position& root, const TurnEffort& effort, Random& random) = 0;
  /// Continues to the next requests and appends them; they are valid until absorb(). Returns false
  /// when the search is done.
  virtual bool gather(std::vector<EvalRequest>& requests) = 0;
  /// Uses the answers to the requests.
  virtual void absorb() = 0;
  /// Requires that gather() has returned false.
  virtual TurnResult result() = 0;
};

}  // namespace ponnuki::search
