#include "engine/search/gumbel.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/check.h"

namespace ponnuki::search {
namespace {

int most_visits(std::span<const GumbelMove> moves) {
  int most = 0;
  for (const GumbelMove& move : moves) most = std::max(most, move.visits);
  return most;
}

/// The completed values: a visited move has its own value, an unvisited move has mixed_value().
struct CompletedValues {
  CompletedValues(std::span<const GumbelMove> moves, double own_value, const GumbelScale& scale)
      : scale_(scale), most_(most_visits(moves)), unvisited_(mixed_value(moves, own_value)) {}

  double logit(const GumbelMove& move) const {
    const double q = move.visits > 0 ? move.value : unvisited_;
    return static_cast<double>(move.logit) + scale_(q, most_);
  }

 private:
  const GumbelScale& scale_;
  int most_;
  double unvisited_;
};

}  // namespace

double mixed_value(std::span<const GumbelMove> moves, double own_value) {
  float greatest = -std::numeric_limits<float>::infinity();
  for (const GumbelMove& move : moves)
    if (move.visits > 0) greatest = std::max(greatest, move.logit);
  double prior_sum = 0, value_sum = 0;
  int visits = 0;
  for (const GumbelMove& move : moves) {
    if (move.visits == 0) continue;
    const double prior = std::exp(static_cast<double>(move.logit - greatest));
    prior_sum += prior;
    value_sum += prior * move.value;
    visits += move.visits;
  }
  if (visits == 0) return own_value;
  return (own_value + visits * value_sum / prior_sum) / (1 + visits);
}

std::vector<float> improved_policy(std::span<const GumbelMove> moves, double own_value,
                                   const GumbelScale& scale) {
  const CompletedValues completed(moves, own_value, scale);
  std::vector<float> policy;
  policy.reserve(moves.size());
  float greatest = -std::numeric_limits<float>::infinity();
  for (const GumbelMove& move : moves) {
    policy.push_back(static_cast<float>(completed.logit(move)));
    greatest = std::max(greatest, policy.back());
  }
  float sum = 0;
  for (float& p : policy) sum += p = std::exp(p - greatest);
  for (float& p : policy) p /= sum;
  return policy;
}

std::vector<int> considered_visits(int considered, int simulations) {
  std::vector<int> sequence;
  if (considered <= 1) {
    for (int i = 0; i < simulations; ++i) sequence.push_back(i);
    return sequence;
  }
  const int phases = static_cast<int>(std::ceil(std::log2(considered)));
  std::vector<int> visits(static_cast<std::size_t>(considered), 0);
  int left = considered;
  while (static_cast<int>(sequence.size()) < simulations) {
    const int extra = std::max(1, simulations / (phases * left));
    for (int i = 0; i < extra; ++i) {
      for (int m = 0; m < left; ++m) sequence.push_back(visits[static_cast<std::size_t>(m)]++);
    }
    left = std::max(2, left / 2);
  }
  sequence.resize(static_cast<std::size_t>(simulations));
  return sequence;
}

std::size_t choose_at_root(std::span<const GumbelMove> moves, int visits, double own_value,
                           const GumbelScale& scale) {
  const CompletedValues completed(moves, own_value, scale);
  std::size_t best = moves.size();
  double best_score = 0;
  for (std::size_t i = 0; i < moves.size(); ++i) {
    if (moves[i].visits != visits) continue;
    const double score = static_cast<double>(moves[i].noise) + completed.logit(moves[i]);
    if (best == moves.size() || score > best_score) best = i, best_score = score;
  }
  PONNUKI_CHECK(best < moves.size());
  return best;
}

std::size_t choose_inside(std::span<const GumbelMove> moves, double own_value,
                          const GumbelScale& scale) {
  const std::vector<float> policy = improved_policy(moves, own_value, scale);
  int visits = 0;
  for (const GumbelMove& move : moves) visits += move.visits;
  std::size_t best = 0;
  double best_score = -std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < moves.size(); ++i) {
    const double score =
        static_cast<double>(policy[i]) - static_cast<double>(moves[i].visits) / (1 + visits);
    if (score > best_score) best = i, best_score = score;
  }
  return best;
}

}  // namespace ponnuki::search
