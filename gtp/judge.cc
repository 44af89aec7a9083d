#include "gtp/judge.h"

#include "engine/search/final_judgement.h"

namespace ponnuki::gtp {

namespace {

constexpr std::size_t kMostKnown = 64;

}  // namespace

Result<referee::Judgement> Judge::judge(const Position& position, Thinker& thinker) {
  const std::uint64_t key = position.evaluation_key();
  if (const auto found = known_.find(key); found != known_.end()) return found->second;
  bool interrupted = false;
  const auto ask = [&](const Position& root,
                       const search::SearchLimits& limits) -> Result<referee::View> {
    ThinkRequest request(root, search::judgement_params());
    request.limits = limits;
    PONNUKI_TRY(const auto outcome, thinker.think(request));
    interrupted |= outcome.ended_by != server::Inbox::Event::kDone;
    return view_of(thinker.search(), **thinker.evaluator(position.size()));
  };
  PONNUKI_TRY(referee::Judgement result, search::final_judgement(position, ask));
  if (interrupted) return result;
  if (known_.size() >= kMostKnown) known_.clear();
  known_.emplace(key, result);
  return result;
}

}  // namespace ponnuki::gtp
