#include "engine/referee/chain_fates.h"

#include <algorithm>
#include <cmath>

#include "engine/area.h"
#include "engine/referee/chain_ownership.h"

namespace ponnuki::referee {
namespace {

constexpr double kAliveMean = 0.2;
constexpr double kSureMean = 0.5;  // needs no quick reading

/// The view in which the opponent of `color` moves first.
const View& view_against(Color color, const Views& views) {
  return views[color == Color::kBlack ? 1 : 0];
}

Fate by_ownership(double kept) {
  if (kept >= kAliveMean) return Fate::kAlive;
  return kept <= -kAliveMean ? Fate::kDead : Fate::kDoubtful;
}

/// True if the opponent's next move could capture the stone in a ko.
bool is_in_ko(const Board& board, Point head) {
  if (board.chain_size(head) > 1 || board.liberties(head) > 1) return false;
  Board after = board;
  after.play(lone_liberty(board, head), opponent(board.at(head)));
  return after.at(head) == Color::kEmpty && !after.ko_point().is_none();
}

void correct_by_reading(const Board& board, LifeRule rule, Reading reading, ChainFate& chain) {
  if (reading == Reading::kQuick && std::abs(chain.kept) >= kSureMean) return;
  const Color color = board.at(chain.head);
  if (chain.fate != Fate::kAlive &&
      read_capture(board, chain.head, opponent(color), rule, reading) == Capture::kNo) {
    chain.fate = Fate::kAlive;
    chain.proved = true;
  } else if (chain.fate != Fate::kDead &&
             read_capture(board, chain.head, color, rule, reading) == Capture::kYes) {
    chain.proved = chain.fate != Fate::kAlive;
    chain.fate = chain.proved ? Fate::kDead : Fate::kDoubtful;
  }
}

ChainFate& fate_of(std::vector<ChainFate>& fates, Point head) {
  return *std::find_if(fates.begin(), fates.end(),
                       [&](const ChainFate& fate) { return fate.head == head; });
}

/// Kills the chains that die by the ko rule of article 7 alone, inside living chains. A search
/// plays on with ko threats, so it may well be sure that such a chain lives.
void kill_by_article7(const Board& board, Reading reading, std::vector<ChainFate>& fates) {
  const auto dies = [&](Point head, LifeRule rule) {
    return read_capture(board, head, board.at(head), rule, reading) == Capture::kYes;
  };
  for (ChainFate& chain : fates) {
    const Color owner = board.at(chain.head);
    // Doubtful: the search was sure of life, article 7 says no (correct_by_reading).
    if (chain.fate != Fate::kDoubtful || !dies(chain.head, LifeRule::kArticle7) ||
        dies(chain.head, LifeRule::kPlay))
      continue;
    bool enclosed = true;
    for_each_chain_neighbor(board, chain.head, [&](Point p) {
      if (board.at(p) == opponent(owner))
        enclosed &= fate_of(fates, board.chain_head(p)).fate == Fate::kAlive;
    });
    if (enclosed) chain = {chain.head, Fate::kDead, -1, true};
  }
}

/// Gives each stone in a ko the fate of the chains to which its liberty connects it.
void settle_kos(const Board& board, std::vector<ChainFate>& fates) {
  for (ChainFate& stone : fates) {
    if (!is_in_ko(board, stone.head)) continue;
    const int liberty = lone_liberty(board, stone.head).index();
    const ChainFate* best = nullptr;
    for (const int offset : kNeighborOffsets) {
      const Point p = Point::from_index(liberty + offset);
      if (board.at(p) != board.at(stone.head) || p == stone.head) continue;
      const ChainFate& chain = fate_of(fates, board.chain_head(p));
      if (!best || chain.kept > best->kept) best = &chain;
    }
    if (best) stone = {stone.head, best->fate, best->kept, true};
  }
}

}  // namespace

std::vector<ChainFate> chain_fates(const Position& position, const Views& views,
                                   const std::vector<float>& playouts, Reading reading) {
  const Board& board = position.board();
  const LifeRule rule = life_rule(position.rules());
  AreaMap sure;
  compute_pass_alive_area(board, position.rules().multi_stone_suicide, sure);
  std::vector<ChainFate> fates;
  for_each_chain(board, [&](Point head) {
    const std::vector<float>& view = view_against(board.at(head), views).black_ownership;
    const Ownership ownership{view.empty() ? playouts : view, Color::kBlack};
    const Color owner = owner_at(sure, head);
    if (owner != Color::kEmpty) {
      const bool own = owner == board.at(head);
      fates.push_back({head, own ? Fate::kAlive : Fate::kDead, own ? 1.0 : -1.0, true});
    } else if (ownership.values.empty()) {
      fates.push_back({head, Fate::kAlive, 0});
    } else {
      const double kept = mean_kept(board, head, ownership);
      fates.push_back({head, by_ownership(kept), kept});
      if (!is_in_ko(board, head)) correct_by_reading(board, rule, reading, fates.back());
    }
  });
  if (rule == LifeRule::kArticle7) kill_by_article7(board, reading, fates);
  settle_kos(board, fates);
  return fates;
}

}  // namespace ponnuki::referee
