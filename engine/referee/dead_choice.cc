#include "engine/referee/dead_choice.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/chains.h"
#include "engine/referee/chain_ownership.h"
#include "engine/referee/seki.h"
#include "engine/score.h"
#include "engine/settle.h"

namespace ponnuki::referee {
namespace {

// Fitted to 1,533 finished games of GNU Go, with two small networks.
constexpr double kSenseless = 0.2;  // cost of a living stone without territory or seki
constexpr double kSure = 0.95;      // evidence that is never doubted
constexpr double kUnsure = 0.5;     // least distance of costs between this choice and another
constexpr std::size_t kMostDoubtful = 9;

/// A chain and how much speaks for its life (positive) or death (negative).
struct Doubt {
  Point head;
  double evidence;
};

class Chooser {
 public:
  Chooser(const Position& position, const std::vector<ChainFate>& fates,
          const std::vector<float>& playouts)
      : position_(position),
        territory_(position.board(), position.to_move(), japanese_rules()),
        fates_(fates) {
    for (const ChainFate& chain : fates) {
      if (chain.proved) {
        if (chain.fate == Fate::kDead) sure_.push_back(chain.head);
        continue;
      }
      const double playout = mean_kept(position.board(), chain.head, {playouts, Color::kBlack});
      doubts_.push_back({chain.head, chain.kept + (1 - std::abs(chain.kept)) * playout});
    }
    std::stable_sort(doubts_.begin(), doubts_.end(), [](const Doubt& a, const Doubt& b) {
      return std::abs(a.evidence) < std::abs(b.evidence);
    });
    while (!doubts_.empty() &&
           (doubts_.size() > kMostDoubtful || std::abs(doubts_.back().evidence) > kSure)) {
      if (doubts_.back().evidence < 0) sure_.push_back(doubts_.back().head);
      doubts_.pop_back();
    }
  }

  DeadChoice choose() {
    const unsigned choices = 1U << doubts_.size();
    for (unsigned flips = 0; flips < choices; ++flips) {
      const double cost = evidence_against(flips);
      if (cost < best_.cost + kUnsure) consider(flips, cost);
    }
    DeadChoice choice{heads(best_.flips), false};
    for (const Candidate& other : seen_) {
      choice.unsure |= other.cost < best_.cost + kUnsure && other.score != best_.score;
    }
    return choice;
  }

 private:
  /// Bit i of `flips`: doubt i is judged against its evidence.
  struct Candidate {
    unsigned flips = 0;
    double cost = std::numeric_limits<double>::infinity();
    float score = 0;
  };

  double evidence_against(unsigned flips) const {
    double sum = 0;
    for (std::size_t i = 0; i < doubts_.size(); ++i) {
      if ((flips >> i & 1U) != 0) sum += std::abs(doubts_[i].evidence);
    }
    return sum;
  }
  std::vector<Point> heads(unsigned flips) const {
    std::vector<Point> heads = sure_;
    for (std::size_t i = 0; i < doubts_.size(); ++i) {
      if ((doubts_[i].evidence < 0) != ((flips >> i & 1U) != 0)) heads.push_back(doubts_[i].head);
    }
    return heads;
  }
  void consider(unsigned flips, double cost) {
    const Board& board = position_.board();
    const PointSet dead = stones_of(board, heads(flips));
    const Settled settled = settle_borders(board, dead, position_.to_move());
    const float score = score_settled(position_, settled, dead, {}).white_minus_black;
    seen_.push_back({flips, cost + kSenseless * senseless_stones(dead, settled), score});
    if (seen_.back().cost < best_.cost) best_ = seen_.back();
  }

  /// The number of living stones without territory or seki. On the settled board, stones that a
  /// protective move connects are one chain.
  int senseless_stones(const PointSet& dead, const Settled& settled) const {
    const Board& board = position_.board();
    AreaMap owner;
    score_settled(territory_, settled, dead, {}, &owner);
    PointSet seki;
    for (const Point p : find_seki(board, owner, dead)) seki.add(p);
    int senseless = 0;
    for (const ChainFate& chain : fates_) {
      if (dead.contains(chain.head) || seki.contains(chain.head)) continue;
      if (settled.board.at(chain.head) != board.at(chain.head)) continue;  // captured meanwhile
      if (!has_territory(settled.board, owner, chain.head))
        senseless += board.chain_size(chain.head);
    }
    return senseless;
  }

  const Position& position_;
  // The same end under territory rules: what makes sense does not depend on the rules.
  const Position territory_;
  const std::vector<ChainFate>& fates_;
  std::vector<Point> sure_;    // dead
  std::vector<Doubt> doubts_;  // the least sure first
  std::vector<Candidate> seen_;
  Candidate best_;
};

}  // namespace

DeadChoice choose_dead(const Position& position, const std::vector<ChainFate>& fates,
                       const std::vector<float>& playouts) {
  return Chooser(position, fates, playouts).choose();
}

}  // namespace ponnuki::referee
