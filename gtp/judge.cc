// From ownership to dead stones, seki and a score:
//
//   ownership by point ─▶ mean by chain ─▶ dead ─▶ score_with_dead ─▶ owner map ─▶ seki
//                          ▲ pass-alive area overrules: what cannot be taken is not dead
#include "gtp/judge.h"

#include <array>
#include <cmath>

#include "engine/chains.h"

namespace ponnuki::gtp {

namespace {

constexpr std::int64_t kJudgeVisits = 100;  // KataGo takes as many
constexpr double kJudgeSeconds = 10;        // only reached with very slow networks
constexpr std::size_t kMostKnown = 64;      // judgements kept

/// The stones without the passes and bans that led to them: what is dead does not depend on whose
/// pass ended the game, and a search cannot begin at its end.
Position fresh_position(const Position& position) {
  return Position(position.board(), position.to_move(), position.rules(), position.handicap());
}

/// Rules under which players capture what is dead before they pass.
bool counted_as_it_stands(const Position& position) {
  const Rules& rules = position.rules();
  return position.is_over() && rules.scoring == ScoringRule::kArea && !rules.friendly_pass_ok;
}

/// Stones in the opponent's pass-alive area: dead whatever an evaluator thinks.
AreaMap pass_alive_area(const Position& position) {
  AreaOptions options;
  options.other_stones = options.safe_territories = options.unsafe_territories = false;
  options.suicide_legal = position.rules().multi_stone_suicide;
  AreaMap area;
  compute_area(position.board(), options, area);
  return area;
}

/// A chain is dead if its points are more the opponent's than its owner's.
std::vector<Point> find_dead(const Position& position, const std::vector<float>& black_owns) {
  const Board& board = position.board();
  const AreaMap alive = pass_alive_area(position);
  std::vector<Point> dead;
  for_each_chain(board, [&](Point head) {
    const Color color = board.at(head);
    const Color owner = alive[static_cast<std::size_t>(head.index())];
    double kept = 0;
    for_each_stone(board, head, [&](Point p) {
      if (!black_owns.empty()) {
        const auto cell = static_cast<std::size_t>(p.cell(board.size()));
        kept += color == Color::kBlack ? black_owns[cell] : -black_owns[cell];
      }
    });
    if (owner == opponent(color) || (owner != color && kept < 0)) {
      for_each_stone(board, head, [&](Point p) { dead.push_back(p); });
    }
  });
  return dead;
}

/// Chains that touch no territory of their own but share a liberty with an opponent in the same
/// state.
std::vector<Point> find_seki(const Board& board, const AreaMap& owner,
                             const std::vector<Point>& dead) {
  std::array<bool, kPointCount> poor{};  // stones of living chains without territory
  for_each_chain(board, [&](Point head) {
    bool has_territory = false;
    for_each_stone(board, head, [&](Point p) {
      for (const int offset : kNeighborOffsets) {
        const Point q = Point::from_index(p.index() + offset);
        has_territory |= board.at(q) == Color::kEmpty &&
                         owner[static_cast<std::size_t>(q.index())] == board.at(head);
      }
    });
    if (has_territory) return;
    for_each_stone(board, head, [&](Point p) { poor[static_cast<std::size_t>(p.index())] = true; });
  });
  for (const Point p : dead) poor[static_cast<std::size_t>(p.index())] = false;

  std::array<bool, kPointCount> in_seki{};  // heads
  for (int cell = 0; cell < board.size().area(); ++cell) {
    const Point liberty = Point::from_cell(cell, board.size());
    if (board.at(liberty) != Color::kEmpty) continue;
    std::array<bool, 4> seen{};  // by colour
    std::vector<Point> heads;
    for (const int offset : kNeighborOffsets) {
      const Point q = Point::from_index(liberty.index() + offset);
      if (!q.on_board(board.size()) || !poor[static_cast<std::size_t>(q.index())]) continue;
      seen[static_cast<std::size_t>(board.at(q))] = true;
      heads.push_back(board.chain_head(q));
    }
    if (!seen[1] || !seen[2]) continue;
    for (const Point head : heads) in_seki[static_cast<std::size_t>(head.index())] = true;
  }
  std::vector<Point> stones;
  for_each_chain(board, [&](Point head) {
    if (!in_seki[static_cast<std::size_t>(head.index())]) return;
    for_each_stone(board, head, [&](Point p) { stones.push_back(p); });
  });
  return stones;
}

/// The lead as a score that the rules can give: whole points beside the komi's fraction.
Score score_from_lead(const Position& position, double white_lead) {
  const double fraction = position.self_komi(Color::kWhite);
  Score score;
  score.white_minus_black = static_cast<float>(std::round(white_lead - fraction) + fraction);
  return score;
}

/// The evaluator's own ownership of a position, averaged over the symmetries.
std::vector<float> raw_ownership(const Position& position, Evaluator& evaluator) {
  const int count = Symmetry::count(position.size());
  std::vector<float> sum(static_cast<std::size_t>(position.size().area()));
  for (int symmetry = 0; symmetry < count; ++symmetry) {
    const Evaluation evaluation =
        evaluate_one(evaluator, position, {.symmetry = Symmetry(symmetry), .with_ownership = true});
    if (evaluation.ownership.size() != sum.size()) return {};
    for (std::size_t i = 0; i < sum.size(); ++i) {
      sum[i] += evaluation.ownership[i] / static_cast<float>(count);
    }
  }
  return sum;
}

Judgement judge_by_search(const Position& position, const search::Analysis& analysis) {
  const bool black_moves = analysis.root.to_move == Color::kBlack;
  Judgement result;
  result.ownership = analysis.ownership;
  if (!black_moves) {
    for (float& value : result.ownership) value = -value;
  }
  result.dead = find_dead(position, result.ownership);
  result.score = score_with_dead(position, result.dead, &result.owner);
  result.seki = find_seki(position.board(), result.owner, result.dead);
  result.finished = position.is_over();
  if (!result.finished) {
    const double lead = analysis.root.score_lead;
    result.score = score_from_lead(position, black_moves ? -lead : lead);
    result.lead_stdev = analysis.root.score_stdev;
  }
  return result;
}

}  // namespace

Result<Judgement> Judge::judge(const Position& position, Thinker& thinker,
                               const search::SearchParams& params) {
  const std::uint64_t key = position.evaluation_key();
  if (const auto found = known_.find(key); found != known_.end()) return found->second;
  Judgement result;
  if (counted_as_it_stands(position)) {
    result.score = score_area(position, &result.owner);
    result.finished = true;
  } else {
    ThinkRequest request(fresh_position(position), params);
    request.limits.visits = kJudgeVisits;
    request.limits.seconds = kJudgeSeconds;
    const auto outcome = thinker.think(request);
    if (!outcome) return outcome.error();
    search::AnalysisOptions options;
    options.ownership = true;
    search::Analysis analysis = thinker.search().analysis(options);
    if (analysis.ownership.empty()) {
      analysis.ownership =
          raw_ownership(request.position, **thinker.evaluator(request.position.size()));
    }
    result = judge_by_search(position, analysis);
    // A judgement that was cut short is not worth keeping.
    if (outcome->ended_by != server::Inbox::Event::kDone) return result;
  }
  if (known_.size() >= kMostKnown) known_.clear();
  known_.emplace(key, result);
  return result;
}

}  // namespace ponnuki::gtp
