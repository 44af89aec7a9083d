#include "swarm/inspection.h"

#include <algorithm>
#include <cmath>

#include "engine/referee/judgement.h"

namespace ponnuki::swarm {
namespace {

constexpr double kMostKomi = 100;  // points; the mean of a run and what its games add

/// What can be said without a judgement.
Status check_cheaply(const selfplay::GameRecord& game, const std::vector<BoardSize>& sizes) {
  if (std::ranges::find(sizes, game.size) == sizes.end()) return Error{"a board of another size"};
  if (std::abs(game.rules.komi) > kMostKomi) return Error{"a komi that no game has"};
  const double most = game.size.area() + std::abs(static_cast<double>(game.rules.komi));
  if (std::abs(static_cast<double>(game.white_score)) > 2 * most)
    return Error{"a score that no board has"};
  return {};
}

}  // namespace

Result<selfplay::Games> Inspection::games_of(const GameBlock& block) {
  if (block.wire != kWire) return Error{"another wire version"};
  if (block.options != options_.fingerprint) return Error{"other options"};
  if (std::ranges::find(nets_, block.net) == nets_.end()) return Error{"an unknown or old net"};
  auto games = unpack_games(block.body);
  if (!games) return Error{"no games: " + games.error().message};
  for (const auto& game : *games) {
    PONNUKI_TRY(check_cheaply(*game, options_.sizes));
    if (random_.uniform() < options_.judged_share) PONNUKI_TRY(check_end(*game));
  }
  return games;
}

Status check_end(const selfplay::GameRecord& game) {
  const Position end = selfplay::position_at(game, game.turns.size());
  selfplay::GameRecord again = game;
  if (end.is_over() && !end.is_no_result())
    again.finish(end, referee::judge_quickly(end));
  else
    again.finish(end);
  if (again.ending != game.ending) return Error{"another ending"};
  if (!game.has_score()) return {};
  if (again.white_score != game.white_score) return Error{"a wrong score"};
  if (again.owner != game.owner) return Error{"wrong owners"};
  return {};
}

}  // namespace ponnuki::swarm
