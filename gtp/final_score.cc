#include "gtp/final_score.h"

#include "gtp/judge.h"

namespace ponnuki::gtp {

Result<Score> final_score(const Position& position, Evaluator& evaluator,
                          const search::SearchParams& params) {
  // The thinker wants to own what it thinks with; this evaluator is only lent.
  const auto lent = [&] { return std::shared_ptr<Evaluator>(&evaluator, [](Evaluator*) {}); };
  const server::EvaluatorProvider provider(lent, nullptr);
  server::Inbox inbox;
  Thinker thinker(provider, inbox);
  const auto judgement = Judge().judge(position, thinker, params);
  if (!judgement) return judgement.error();
  return judgement->score;
}

}  // namespace ponnuki::gtp
