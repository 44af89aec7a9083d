#include "swarm/spot_checks.h"

#include <algorithm>
#include <cmath>

#include "nn/files/model_file.h"
#include "selfplay/learning/published_net.h"

namespace ponnuki::swarm {
namespace {

constexpr std::size_t kLoaded = 3;     // nets at a time
constexpr double kLeastChance = 1e-4;  // of a move that the net thinks impossible

}  // namespace

SecondLook compare(const selfplay::RecordedTurn& recorded, const Evaluation& now) {
  const std::vector<float> searched = recorded.policy_shares();
  const auto legal =
      static_cast<double>(std::ranges::count_if(now.policy, [](float p) { return p >= 0; }));
  SecondLook look;
  for (std::size_t i = 0; i < searched.size(); ++i) {
    const auto chance = static_cast<double>(now.policy[i]);
    const double gain = std::log(std::max(chance, kLeastChance) * legal);
    look.policy_gain += static_cast<double>(searched[i]) * gain;
    look.expected_gain += std::max(chance, 0.0) * gain;
  }
  if (recorded.has_value()) {
    const selfplay::Outlook found = recorded.outlook();
    const auto value = static_cast<double>(now.win - now.loss);
    look.agreement = (found.win - found.loss) * value;
    look.expected_agreement = value * value;
  }
  return look;
}

void SpotChecks::look_at(const std::string& worker, const std::string& net,
                         const selfplay::Games& games) {
  const double share = trust_.share(worker);
  struct Look {
    const selfplay::RecordedTurn* turn;
    Position position;
    Evaluation now;
  };
  std::vector<Look> looks;
  for (const auto& game : games) {
    for (std::size_t turn = 0; turn < game->turns.size(); ++turn) {
      if (game->turns[turn].weight == 0 || random_.uniform() >= share) continue;
      looks.push_back({&game->turns[turn], selfplay::position_at(*game, turn), {}});
    }
  }
  nn::NetEvaluator* const evaluator = looks.empty() ? nullptr : evaluator_of(net);
  if (evaluator == nullptr) return;
  std::vector<EvalRequest> requests;
  for (Look& look : looks) requests.push_back({.position = &look.position, .result = &look.now});
  evaluator->evaluate(requests);
  for (const Look& look : looks) trust_.add(worker, net, compare(*look.turn, look.now));
}

/// Null if there is no such net, or if this machine cannot compute it.
nn::NetEvaluator* SpotChecks::evaluator_of(const std::string& net) {
  const auto load = [&]() -> std::unique_ptr<nn::NetEvaluator> {
    const auto path = nets_.find(net);
    if (!path) return nullptr;
    auto model = nn::load_model(*path);
    if (!model || !nn::NetEvaluator::check(*model)) return nullptr;
    auto network = selfplay::network_of(std::move(*model), nn::kernels::auto_precision());
    return network ? std::make_unique<nn::NetEvaluator>(*network) : nullptr;
  };
  auto found = loaded_.find(net);
  if (found == loaded_.end()) {
    if (loaded_.size() >= kLoaded)
      loaded_.erase(std::ranges::min_element(loaded_, {},
                                             [](const auto& entry) { return entry.second.used; }));
    found = loaded_.emplace(net, Loaded{load()}).first;
  }
  found->second.used = ++uses_;
  return found->second.evaluator.get();
}

}  // namespace ponnuki::swarm
