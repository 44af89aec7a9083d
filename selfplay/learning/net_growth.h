// NetGrowth: larger nets that replace smaller ones in the course of a run.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/result.h"
#include "selfplay/learning/first_model.h"

namespace ponnuki::selfplay {

/// A larger net that replaces its predecessor after a given time. It starts with the same function
/// as its predecessor (grown_model.h) and learns from the games in the window, until it has seen
/// each position TrainingOptions::catch_up times. After that it plays its own games.
struct Growth {
  nn::NetShape shape;
  double from_minute = 0;
};

class NetGrowth {
 public:
  /// `first` describes the net with which the run begins.
  NetGrowth(std::vector<Growth> stages, const FirstModelOptions& first)
      : stages_(std::move(stages)), first_(first) {}

  /// Stage 0 is the first net; stage i is the net of stages[i - 1].
  std::int64_t last_stage() const { return static_cast<std::int64_t>(stages_.size()); }
  /// Whether the net of `stage` must be replaced by the next one, after this many seconds of work.
  bool is_due(std::int64_t stage, double seconds) const;
  /// A net with the shape of `stage` and random weights. Requires 1 <= stage <= last_stage().
  nn::Model random_net(std::int64_t stage) const;
  /// The net of `stage` that computes the same function as `model`. Returns an error if `model`
  /// does not fit into it.
  Result<nn::Model> grown(const nn::Model& model, std::int64_t stage) const;
  std::string shape_text(std::int64_t stage) const;

 private:
  const Growth& at(std::int64_t stage) const {
    return stages_[static_cast<std::size_t>(stage - 1)];
  }

  std::vector<Growth> stages_;
  FirstModelOptions first_;
};

}  // namespace ponnuki::selfplay
