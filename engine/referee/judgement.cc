#include "engine/referee/judgement.h"

#include <algorithm>
#include <cmath>

#include "engine/chains.h"
#include "engine/referee/chain_fates.h"
#include "engine/referee/seki.h"
#include "engine/referee/teire.h"
#include "engine/settle.h"

namespace ponnuki::referee {
namespace {

Score score_from_lead(const Position& position, double white_lead) {
  const double fraction = position.self_komi(Color::kWhite);
  Score score;
  score.white_minus_black = static_cast<float>(std::round(white_lead - fraction) + fraction);
  return score;
}

constexpr std::size_t kMostDoubtful = 8;
constexpr double kTolerance = 1.5;  // points between a count and leads that agree
constexpr double kCorrection = 2;   // points that a correction must bring a count nearer
constexpr int kMostCorrections = 8;

std::vector<Point> points_of(const PointSet& set) {
  std::vector<Point> points;
  set.for_each([&](Point p) { points.push_back(p); });
  return points;
}

/// A choice of dead chains, one stone of each.
struct Count {
  std::vector<Point> heads;
  double error = 0;  // distance of the score to the range of the leads
};

/// The leads of the two views, White's.
struct LeadRange {
  explicit LeadRange(const Views& views)
      : low(std::min(views[0].white_lead, views[1].white_lead)),
        high(std::max(views[0].white_lead, views[1].white_lead)) {}
  double distance(double score) const { return std::max({0.0, low - score, score - high}); }
  double low, high;
};

/// Chooses the dead among the doubtful chains as agrees best with the leads or, if there are too
/// many of them, by their ownership. Then corrects fates that make no sense beside the others, if
/// that brings the count nearer to the leads: a dead chain whose place does not become the
/// opponent's, and a living chain that has neither territory nor a seki. One such stone can spoil a
/// whole territory.
class Chooser {
 public:
  Chooser(const Position& position, const std::vector<ChainFate>& fates, const Views& views)
      : position_(position), fates_(fates), leads_(views) {
    for (const ChainFate& chain : fates) {
      if (chain.fate == Fate::kDead) sure_.push_back(chain.head);
      if (chain.fate == Fate::kDoubtful) doubtful_.push_back(chain);
    }
  }

  Count choose() const {
    Count best = choose_doubtful();
    for (int i = 0; i < kMostCorrections && best.error > kTolerance; ++i) {
      Count other = corrected(best);
      if (other.error > best.error - kCorrection) break;
      best = std::move(other);
    }
    return best;
  }

 private:
  Count choose_doubtful() const {
    Count best = count([](std::size_t, const ChainFate& chain) { return chain.kept < 0; });
    if (doubtful_.size() > kMostDoubtful) return best;
    for (unsigned choice = 0; choice < 1U << doubtful_.size(); ++choice) {
      Count other = count([&](std::size_t i, const ChainFate&) { return (choice >> i & 1U) != 0; });
      if (other.error < best.error - kTolerance) best = std::move(other);
    }
    return best;
  }

  template <typename IsDead>
  Count count(IsDead is_dead) const {
    std::vector<Point> heads = sure_;
    for (std::size_t i = 0; i < doubtful_.size(); ++i)
      if (is_dead(i, doubtful_[i])) heads.push_back(doubtful_[i].head);
    return with_error(std::move(heads));
  }
  Count with_error(std::vector<Point> heads) const {
    const Score score = score_with_dead(position_, heads);
    return {std::move(heads), leads_.distance(score.white_minus_black)};
  }

