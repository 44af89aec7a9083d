// The net built into the program: nets/default.bin.gz of the source tree, unchanged.
#pragma once

#include <span>

#include "engine/result.h"
#include "nn/model/any_model.h"

namespace ponnuki::nn {

/// The name that stands for the built-in net where commands take a file.
inline constexpr const char* kBuiltInNet = "built-in";

/// The bytes of the model file. Empty if the program was built without a net.
std::span<const unsigned char> built_in_net();

/// Loads the model from a file, or the built-in one if `name` is kBuiltInNet.
Result<Model> load_named_model(const std::string& name);
/// Loads a net of either architecture from a file, or the built-in one.
Result<AnyModel> load_named_net(const std::string& name);

}  // namespace ponnuki::nn
