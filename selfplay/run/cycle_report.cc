#include "selfplay/run/cycle_report.h"

#include <cmath>

namespace ponnuki::selfplay {

void add_games(const Games& games, CycleReport& report) {
  const auto count = static_cast<double>(games.size());
  report.cycle_games = static_cast<int>(games.size());
  for (const auto& game : games) {
    report.moves += static_cast<double>(game->turns.size()) / count;
    report.score_spread += std::abs(static_cast<double>(game->white_score)) / count;
    if (game->white_score < 0) ++report.black_wins;
    if (game->white_score == 0) ++report.draws;
    if (game->ending != GameRecord::Ending::kPasses) ++report.broken_off;
  }
}

}  // namespace ponnuki::selfplay
