// The values of a node: averages over its subtree, and its own evaluation. They are always from
// White's perspective, so that they have the same meaning on every path to the node.
#pragma once

#include <atomic>
#include <cstdint>

namespace ponnuki::search {

/// Averages over a subtree, weighted.
struct NodeStats {
  std::uint32_t visits = 0;
  float win_loss = 0;      // win minus loss probability
  float no_result = 0;     // probability
  float score_mean = 0;    // points
  float score_square = 0;  // mean of the square
  float lead = 0;          // points
  float utility = 0;       // the quantity that the search maximises for White
  float utility_square = 0;
  // Sum of weights. An evaluation has weight 1 unless it is weighted by uncertainty.
  float weight = 0;
  float weight_square = 0;  // sum of squares of the weights

  /// The part of the weight that belongs to an edge with `edge_visits` of the visits.
  double edge_weight(std::uint32_t edge_visits) const {
    return share_of(weight, edge_visits, visits);
  }
  static double share_of(float weight, std::uint32_t edge_visits, std::uint32_t visits) {
    if (edge_visits == visits) return weight;
    return static_cast<double>(weight) * edge_visits / (visits > 0 ? visits : 1);
  }
  double edge_weight_square(std::uint32_t edge_visits) const {
    return static_cast<double>(weight_square) * edge_visits / (visits > 0 ? visits : 1);
  }
};

/// NodeStats that can be read without a lock while a thread writes them under the node's lock. The
/// race is deliberate: a reader may see fields from two moments, each of them a valid average (as
/// in KataGo).
class AtomicNodeStats {
 public:
  NodeStats load() const {
    NodeStats s;
    s.visits = visits_.load(std::memory_order_acquire);
    s.win_loss = get(win_loss_), s.no_result = get(no_result_);
    s.score_mean = get(score_mean_), s.score_square = get(score_square_), s.lead = get(lead_);
    s.utility = get(utility_), s.utility_square = get(utility_square_);
    s.weight = get(weight_), s.weight_square = get(weight_square_);
    return s;
  }
  void store(const NodeStats& s) {
    put(win_loss_, s.win_loss), put(no_result_, s.no_result);
    put(score_mean_, s.score_mean), put(score_square_, s.score_square), put(lead_, s.lead);
    put(utility_, s.utility), put(utility_square_, s.utility_square);
    put(weight_, s.weight), put(weight_square_, s.weight_square);
    visits_.store(s.visits, std::memory_order_release);
  }
  std::uint32_t visits() const { return visits_.load(std::memory_order_acquire); }
  float weight() const { return get(weight_); }
  float utility() const { return get(utility_); }

 private:
  static float get(const std::atomic<float>& field) {
    return field.load(std::memory_order_relaxed);
  }
  static void put(std::atomic<float>& field, float value) {
    field.store(value, std::memory_order_relaxed);
  }
  std::atomic<std::uint32_t> visits_{0};
  std::atomic<float> win_loss_{0}, no_result_{0}, score_mean_{0}, score_square_{0}, lead_{0},
      utility_{0}, utility_square_{0}, weight_{0}, weight_square_{0};
};

/// The value of the position itself by the evaluator (or the referee), from White's perspective.
struct OwnValue {
  float win_loss = 0;
  float no_result = 0;
  float score_mean = 0;
  float score_square = 0;
  float lead = 0;
  float weight = 1;
};

}  // namespace ponnuki::search
