#include "swarm/trust.h"

namespace ponnuki::swarm {
namespace {

// The sums of expectations at which a verdict is reliable: a search's deviations from its net are
// about 0.3 nats and 0.2 of the value at a position.
constexpr double kEnoughGain = 10, kEnoughAgreement = 3;
// Honest workers reach 0.9 to 1.1 of what is expected (docs/results/swarm.md).
constexpr double kHonest = 0.6, kLeast = 0.3;

/// Old positions fade, so that a worker that turns bad is found as well.
void fade(double& sum, double& expected, double enough) {
  if (expected < 4 * enough) return;
  sum /= 2;
  expected /= 2;
}

bool differs(double sum, double expected, double others, double expected_of_others, double enough) {
  return expected > enough && sum < kLeast * expected && expected_of_others > enough &&
         others > kHonest * expected_of_others;
}

}  // namespace

SecondLook& SecondLook::operator+=(const SecondLook& other) {
  policy_gain += other.policy_gain;
  expected_gain += other.expected_gain;
  agreement += other.agreement;
  expected_agreement += other.expected_agreement;
  return *this;
}

void Trust::add(const SecondLook& look) {
  ++positions_;
  sums_ += look;
  fade(sums_.policy_gain, sums_.expected_gain, kEnoughGain);
  fade(sums_.agreement, sums_.expected_agreement, kEnoughAgreement);
}

std::optional<std::string> Trust::suspicion(const SecondLook& others) const {
  if (differs(sums_.policy_gain, sums_.expected_gain, others.policy_gain, others.expected_gain,
              kEnoughGain))
    return "its moves are not those of the net";
  if (differs(sums_.agreement, sums_.expected_agreement, others.agreement,
              others.expected_agreement, kEnoughAgreement))
    return "its values are not those of the net";
  return std::nullopt;
}

}  // namespace ponnuki::swarm
