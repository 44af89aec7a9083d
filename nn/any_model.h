// AnyModel: a network of either kind: KataGo's, or AlphaGo's.
#pragma once

#include <variant>

#include "nn/model.h"
#include "nn/tower_model.h"

namespace ponnuki {

using AnyModel = std::variant<Model, TowerModel>;

}  // namespace ponnuki
