// Trust: whether a worker's games were played with the net that they name. Some of their positions
// are evaluated again with that net. What a search found differs from what the net says, but not in
// every direction: an honest search prefers the moves that the net prefers, and the player whom the
// net prefers. So each of these sums has an expectation that follows from the net alone:
//
//     policy    sum of π·ln(p/u)   expected: about   sum of p·ln(p/u)
//     value     sum of v·n         expected: about   sum of n·n
//
// with the search's policy π and value v, the net's p and n, and u uniform over legal moves. Moves
// of another net or at random, and values of the wrong sign, make a sum near 0 or negative. So does
// everybody's search while the net is a beginner: so a worker is suspected only if the others reach
// what is expected of them.
#pragma once

#include <optional>
#include <string>

namespace ponnuki::swarm {

/// What one position says, or the sums of several.
struct SecondLook {
  double policy_gain = 0, expected_gain = 0;  // in nats
  double agreement = 0, expected_agreement = 0;

  SecondLook& operator+=(const SecondLook& other);
};

class Trust {
 public:
  void add(const SecondLook& look);
  /// The share of this worker's positions to look at: more in the beginning.
  double share() const { return positions_ < kProbation ? 0.05 : 0.02; }
  /// Why this worker's games must not be learned from, given the sums of all others; nothing if
  /// there is no reason so far.
  std::optional<std::string> suspicion(const SecondLook& others) const;
  /// Of its latest positions.
  const SecondLook& sums() const { return sums_; }

  static constexpr int kProbation = 300;  // positions

 private:
  int positions_ = 0;
  SecondLook sums_;
};

}  // namespace ponnuki::swarm
