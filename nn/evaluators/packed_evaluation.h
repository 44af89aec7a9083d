// PackedEvaluation: an Evaluation in half the memory, for caches. About 0.8 KB on 19×19, 0.2 KB on
// 9×9, and twice that with ownership.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/evaluator.h"

namespace ponnuki::nn {

/// Probabilities keep 12 significant bits (a relative error up to 2^-12; below 2^-31 they become 0;
/// -1 stays -1), ownership keeps 16 bits (an error up to 2^-16), and everything else keeps all
/// bits. Packing the unpacked result again changes nothing.
class PackedEvaluation {
 public:
  /// Keeps the ownership if there is one.
  explicit PackedEvaluation(const Evaluation& evaluation);
  /// Writes to `out` and reuses its memory. The ownership becomes empty unless with_ownership is
  /// set.
  void unpack(bool with_ownership, Evaluation& out) const;
  std::size_t bytes() const;

 private:
  float win_, loss_, no_result_, score_mean_, score_stdev_, lead_, variance_time_, winloss_error_,
      score_error_;
  std::vector<std::uint16_t> policy_;
  std::vector<std::int16_t> ownership_;
};

}  // namespace ponnuki::nn
