#include "selfplay/learning/net_growth.h"

#include "nn/convert/grown_model.h"

namespace ponnuki::selfplay {

bool NetGrowth::is_due(std::int64_t stage, double seconds) const {
  return stage < last_stage() && seconds >= 60 * at(stage + 1).from_minute;
}

nn::Model NetGrowth::random_net(std::int64_t stage) const {
  return random_model({.shape = at(stage).shape,
                       .ladders = first_.ladders,
                       .init = {},
                       .seed = first_.seed + 2 * static_cast<std::uint64_t>(stage)});
}

Result<nn::Model> NetGrowth::grown(const nn::Model& model, std::int64_t stage) const {
  return nn::grow_model(model, random_net(stage));
}

std::string NetGrowth::shape_text(std::int64_t stage) const {
  return nn::net_shape_text(at(stage).shape);
}

}  // namespace ponnuki::selfplay
