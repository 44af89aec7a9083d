// SpotChecks: evaluates some positions of the workers' games again, with the net that the games
// name, and says which workers cannot be trusted (swarm/trust.h).
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "engine/random.h"
#include "nn/evaluators/net_evaluator.h"
#include "selfplay/records/record_file.h"
#include "swarm/net_folder.h"
#include "swarm/trust.h"

namespace ponnuki::swarm {

class SpotChecks {
 public:
  SpotChecks(NetFolder nets, std::uint64_t seed) : nets_(std::move(nets)), random_(seed) {}

  /// Looks at some positions of these games of a worker, unless the net's file is missing.
  void look_at(const std::string& worker, const std::string& net, const selfplay::Games& games);
  Trust& trust() { return trust_; }

 private:
  nn::NetEvaluator* evaluator_of(const std::string& net);

  NetFolder nets_;
  Random random_;
  Trust trust_;
  struct Loaded {
    std::unique_ptr<nn::NetEvaluator> evaluator;  // null: it could not be loaded
    std::uint64_t used = 0;
  };
  std::map<std::string, Loaded> loaded_;  // the nets that were used last
  std::uint64_t uses_ = 0;
};

/// What a turn with a policy says, given the net's evaluation of the position before it.
SecondLook compare(const selfplay::RecordedTurn& recorded, const Evaluation& now);

}  // namespace ponnuki::swarm
