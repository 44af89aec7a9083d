#include "engine/search/puct_turn.h"

#include <algorithm>

#include "engine/search/choose.h"

namespace ponnuki::search {

SearchParams self_play_params() {
  SearchParams params;
  params.leaves_per_thread = 1;
  params.cpuct = 1.1;
  params.cpuct_log = 0;
  params.root_fpu_reduction = 0;
  params.uncertainty_weighting = false;
  params.graph_search = false;
  params.root_noise = true;
  params.root_forced_visits = 2;
  params.root_policy_temperature_early = 1.25;
  params.root_policy_temperature = 1.1;
  params.temperature_early = 0.75;
  params.temperature = 0.15;
  params.lcb_selection = false;
  params.passing_hacks = false;
  return params;
}

PuctTurn::PuctTurn(Evaluator& evaluator, const SearchParams& params)
    : params_(params), search_(evaluator, params) {}

void PuctTurn::start(const Position& root, const TurnEffort& effort, Random& random) {
  simulations_ = effort.simulations;
  random_ = &random;
  SearchParams params = params_;
  params.seed = random();  // drops the tree
  if (!effort.explore) {
    params.root_noise = false;
    params.root_forced_visits = 0;
    params.root_policy_temperature_early = params.root_policy_temperature = 1;
  }
  search_.set_params(params);
  search_.set_position(root);
  search_.start({.visits = effort.simulations + 1});
}

bool PuctTurn::gather(std::vector<EvalRequest>& requests) {
  const std::size_t before = requests.size();
  while (search_.gather(requests)) {
    if (requests.size() > before) return true;
    search_.absorb();
  }
  search_.finish();
  return false;
}

TurnResult PuctTurn::result() {
  const Analysis analysis = search_.analysis({.pv_length = 1});
  const BoardSize size = search_.position().size();
  TurnResult result;
  result.prior = analysis.policy;
  for (float& p : result.prior) p = std::max(p, 0.0F);
  if (simulations_ == 0) {
    result.policy = result.prior;
    const std::vector<double> chances(result.policy.begin(), result.policy.end());
    const std::size_t cell = pick_with_temperature(chances, 1, 1, *random_);
    result.move = Point::from_cell(static_cast<int>(cell), size);
  } else {
    result.policy.assign(result.prior.size(), 0.0F);
    for (const MoveInfo& info : analysis.moves)
      result.policy[static_cast<std::size_t>(info.move.cell(size))] =
          static_cast<float>(info.play_selection_value);
    result.move = search_.choose_move().move;
  }
  const RootInfo& root = analysis.root;
  const double win_loss = 2 * root.winrate - 1;
  result.no_result = static_cast<float>(root.no_result);
  result.win = static_cast<float>((1 - root.no_result + win_loss) / 2);
  result.loss = static_cast<float>((1 - root.no_result - win_loss) / 2);
  result.score_mean = static_cast<float>(root.score_mean);
  return result;
}

}  // namespace ponnuki::search
