// Evaluator: the interface between the search tree and whatever judges positions: networks, caches,
// batches, random playouts, fakes in tests. The tree never sees a network. Decorators, such as a
// cache, derive from ForwardingEvaluator (engine/forwarding_evaluator.h).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/position.h"
#include "engine/result.h"
#include "engine/symmetry.h"

namespace ponnuki {

/// What is known of a position, all from the view of the PLAYER TO MOVE.
struct Evaluation {
  float win = 0.5F;  // probabilities, sum 1
  float loss = 0.5F;
  float no_result = 0;
  float score_mean = 0;     // points, expected final score under self-play
  float score_stdev = 0;    // points
  float lead = 0;           // points: komi that would make it fair
  float variance_time = 0;  // turns (0 where unknown)
  float winloss_error = 0;  // short-term errors (0 where unknown)
  float score_error = 0;
  /// area() + 1 probabilities, pass last; sum 1 over legal moves, -1 where illegal.
  std::vector<float> policy;
  /// area() values in [-1, 1], +1 = the player to move; empty unless asked for.
  std::vector<float> ownership;
};

struct EvalRequest {
  const Position* position = nullptr;
  Evaluation* result = nullptr;
  Symmetry symmetry{};  // the input is shown under it, the outputs are turned back
  bool with_ownership = false;
  float policy_optimism = 0;  // for nets with an optimistic policy
  float policy_temperature = 1;
  /// Where a pass would end the game: do not let the evaluator know (KataGo's conservative pass,
  /// for the root of a search), or only if the player to move would not win (its passing hacks,
  /// which also keep the probability of a pass at or below 95 %).
  bool conservative_pass = false;
  bool passing_hacks = false;
};

/// What callers need to know of an evaluator, for boards of one size.
struct EvaluatorTraits {
  /// True if score, lead and ownership mean something. The same for all sizes.
  bool knows_score = true;
  /// False for boards that it cannot judge: some networks know one size only.
  bool accepts = true;
  /// How many positions a call should have, if the caller has a choice, to be answered at the full
  /// rate.
  int preferred_batch = 1;
};

class Evaluator {
 public:
  virtual ~Evaluator() = default;
  /// Fills every request's result. Blocks; callable from several threads at once. Positions may
  /// differ in size.
  virtual void evaluate(std::span<const EvalRequest> requests) = 0;
  /// Drops cached evaluations, if any.
  virtual void clear_cache() {}
  /// For people: what judges here ("b6c96 kata1-…", "random playouts").
  virtual std::string name() const = 0;
  virtual EvaluatorTraits traits(BoardSize) const { return {}; }
};

/// Fills one request's result. Blocks.
inline void evaluate_one(Evaluator& evaluator, const EvalRequest& request) {
  evaluator.evaluate({&request, 1});
}

/// The evaluation of one position; `options` need not name the position or the result. Blocks.
inline Evaluation evaluate_one(Evaluator& evaluator, const Position& position,
                               EvalRequest options = {}) {
  Evaluation result;
  options.position = &position;
  options.result = &result;
  evaluate_one(evaluator, options);
  return result;
}

/// An error for people where the evaluator does not accept boards of `size`.
inline Status check_size(const Evaluator& evaluator, BoardSize size) {
  if (evaluator.traits(size).accepts) return {};
  return Error{evaluator.name() + " cannot judge boards of " + std::to_string(size.width) + "x" +
               std::to_string(size.height) + ": take another net or another size"};
}

}  // namespace ponnuki
