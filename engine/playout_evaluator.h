// PlayoutEvaluator: judges a position from the rules alone, with no network: the program's default
// when no net is found. Values, scores and ownership are averages over uniformly random playouts;
// priors are nearly uniform, with a little sense: own eyes are not filled, contested points and
// answers beside the last move come first, captures, atari and rescues before self-atari.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "engine/evaluator.h"

namespace ponnuki {

struct PlayoutOptions {
  int playouts = 16;       // a position
  std::uint64_t seed = 0;  // the same position and seed always give the same evaluation
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
