// Small floats and fixed-point numbers, made by dropping bits.
#include "nn/evaluators/packed_evaluation.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace ponnuki::nn {
namespace {

// A probability as a small unsigned float with 5 bits of exponent (2^-31 to 1) and 11 bits of
// mantissa, taken from the bits of the float.
//
//     float   s eeeeeeee mmmmmmmmmmm mmmmmmmmmmmm
//     packed      eeeee' mmmmmmmmmmm               e' = e - 96
//
// The packed 0 is zero, and 0xFFFF marks an illegal move.
constexpr std::uint32_t kSmallest = std::bit_cast<std::uint32_t>(0x1.0p-31F);
constexpr int kDropped = 12;
constexpr std::uint16_t kIllegal = 0xFFFF;

std::uint16_t pack_probability(float p) {
  if (p < 0) return kIllegal;
  const std::uint32_t bits = std::bit_cast<std::uint32_t>(std::min(p, 1.0F));
  if (bits <= kSmallest) return 0;
  return static_cast<std::uint16_t>((bits - kSmallest + (1U << (kDropped - 1))) >> kDropped);
}

float unpack_probability(std::uint16_t packed) {
  if (packed == kIllegal) return -1;
  if (packed == 0) return 0;
  return std::bit_cast<float>((static_cast<std::uint32_t>(packed) << kDropped) + kSmallest);
}

constexpr float kOwnershipScale = 32767;

std::int16_t pack_ownership(float x) {
  return static_cast<std::int16_t>(std::lround(std::clamp(x, -1.0F, 1.0F) * kOwnershipScale));
}

}  // namespace

PackedEvaluation::PackedEvaluation(const Evaluation& e)
    : win_(e.win),
      loss_(e.loss),
      no_result_(e.no_result),
      score_mean_(e.score_mean),
      score_stdev_(e.score_stdev),
      lead_(e.lead),
      variance_time_(e.variance_time),
      winloss_error_(e.winloss_error),
      score_error_(e.score_error),
      policy_(e.policy.size()),
      ownership_(e.ownership.size()) {
  std::transform(e.policy.begin(), e.policy.end(), policy_.begin(), pack_probability);
  std::transform(e.ownership.begin(), e.ownership.end(), ownership_.begin(), pack_ownership);
}

void PackedEvaluation::unpack(bool with_ownership, Evaluation& out) const {
  out.win = win_;
  out.loss = loss_;
  out.no_result = no_result_;
  out.score_mean = score_mean_;
  out.score_stdev = score_stdev_;
  out.lead = lead_;
  out.variance_time = variance_time_;
  out.winloss_error = winloss_error_;
  out.score_error = score_error_;
  out.policy.resize(policy_.size());
  std::transform(policy_.begin(), policy_.end(), out.policy.begin(), unpack_probability);
  out.ownership.resize(with_ownership ? ownership_.size() : 0);
  if (with_ownership) {
    std::transform(ownership_.begin(), ownership_.end(), out.ownership.begin(),
                   [](std::int16_t x) { return static_cast<float>(x) / kOwnershipScale; });
  }
}

std::size_t PackedEvaluation::bytes() const {
  return sizeof *this + 2 * policy_.capacity() + 2 * ownership_.capacity();
}

}  // namespace ponnuki::nn
