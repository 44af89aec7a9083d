#include "engine/search/final_judgement.h"

#include <cmath>

#include "engine/search/pass_outlook.h"

namespace ponnuki::search {
namespace {

constexpr std::int64_t kVisits = 100;
constexpr int kMostMoves = 30;    // to play on, if the first judgement is unsure
constexpr double kSettled = 0.8;  // ownership of a point whose owner is known
constexpr double kSeconds = 10;   // only reached with very slow networks

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

/// Whether it is known who owns the points of all stones of `position`.
bool is_settled(const Position& position, const referee::View& view) {
  if (view.black_ownership.empty()) return true;
  for (int cell = 0; cell < position.size().area(); ++cell) {
    if (position.board().at(Point::from_cell(cell, position.size())) == Color::kEmpty) continue;
    if (std::abs(view.black_ownership[static_cast<std::size_t>(cell)]) < kSettled) return false;
  }
  return true;
}

/// The players play on until the fate of all stones is clear. Returns the view at that point.
Result<referee::View> view_after_play(const Position& position, Color first, referee::View view,
                                      const Ask& ask) {
  Position now = with_first(position, first);
  for (int i = 0; i < kMostMoves && !is_settled(position, view); ++i) {
    if (view.best.is_pass() || !now.is_legal(view.best)) break;
    now.play(view.best);
    PONNUKI_TRY(view, ask(now, judgement_limits()));
  }
  return view;
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
  view.best = search.choose_move().move;
  return view;
}

Result<referee::Judgement> final_judgement(const Position& position, const Ask& ask) {
  if (position.is_no_result()) return referee::judge_no_result(position);
  if (referee::is_counted_as_it_stands(position)) return referee::judge_as_it_stands(position);
  if (!position.is_over()) {
    PONNUKI_TRY(referee::View view, ask(position, judgement_limits()));
    return referee::estimate(position, std::move(view));
  }
  constexpr Color kPlayers[] = {Color::kBlack, Color::kWhite};
  referee::Views views;
  for (std::size_t i = 0; i < 2; ++i) {
    PONNUKI_TRY(views[i], ask(with_first(position, kPlayers[i]), judgement_limits()));
  }
  const referee::Judgement judgement = referee::judge_finished(position, views);
  if (!judgement.unsure) return judgement;
  for (std::size_t i = 0; i < 2; ++i) {
    PONNUKI_TRY(views[i], view_after_play(position, kPlayers[i], std::move(views[i]), ask));
  }
  return referee::judge_finished(position, views);
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
