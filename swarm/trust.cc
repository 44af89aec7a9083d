#include "swarm/trust.h"

#include <algorithm>
#include <cmath>

namespace ponnuki::swarm {
namespace {

constexpr double kDeviations = 5;

}  // namespace

void Trust::Evidence::add(double x) {
  sum += x;
  squares += x * x;
}

Trust::Evidence Trust::Evidence::operator+(const Evidence& other) const {
  return {sum + other.sum, squares + other.squares};
}

bool Trust::Evidence::is_above() const { return sum > kDeviations * std::sqrt(squares); }
bool Trust::Evidence::is_below() const { return sum < -kDeviations * std::sqrt(squares); }

Trust::Net& Trust::net_of(const std::string& name) {
  const auto found = std::ranges::find(nets_, name, &Net::name);
  if (found != nets_.end()) return *found;
  if (nets_.size() >= kNets) nets_.pop_front();
  return nets_.emplace_back(Net{name, {}});
}

void Trust::add(const std::string& worker, const std::string& net, const SecondLook& look) {
  ++positions_[worker];
  Findings& findings = net_of(net).workers[worker];
  findings.policy.add(look.policy_gain - look.expected_gain / 2);
  findings.value.add(look.agreement - look.expected_agreement / 2);
}

double Trust::share(const std::string& worker) const {
  const auto found = positions_.find(worker);
  return found == positions_.end() || found->second < kProbation ? 0.05 : 0.02;
}

/// What was found of this worker, on nets with which the others reach what is expected.
Trust::Evidence Trust::compared(const std::string& worker, Evidence Findings::*of) const {
  Evidence own;
  for (const Net& net : nets_) {
    const auto found = net.workers.find(worker);
    if (found == net.workers.end()) continue;
    Evidence others;
    for (const auto& [name, findings] : net.workers)
      if (name != worker) others = others + findings.*of;
    if (others.is_above()) own = own + found->second.*of;
  }
  return own;
}

std::optional<std::string> Trust::suspicion(const std::string& worker) const {
  if (compared(worker, &Findings::policy).is_below()) return "its moves are not those of the net";
  if (compared(worker, &Findings::value).is_below()) return "its values are not those of the net";
  return std::nullopt;
}

void Trust::forget(const std::string& worker) {
  positions_.erase(worker);
  for (Net& net : nets_) net.workers.erase(worker);
}

}  // namespace ponnuki::swarm
