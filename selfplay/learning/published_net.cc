#include "selfplay/learning/published_net.h"

#include "nn/kernels/fast_network.h"
#include "nn/model/initial_model.h"

namespace ponnuki::selfplay {

nn::Model published_net(const Learner& learner, const std::string& suffix) {
  nn::Model model = learner.published();
  const nn::NetShape shape{static_cast<int>(model.trunk.blocks.size()), model.trunk.channels};
  model.name = nn::net_shape_text(shape) + suffix;
  return model;
}

Result<std::shared_ptr<nn::Network>> network_of(nn::Model model, nn::kernels::Precision precision) {
  PONNUKI_TRY(std::shared_ptr<nn::Network> network,
              nn::kernels::make_fast_network(std::make_shared<nn::Model>(std::move(model)),
                                             {.simd = {}, .precision = precision}));
  return network;
}

}  // namespace ponnuki::selfplay
