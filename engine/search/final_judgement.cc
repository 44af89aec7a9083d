#include "engine/search/final_judgement.h"

#include "engine/search/pass_outlook.h"

namespace ponnuki::search {
namespace {

constexpr std::int64_t kVisits = 100;
constexpr double kSeconds = 10;  // only reached with very slow networks

/// The evaluator's own ownership, averaged over the symmetries, from the perspective of the player
/// to move. Empty if the evaluator predicts none.
std::vector<float> raw_ownership(const Position& position, Evaluator& evaluator) {
  const int count = Symmetry::count(position.size());
  std::vector<float> sum(static_cast<std::size_t>(position.size().area()));
  for (int symmetry = 0; symmetry < count; ++symmetry) {
    const Evaluation evaluation =
        evaluate_one(evaluator, position,
                     {.symmetry = Symmetry(symmetry), .with_ownership = true, .alone = true});
    if (evaluation.ownership.size() != sum.size()) return {};
    for (std::size_t i = 0; i < sum.size(); ++i) {
      sum[i] += evaluation.ownership[i] / static_cast<float>(count);
    }
  }
  return sum;
}

SearchLimits judgement_limits() {
  SearchLimits limits;
  limits.visits = kVisits;
  limits.seconds = kSeconds;
  return limits;
}

}  // namespace

SearchParams judgement_params() {
  SearchParams params;
  params.threads = 1;
  params.evaluates_alone = true;
  params.temperature = params.temperature_early = 0;
  return params;
}

referee::View view_of(Search& search, Evaluator& evaluator) {
  AnalysisOptions options;
  options.ownership = true;
  Analysis analysis = search.analysis(options);
  const bool black_moves = analysis.root.to_move == Color::kBlack;
  referee::View view;
  view.black_ownership = std::move(analysis.ownership);
  if (view.black_ownership.empty())
    view.black_ownership = raw_ownership(search.position(), evaluator);
  if (!black_moves) {
    for (float& value : view.black_ownership) value = -value;
  }
  view.white_lead = black_moves ? -analysis.root.score_lead : analysis.root.score_lead;
  view.lead_stdev = analysis.root.score_stdev;
  return view;
}

Result<referee::Judgement> final_judgement(const Position& position, const Ask& ask) {
  if (position.is_no_result()) return referee::judge_no_result(position);
  if (referee::is_counted_as_it_stands(position)) return referee::judge_as_it_stands(position);
  constexpr Color kPlayers[] = {Color::kBlack, Color::kWhite};
  referee::Views views;
  for (std::size_t i = 0; i < 2; ++i) {
    PONNUKI_TRY(views[i], ask(with_first(position, kPlayers[i]), judgement_limits()));
  }
  if (auto judgement = judge_if_settled(position, views)) return std::move(*judgement);
  return referee::estimate(position, std::move(views[position.to_move() == Color::kWhite]));
}

Result<referee::Judgement> final_judgement(const Position& position, Evaluator& evaluator) {
  PONNUKI_TRY(check_size(evaluator, position.size()));
  Search search(evaluator, judgement_params());
  return final_judgement(position, [&](const Position& root, const SearchLimits& limits) {
    search.set_position(root);
    search.run(limits);
    return Result<referee::View>(view_of(search, evaluator));
  });
}

}  // namespace ponnuki::search
