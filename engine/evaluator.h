// Evaluator: the interface between the search tree and anything that evaluates positions: networks,
// caches, batches, random playouts, fakes in tests. The tree never accesses a network. Decorators,
// such as a cache, derive from ForwardingEvaluator (engine/forwarding_evaluator.h).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/position.h"
#include "engine/result.h"
#include "engine/symmetry.h"

namespace ponnuki {

/// The evaluation of a position. All values are from the perspective of the player to move.
struct Evaluation {
  float win = 0.5F;  // probabilities of the outcomes; they sum to 1
  float loss = 0.5F;
  float no_result = 0;
  float score_mean = 0;     // points, expected final score under self-play
  float score_stdev = 0;    // points
  float lead = 0;           // points: the change of komi that would make the game even
  float variance_time = 0;  // turns; 0 if unknown
  float winloss_error = 0;  // short-term errors; 0 if unknown
  float score_error = 0;
  /// area() + 1 probabilities, pass last. They sum to 1 over legal moves; illegal moves have -1.
  std::vector<float> policy;
  /// area() values in [-1, 1], +1 = owned by the player to move. Empty unless requested.
  std::vector<float> ownership;
};

struct EvalRequest {
  const Position* position = nullptr;
  Evaluation* result = nullptr;
  // The evaluator sees the position under this symmetry; the outputs are transformed back.
  Symmetry symmetry{};
  bool with_ownership = false;
  float policy_optimism = 0;  // for nets with an optimistic policy
  float policy_temperature = 1;
  /// For positions where a pass would end the game: hide this from the evaluator (KataGo's
  /// conservative pass, for the root of a search), or hide it only if the player to move would not
  /// win (KataGo's passing hacks, which also limit the probability of a pass to 95 %).
  bool conservative_pass = false;
  bool passing_hacks = false;
  /// Handicap play: how often the playouts of the player to move are doubled, relative to the
  /// opponent's (KataGo's playoutDoublingAdvantage). For nets that have learned it.
  float playout_doublings = 0;
  /// Computed in a call of its own. Other positions in a call change the rounding of the last bits;
  /// alone, a position always gets the same ones. Slower. All requests of a call agree on this.
  bool alone = false;
};

/// The properties of an evaluator, for boards of one size.
struct EvaluatorTraits {
  /// True if score, lead and ownership have a meaning. The same for all sizes.
  bool knows_score = true;
  /// False for a board size that it cannot evaluate. Some networks accept a single size.
  bool accepts = true;
  /// The number of positions that a call should have to reach the full throughput.
  int preferred_batch = 1;
};

class Evaluator {
 public:
  virtual ~Evaluator() = default;
  /// Fills every request's result. Blocks; thread-safe. The positions may differ in board size.
  virtual void evaluate(std::span<const EvalRequest> requests) = 0;
  /// Drops cached evaluations, if any.
  virtual void clear_cache() {}
  /// A name for display ("b6c96 kata1-…", "random playouts").
  virtual std::string name() const = 0;
  virtual EvaluatorTraits traits(BoardSize) const { return {}; }
};

/// Fills one request's result. Blocks.
inline void evaluate_one(Evaluator& evaluator, const EvalRequest& request) {
  evaluator.evaluate({&request, 1});
}

/// Returns the evaluation of one position. Ignores position and result in `options`. Blocks.
inline Evaluation evaluate_one(Evaluator& evaluator, const Position& position,
                               EvalRequest options = {}) {
  Evaluation result;
  options.position = &position;
  options.result = &result;
  evaluate_one(evaluator, options);
  return result;
}

/// Returns an error for the user if the evaluator does not accept boards of `size`.
inline Status check_size(const Evaluator& evaluator, BoardSize size) {
  if (evaluator.traits(size).accepts) return {};
  return Error{evaluator.name() + " cannot judge boards of " + std::to_string(size.width) + "x" +
               std::to_string(size.height) + ": take another net or another size"};
}

}  // namespace ponnuki
