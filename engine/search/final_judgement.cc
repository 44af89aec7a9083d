#include "engine/search/final_judgement.h"

namespace ponnuki::search {
namespace {

constexpr std::int64_t kVisits = 100;  // as KataGo
constexpr double kSeconds = 10;        // only reached with very slow networks

/// The evaluator's own ownership, averaged over the symmetries, from the perspective of the player
/// to move. Empty if the evaluator predicts none.
std::vector<float> raw_ownership(const Position& position, Evaluator& evaluator) {
  const int count = Symmetry::count(position.size());
  std::vector<float> sum(static_cast<std::size_t>(position.size().area()));
  for (int symmetry = 0; symmetry < count; ++symmetry) {
    Evaluation evaluation;
    EvalRequest request;
    request.position = &position;
    request.result = &evaluation;
    request.symmetry = Symmetry(symmetry);
    request.with_ownership = true;
    evaluator.evaluate({&request, 1});
    if (evaluation.ownership.size() != sum.size()) return {};
    for (std::size_t i = 0; i < sum.size(); ++i) {
      sum[i] += evaluation.ownership[i] / static_cast<float>(count);
    }
  }
  return sum;
}

}  // namespace

SearchLimits judgement_limits() {
  SearchLimits limits;
  limits.visits = kVisits;
  limits.seconds = kSeconds;
  return limits;
}

Position judgement_root(const Position& position) {
  return Position(position.board(), position.to_move(), position.rules(), position.handicap());
}

referee::Judgement judgement_by(const Search& search, const Position& position,
                                Evaluator& evaluator) {
  AnalysisOptions options;
  options.ownership = true;
  Analysis analysis = search.analysis(options);
  const bool black_moves = analysis.root.to_move == Color::kBlack;
  referee::Opinion opinion;
  opinion.black_ownership = std::move(analysis.ownership);
  if (opinion.black_ownership.empty()) {
    opinion.black_ownership = raw_ownership(judgement_root(position), evaluator);
  }
  if (!black_moves) {
    for (float& value : opinion.black_ownership) value = -value;
  }
  opinion.white_lead = black_moves ? -analysis.root.score_lead : analysis.root.score_lead;
  opinion.lead_stdev = analysis.root.score_stdev;
  return judge_by_opinion(position, std::move(opinion));
}

Result<referee::Judgement> final_judgement(const Position& position, Evaluator& evaluator,
                                           const SearchParams& params) {
  if (referee::is_counted_as_it_stands(position)) return referee::judge_as_it_stands(position);
  PONNUKI_TRY(check_size(evaluator, position.size()));
  Search search(evaluator, params);
  search.set_position(judgement_root(position));
  search.run(judgement_limits());
  return judgement_by(search, position, evaluator);
}

}  // namespace ponnuki::search
