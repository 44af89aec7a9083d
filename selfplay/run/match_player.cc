#include "selfplay/run/match_player.h"

#include "selfplay/learning/published_net.h"

namespace ponnuki::selfplay {

Result<Tally> OwnMatches::play(std::array<nn::Model, 2> models, const NetMatchOptions& options) {
  std::array<std::shared_ptr<nn::Network>, 2> nets;
  for (std::size_t i = 0; i < 2; ++i) {
    PONNUKI_TRY(nets[i], network_of(std::move(models[i]), precision_));
  }
  return play_net_match(nets, options);
}

}  // namespace ponnuki::selfplay
