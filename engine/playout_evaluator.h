// PlayoutEvaluator: evaluates a position without a network. The program uses it by default if it
// finds no net. Values, scores and ownership are averages over uniformly random playouts. Priors
// are nearly uniform, adjusted by simple heuristics: none for filling own eyes; more for contested
// points, for moves beside the last move, and for captures, ataris and rescues; less for
// self-atari.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "engine/evaluator.h"

namespace ponnuki {

struct PlayoutOptions {
  int playouts = 16;  // per position
  // The same position and seed always give the same evaluation.
  std::uint64_t seed = 0;
};

class PlayoutEvaluator : public Evaluator {
 public:
  explicit PlayoutEvaluator(PlayoutOptions options = {}) : options_(options) {}

  void evaluate(std::span<const EvalRequest> requests) override;
  std::string name() const override;

 private:
  PlayoutOptions options_;
};

}  // namespace ponnuki
