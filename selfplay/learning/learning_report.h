// LearningReport: what a Learner says about the batches that it has learned.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "nn/training/loss.h"
#include "selfplay/files/bytes.h"

namespace ponnuki::selfplay {

struct LearningReport {
  nn::training::LossVector loss;  // mean over samples, terms without weights
  // The entropy of the targets, in nats: the lower bound of the policy loss.
  double policy_entropy = 0;
  double gradient_norm = 0;  // mean
  std::int64_t samples = 0;

  /// Combines both reports to the means over all their samples.
  LearningReport& operator+=(const LearningReport& other);
};

/// "  idle 3 %" for a share of idle channels, to be appended to a line; "" if it is unknown.
std::string idle_text(std::optional<double> share);

/// The report as bytes, and back.
void put(const LearningReport& report, std::string& bytes);
LearningReport get_learning_report(ByteReader& reader);

}  // namespace ponnuki::selfplay
