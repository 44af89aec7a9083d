// Trust: whether the workers' games were played with the nets that they name. Some positions are
// evaluated again with that net. What a search found differs from what the net says, but not in
// every direction: an honest search prefers the moves that the net prefers, and the player whom the
// net prefers. So at a position these have expectations that follow from the net alone:
//
//     policy    sum of π·ln(p/u)   expected: about   sum of p·ln(p/u)
//     value     v·n                expected: about   n·n
//
// with the search's policy π and value v, the net's p and n, and u uniform over legal moves. With
// moves of another net or at random, and values of the wrong sign, they are near 0 or negative. So
// they are for everybody while the net is a beginner, since its search finds other moves: therefore
// a worker is only compared on nets with which the others reach what is expected. "Reach" and "miss"
// mean that the sum of what is above half of the expectation differs from 0 by five of its standard
// deviations.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>

namespace ponnuki::swarm {

/// What one position says.
struct SecondLook {
  double policy_gain = 0, expected_gain = 0;  // in nats
  double agreement = 0, expected_agreement = 0;
};

class Trust {
 public:
  void add(const std::string& worker, const std::string& net, const SecondLook& look);
  /// The share of this worker's positions to look at: more in the beginning.
  double share(const std::string& worker) const;
  /// Why this worker's games must not be learned from; nothing if there is no reason so far.
  std::optional<std::string> suspicion(const std::string& worker) const;
  /// Others are no longer compared with this worker.
  void forget(const std::string& worker);

  static constexpr int kProbation = 300;  // positions
  static constexpr std::size_t kNets = 6;

 private:
  /// A sum of independent numbers, and how far it is from 0.
  struct Evidence {
    double sum = 0, squares = 0;

    void add(double x);
    Evidence operator+(const Evidence& other) const;
    bool is_above() const;
    bool is_below() const;
  };
  struct Findings {
    Evidence policy, value;
  };
  struct Net {
    std::string name;
    std::map<std::string, Findings> workers;
  };
  Net& net_of(const std::string& name);
  Evidence compared(const std::string& worker, Evidence Findings::*of) const;

  std::deque<Net> nets_;  // the last ones
  std::map<std::string, int> positions_;
};

}  // namespace ponnuki::swarm
