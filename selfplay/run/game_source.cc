#include "selfplay/run/game_source.h"

#include "selfplay/games/game_seeds.h"
#include "selfplay/learning/published_net.h"

namespace ponnuki::selfplay {

Status OwnGames::play(const GamesWanted& wanted, const std::atomic<bool>* stop,
                      const Actors::Save& save, const Actors::Progress& progress) {
  PONNUKI_TRY(const auto network, network_of(wanted.net(), options_.precision));
  if (!actors_) {
    TrainingGamesOptions games = options_.games;
    for (std::size_t i = 0; i < games.sizes.size(); ++i) games.sizes[i].komi = wanted.komi[i];
    const auto seeds =
        game_seeds(options_.seed, {wanted.cycle, wanted.file_size()}, options_.threads);
    actors_ = std::make_unique<Actors>(games, seeds, options_.workers);
  } else {
    actors_->set_komi(wanted.komi);
  }
  return actors_->play(network, wanted.count, stop, save, progress);
}

}  // namespace ponnuki::selfplay
