// The net inside the program (nets/default.bin.gz of the source tree, unchanged).
#pragma once

#include <span>

#include "engine/result.h"
#include "nn/model/any_model.h"

namespace ponnuki::nn {

/// Its name where commands take a file.
inline constexpr const char* kBuiltInNet = "built-in";

/// The bytes of a model file; none in a program that was built without a net.
std::span<const unsigned char> built_in_net();

/// The model of a file, or the one inside for kBuiltInNet.
Result<Model> load_named_model(const std::string& name);
/// The same for a net of either kind.
Result<AnyModel> load_named_net(const std::string& name);

}  // namespace ponnuki::nn