  /// The best count in which one chain that makes no sense has the other fate.
  Count corrected(const Count& now) const {
    const Board& board = position_.board();
    const PointSet dead = stones_of(board, now.heads);
    AreaMap owner;
    score_settled(position_, dead, {}, &owner);
    const std::vector<Point> seki = find_seki(board, owner, points_of(dead));
    // Stones that a protective move connects are one chain.
    const Board settled = settle_borders(board, dead, position_.to_move()).board;
    Count best = now;
    for (const ChainFate& chain : fates_) {
      if (chain.proved) continue;
      std::vector<Point> heads = now.heads;
      const auto found = std::find(heads.begin(), heads.end(), chain.head);
      if (found != heads.end()) {
        if (owner_at(owner, chain.head) == opponent(board.at(chain.head))) continue;
        heads.erase(found);
      } else {
        if (has_territory(settled, owner, chain.head) || holds(seki, chain.head)) continue;
        heads.push_back(chain.head);
      }
      Count other = with_error(std::move(heads));
      if (other.error < best.error) best = std::move(other);
    }
    return best;
  }

  static bool holds(const std::vector<Point>& points, Point p) {
    return std::find(points.begin(), points.end(), p) != points.end();
  }
  /// `board` has the chain, and perhaps more stones that belong to it.
  static bool has_territory(const Board& board, const AreaMap& owner, Point head) {
    if (board.at(head) == Color::kEmpty) return false;
    bool has = false;
    for_each_chain_neighbor(board, head, [&](Point p) {
      has |= board.at(p) != board.at(head) && owner_at(owner, p) == board.at(head);
    });
    return has;
  }

  const Position& position_;
  const std::vector<ChainFate>& fates_;
  const LeadRange leads_;
  std::vector<Point> sure_;
  std::vector<ChainFate> doubtful_;
};

/// Fills in everything that follows from the dead chains.
void count(const Position& position, const std::vector<Point>& dead_heads, Judgement& result) {
  const PointSet dead = stones_of(position.board(), dead_heads);
  result.dead = points_of(dead);
  PointSet protective;
  if (position.rules().scoring == ScoringRule::kTerritory) {
    const Settled settled = settle_borders(position.board(), dead, position.to_move());
    protective = protective_moves(settled.board, dead);
  }
  result.score = score_settled(position, dead, protective, &result.owner);
  // A stone in its player's own territory need not be taken off: it costs no point either way.
  std::erase_if(result.dead, [&](Point p) {
    return owner_at(result.owner, p) == position.board().at(p);
  });
  result.seki = find_seki(position.board(), result.owner, result.dead);
}

std::vector<float> mean_ownership(const Views& views) {
  std::vector<float> mean = views[0].black_ownership;
  for (std::size_t i = 0; i < mean.size(); ++i)
    mean[i] = (mean[i] + views[1].black_ownership[i]) / 2;
  return mean;
}

}  // namespace

bool is_counted_as_it_stands(const Position& position) {
  return position.is_over() && !position.rules().leaves_dead_stones();
}

Judgement judge_as_it_stands(const Position& position) {
  Judgement result;
  result.score = score_area(position, &result.owner);
  const Board& board = position.board();
  for (int cell = 0; cell < board.size().area(); ++cell) {
    const Point p = Point::from_cell(cell, board.size());
    if (is_player(board.at(p)) && owner_at(result.owner, p) == opponent(board.at(p)))
      result.dead.push_back(p);
  }
  result.finished = true;
  return result;
}

Judgement judge_finished(const Position& position, const Views& views) {
  Judgement result;
  const std::vector<ChainFate> fates = chain_fates(position, views);
  const Count chosen = Chooser(position, fates, views).choose();
  count(position, chosen.heads, result);
  result.ownership = mean_ownership(views);
  result.finished = true;
  result.unsure = chosen.error > kTolerance;
  return result;
}

Judgement estimate(const Position& position, View view) {
  Judgement result;
  const Views views{view, view};
  const std::vector<ChainFate> fates = chain_fates(position, views);
  count(position, Chooser(position, fates, views).choose().heads, result);
  result.score = score_from_lead(position, view.white_lead);
  result.lead_stdev = view.lead_stdev;
  result.ownership = std::move(view.black_ownership);
  return result;
}

Judgement judge_no_result(const Position& position) {
  Judgement result;
  score_area(position, &result.owner);
  result.finished = true;
  return result;
}

}  // namespace ponnuki::referee
