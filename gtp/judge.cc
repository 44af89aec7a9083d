#include "gtp/judge.h"

#include "engine/search/final_judgement.h"

namespace ponnuki::gtp {

namespace {

constexpr std::size_t kMostKnown = 64;

}  // namespace

Result<referee::Judgement> Judge::judge(const Position& position, Thinker& thinker,
                                        const search::SearchParams& params) {
  const std::uint64_t key = position.evaluation_key();
  if (const auto found = known_.find(key); found != known_.end()) return found->second;
  referee::Judgement result;
  if (referee::is_counted_as_it_stands(position)) {
    result = referee::judge_as_it_stands(position);
  } else {
    ThinkRequest request(search::judgement_root(position), params);
    request.limits = search::judgement_limits();
    PONNUKI_TRY(const auto outcome, thinker.think(request));
    result = search::judgement_by(thinker.search(), position, **thinker.evaluator(position.size()));
    if (outcome.ended_by != server::Inbox::Event::kDone) return result;
  }
  if (known_.size() >= kMostKnown) known_.clear();
  known_.emplace(key, result);
  return result;
}

}  // namespace ponnuki::gtp
