// Converts the score head of one of KataGo's versions to another (nn/convert/model_convert.h):
// multipliers and short-term errors.
#pragma once

#include <string>
#include <vector>

#include "engine/result.h"
#include "nn/model/model.h"

namespace ponnuki::nn {

/// "version 8", for messages about nets of KataGo's formats.
inline std::string version_text(int version) { return "version " + std::to_string(version); }

/// Converts the score head of `model` and its multipliers to `version`. Both `version` and
/// model.version must be at least 8. Does not change model.version. Adds to `notes` what is lost or
/// replaced. An error names the parts that the version cannot express.
Status convert_score_head(Model& model, int version, std::vector<std::string>& notes);

}  // namespace ponnuki::nn
