#include "engine/referee/chain_fates.h"

#include "engine/area.h"
#include "engine/referee/capture.h"
#include "engine/referee/chain_ownership.h"

namespace ponnuki::referee {
namespace {

constexpr double kAliveMean = 0.2;

/// The view in which the opponent of `color` moves first.
const View& view_against(Color color, const Views& views) {
  return views[color == Color::kBlack ? 1 : 0];
}

Fate by_ownership(double kept) {
  if (kept >= kAliveMean) return Fate::kAlive;
  return kept <= -kAliveMean ? Fate::kDead : Fate::kDoubtful;
}

void correct_by_reading(const Board& board, ChainFate& chain) {
  const Color color = board.at(chain.head);
  if (chain.fate != Fate::kAlive &&
      read_capture(board, chain.head, opponent(color)) == Capture::kNo) {
    chain.fate = Fate::kAlive;
    chain.proved = true;
  } else if (chain.fate != Fate::kDead && read_capture(board, chain.head, color) == Capture::kYes) {
    chain.proved = chain.fate != Fate::kAlive;
    chain.fate = chain.proved ? Fate::kDead : Fate::kDoubtful;
  }
}

}  // namespace

std::vector<ChainFate> chain_fates(const Position& position, const Views& views) {
  const Board& board = position.board();
  AreaMap sure;
  compute_pass_alive_area(board, position.rules().multi_stone_suicide, sure);
  std::vector<ChainFate> fates;
  for_each_chain(board, [&](Point head) {
    const View& view = view_against(board.at(head), views);
    const Color owner = owner_at(sure, head);
    if (owner != Color::kEmpty) {
      const bool own = owner == board.at(head);
      fates.push_back({head, own ? Fate::kAlive : Fate::kDead, own ? 1.0 : -1.0, true});
    } else if (view.black_ownership.empty()) {
      fates.push_back({head, Fate::kAlive, 0});
    } else {
      const double kept = mean_kept(board, head, {view.black_ownership, Color::kBlack});
      fates.push_back({head, by_ownership(kept), kept});
      correct_by_reading(board, fates.back());
    }
  });
  return fates;
}

}  // namespace ponnuki::referee
