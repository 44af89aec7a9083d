#include "gtp/memory.h"

namespace ponnuki::gtp {

void Memory::forget_game() {
  judge.forget();
  for (const Color player : {Color::kBlack, Color::kWhite}) {
    hopeless_turns[player] = 0;
    clocks[player] = clocks[player].restarted();
  }
  explanation.clear();
  may_ponder = false;
}

void Memory::set_clocks(const search::TimeSettings& settings) {
  for (const Color player : {Color::kBlack, Color::kWhite}) {
    clocks[player] = search::GameClock(settings);
  }
}

}  // namespace ponnuki::gtp
