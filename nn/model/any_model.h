// AnyModel: a network of KataGo's architecture (Model) or of AlphaGo's (TowerModel).
#pragma once

#include <variant>

#include "nn/model/model.h"
#include "nn/model/tower_model.h"

namespace ponnuki::nn {

using AnyModel = std::variant<Model, TowerModel>;

}  // namespace ponnuki::nn
