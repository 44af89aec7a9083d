// Any network file: KataGo's and ours, or one of AlphaGo's kind. What a file is, is told from its
// content, not from its name.
#pragma once

#include <string>
#include <variant>

#include "engine/result.h"
#include "nn/byte_stream.h"
#include "nn/model.h"
#include "nn/tower_model.h"

namespace ponnuki {

using AnyModel = std::variant<Model, TowerModel>;

/// A checked model of a file, or the one inside for kBuiltInNet (nn/built_in_net.h). Otherwise one
/// line: the path, the place, what is wrong and what to do.
Result<AnyModel> load_net(const std::string& name, const ByteLimits& limits = {});

}  // namespace ponnuki
