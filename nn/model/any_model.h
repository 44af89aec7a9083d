// AnyModel: a network of either kind: KataGo's, or AlphaGo's.
#pragma once

#include <variant>

#include "nn/model/model.h"
#include "nn/model/tower_model.h"

namespace ponnuki::nn {

using AnyModel = std::variant<Model, TowerModel>;

}  // namespace ponnuki::nn
