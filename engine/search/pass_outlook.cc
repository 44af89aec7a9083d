#include "engine/search/pass_outlook.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/empty_regions.h"

namespace ponnuki::search {
namespace {

// A board is open if more than a third of it is undecided, and settled if no more than a tenth is.
// Random openings leave more than half; finished games a quarter at most, which the net misreads.
constexpr int kOpenPart = 3;
constexpr int kSettledPart = 10;
// With fewer stones than a fifth of the points a game has only begun, even if its winner is known.
constexpr int kLeastStonesPart = 5;
constexpr int kFewPoints = 8;          // are never too many
constexpr double kOpenWinrate = 0.05;  // that moving first gains, for evaluators without ownership
constexpr float kOwned = 0.6F;         // ownership of a point that is somebody's

int largest_neutral_area(const Board& board) {
  std::size_t largest = 0;
  for_each_empty_region(board, [&](const std::vector<Point>& region, bool is_neutral) {
    if (is_neutral) largest = std::max(largest, region.size());
  });
  return static_cast<int>(largest);
}

/// The number of points outside pass-alive areas that are nobody's, whoever moves first.
int undecided_points(const Position& position, const referee::Views& views) {
  AreaMap sure;
  compute_pass_alive_area(position.board(), position.rules().multi_stone_suicide, sure);
  int undecided = 0;
  for (int cell = 0; cell < position.size().area(); ++cell) {
    const auto p = Point::from_cell(cell, position.size()).index();
    if (sure[static_cast<std::size_t>(p)] != Color::kEmpty) continue;
    const auto i = static_cast<std::size_t>(cell);
    undecided += std::abs(views[0].black_ownership[i]) < kOwned &&
                 std::abs(views[1].black_ownership[i]) < kOwned;
  }
  return undecided;
}

/// Sets `open` and `settled`.
void judge_openness(const Position& position, const std::array<Evaluation, 2>& first,
                    const referee::Views& views, PassOutlook& outlook) {
  if (kLeastStonesPart * position.board().stone_count() < position.size().area()) {
    outlook.open = true;
    return;
  }
  const auto is_much = [&](int points, int part) {
    return points > std::max(kFewPoints, position.size().area() / part);
  };
  if (first[0].ownership.empty()) {
    const auto balance = [](const Evaluation& e) { return static_cast<double>(e.win - e.loss); };
    outlook.open = is_much(largest_neutral_area(position.board()), kSettledPart) ||
                   std::abs(balance(first[0]) + balance(first[1])) / 2 > kOpenWinrate;
    outlook.settled = !outlook.open;
    return;
  }
  const int undecided = undecided_points(position, views);
  outlook.open = is_much(undecided, kOpenPart);
  outlook.settled = !is_much(undecided, kSettledPart);
}

referee::View view_of(const Evaluation& evaluation, Color to_move) {
  referee::View view;
  view.black_ownership = evaluation.ownership;
  if (to_move == Color::kWhite) {
    for (float& value : view.black_ownership) value = -value;
  }
  const double lead = evaluation.lead;
  view.white_lead = to_move == Color::kWhite ? lead : -lead;
  return view;
}

/// The position in which both players have passed.
Position end_of(const Position& position) {
  Position end = position;
  for (int i = 0; i < 3 && !end.is_over(); ++i) end.play(Point::pass());
  return end;
}

}  // namespace

bool asks_about_pass(const Position& position) {
  if (position.is_over()) return false;
  if (position.pass_would_end_game()) return true;
  return position.rules().scoring == ScoringRule::kTerritory &&
         3 * position.board().stone_count() > position.size().area();
}

Position with_first(const Position& position, Color first) {
  Position root = position;
  root.resume();
  root.set_to_move(first);
  return root;
}

PassOutlook pass_outlook(const Position& position, const std::array<Evaluation, 2>& first) {
  const referee::Views views{view_of(first[0], Color::kBlack), view_of(first[1], Color::kWhite)};
  PassOutlook outlook;
  judge_openness(position, first, views, outlook);
  if (outlook.open || !position.rules().leaves_dead_stones()) return outlook;
  const referee::Judgement judgement = referee::judge_finished(end_of(position), views);
  outlook.white_score = judgement.score.white_minus_black;
  outlook.owner = judgement.owner;
  return outlook;
}

double score_after(const Position& position, Point move, Evaluator& evaluator) {
  Position after = position;
  after.play(move);
  referee::Views views;
  for (const Color first : {Color::kBlack, Color::kWhite}) {
    const EvalRequest options{.with_ownership = true, .conservative_pass = true};
    views[first == Color::kWhite] =
        view_of(evaluate_one(evaluator, with_first(after, first), options), first);
  }
  return referee::judge_finished(end_of(after), views).score.white_minus_black;
}

}  // namespace ponnuki::search
