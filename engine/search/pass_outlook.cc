#include "engine/search/pass_outlook.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/area.h"
#include "engine/empty_regions.h"
#include "engine/settle.h"

namespace ponnuki::search {
namespace {

// A board is open if more than a third of it is undecided, and settled if no more than a tenth is.
// Random openings leave more than half; finished games a quarter at most, which the net misreads.
constexpr double kOpenPart = 1.0 / 3;
constexpr double kSettledPart = 0.1;
// It is open, too, if more than two fifths of it depend on who moves first. In 300 finished games
// the net thought so of two fifths at most, in the median of none.
constexpr double kDependentPart = 0.4;
// And if, without the dead stones, so much of it touches living stones of both players. GNU Go left
// 4 % at most in 932 of 933 games.
constexpr double kContestedPart = 0.1;
// A player without any living stone has lost, but only if the net is sure of nearly all points.
constexpr double kDoubtfulPart = 0.2;
// With fewer stones than a fifth of the points a game has only begun, even if its winner is known.
constexpr int kLeastStonesPart = 5;
constexpr double kFewPoints = 8;       // are never too many
constexpr double kOpenWinrate = 0.05;  // that moving first gains, for evaluators without ownership
constexpr float kOwned = 0.6F;         // ownership of a point that is somebody's
constexpr float kSurelyOwned = 0.8F;

std::size_t largest_neutral_area(const Board& board) {
  std::size_t largest = 0;
  for_each_empty_region(board, [&](const std::vector<Point>& region, bool is_neutral) {
    if (is_neutral) largest = std::max(largest, region.size());
  });
  return largest;
}

/// The number of points outside pass-alive areas for which counts(view of Black to move, of White)
/// holds. The arguments are Black's ownership.
template <typename Counts>
int count_points(const Position& position, const referee::Views& views, Counts counts) {
  AreaMap sure;
  compute_pass_alive_area(position.board(), position.rules().multi_stone_suicide, sure);
  int count = 0;
  for (int cell = 0; cell < position.size().area(); ++cell) {
    const auto i = static_cast<std::size_t>(cell);
    count += owner_at(sure, Point::from_cell(cell, position.size())) == Color::kEmpty &&
             counts(views[0].black_ownership[i], views[1].black_ownership[i]);
  }
  return count;
}

/// The number of points that are nobody's, whoever moves first.
int undecided_points(const Position& position, const referee::Views& views) {
  return count_points(position, views, [](float black_first, float white_first) {
    return std::abs(black_first) < kOwned && std::abs(white_first) < kOwned;
  });
}

/// The number of points that do not belong to the same player whoever moves first; `least` is the
/// ownership that belonging takes.
int dependent_points(const Position& position, const referee::Views& views, float least) {
  return count_points(position, views, [least](float black_first, float white_first) {
    return std::min(black_first, white_first) < least &&
           std::max(black_first, white_first) > -least;
  });
}

/// True for more than a part of the board, and more than a few points.
bool is_much(const Position& position, std::size_t points, double part) {
  return static_cast<double>(points) > std::max(kFewPoints, part * position.size().area());
}

/// True if the game has not reached its end even if the referee is right about the dead stones.
bool is_unfinished(const Position& position, const referee::Views& views,
                   const std::vector<Point>& dead) {
  PointSet gone;
  for (const Point p : dead) gone.add(p);
  const Board living = without_dead(position.board(), position.board(), gone);
  if (is_much(position, neutral_points(living).size(), kContestedPart)) return true;
  bool lives[2] = {false, false};
  for (int cell = 0; cell < position.size().area(); ++cell) {
    const Color color = living.at(Point::from_cell(cell, position.size()));
    if (is_player(color)) lives[color == Color::kWhite] = true;
  }
  return lives[0] != lives[1] &&
         is_much(position, dependent_points(position, views, kSurelyOwned), kDoubtfulPart);
}

bool has_only_begun(const Position& position) {
  return kLeastStonesPart * position.board().stone_count() < position.size().area();
}

/// Sets `open` and `settled` as far as the ownership tells.
void judge_openness(const Position& position, const referee::Views& views, PassOutlook& outlook) {
  const int undecided = undecided_points(position, views);
  outlook.open = is_much(position, undecided, kOpenPart) ||
                 is_much(position, dependent_points(position, views, kOwned), kDependentPart);
  outlook.settled = !outlook.open && !is_much(position, undecided, kSettledPart);
}

/// The same without ownership.
void judge_openness(const Position& position, const std::array<Evaluation, 2>& first,
                    PassOutlook& outlook) {
  const auto balance = [](const Evaluation& e) { return static_cast<double>(e.win - e.loss); };
  outlook.open = is_much(position, largest_neutral_area(position.board()), kSettledPart) ||
                 std::abs(balance(first[0]) + balance(first[1])) / 2 > kOpenWinrate;
  outlook.settled = !outlook.open;
}

/// True if a count names another winner than both views, by many points.
bool contradicts(const Position& position, const referee::Views& views, double white_score) {
  const auto other = [&](const referee::View& view) {
    const auto distance = static_cast<std::size_t>(std::abs(view.white_lead - white_score));
    return view.white_lead * white_score < 0 && is_much(position, distance, kContestedPart);
  };
  return other(views[0]) && other(views[1]);
}

/// Both players passed, one after the other. It does not end the game if the first pass took the
/// button.
bool have_both_passed(const Position& position) {
  return position.move_count() >= 2 && position.move_ago(1).point.is_pass() &&
         position.move_ago(2).point.is_pass() &&
         position.move_ago(1).color != position.move_ago(2).color;
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

Evaluation evaluate_first(const Position& position, Color first, Evaluator& evaluator) {
  return evaluate_one(evaluator, with_first(position, first),
                      {.with_ownership = true, .conservative_pass = true});
}

/// The position in which both players have passed.
Position end_of(const Position& position) {
  Position end = position;
  for (int i = 0; i < 3 && !end.is_over(); ++i) end.play(Point::pass());
  return end;
}

}  // namespace

bool answers_pass(const Position& position) {
  if (position.pass_would_end_game()) return true;
  if (!position.rules().has_button || position.has_button()) return false;
  const auto is_pass = [](const Move& move) { return move.point.is_pass(); };
  return is_pass(position.move_ago(1)) &&
         std::none_of(position.moves().begin(), position.moves().end() - 1, is_pass);
}

bool asks_about_pass(const Position& position) {
  if (position.is_over() || position.encore() != nullptr) return false;
  if (answers_pass(position)) return true;
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
  const bool knows_owners = !first[0].ownership.empty();
  if (has_only_begun(position))
    outlook.open = true;
  else if (knows_owners)
    judge_openness(position, views, outlook);
  else
    judge_openness(position, first, outlook);
  if (outlook.open) return outlook;
  const referee::Judgement judgement = referee::judge_finished(end_of(position), views);
  if (knows_owners && is_unfinished(position, views, judgement.dead)) {
    outlook.open = true;
    outlook.settled = false;
    return outlook;
  }
  if (!position.rules().leaves_dead_stones()) return outlook;
  outlook.white_score = judgement.score.white_minus_black;
  outlook.owner = judgement.owner;
  return outlook;
}

PassOutlook pass_outlook(const Position& position, Evaluator& evaluator) {
  return pass_outlook(position, {evaluate_first(position, Color::kBlack, evaluator),
                                 evaluate_first(position, Color::kWhite, evaluator)});
}

bool LatePassOutlook::may_be_own(Point point) const {
  const auto cell = static_cast<std::size_t>(point.cell(position_.size()));
  const auto mover = static_cast<std::size_t>(position_.to_move() == Color::kWhite);
  if (first_[mover].ownership.empty()) return true;
  return first_[mover].ownership[cell] > 0 && first_[1 - mover].ownership[cell] < 0;
}

const PassOutlook& LatePassOutlook::get() {
  if (!outlook_) outlook_ = pass_outlook(position_, first_);
  return *outlook_;
}

std::optional<referee::Judgement> judge_if_settled(const Position& position,
                                                   const referee::Views& views) {
  if (position.is_over() || have_both_passed(position))
    return referee::judge_finished(position, views);
  if (views[0].black_ownership.empty() || has_only_begun(position)) return std::nullopt;
  PassOutlook outlook;
  judge_openness(position, views, outlook);
  if (!outlook.settled) return std::nullopt;
  referee::Judgement judgement = referee::judge_finished(position, views);
  if (judgement.unsure || is_unfinished(position, views, judgement.dead) ||
      contradicts(position, views, judgement.score.white_minus_black))
    return std::nullopt;
  return judgement;
}

double score_after(const Position& position, Point move, Evaluator& evaluator) {
  Position after = position;
  after.play(move);
  const auto view = [&](Color first) {
    return view_of(evaluate_first(after, first, evaluator), first);
  };
  const referee::Views views{view(Color::kBlack), view(Color::kWhite)};
  return referee::judge_finished(end_of(after), views).score.white_minus_black;
}

}  // namespace ponnuki::search
