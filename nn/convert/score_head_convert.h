// The score head of one of KataGo's versions as that of another (nn/convert/model_convert.h): multipliers
// and short-term errors.
#pragma once

#include <string>
#include <vector>

#include "engine/result.h"
#include "nn/model/model.h"

namespace ponnuki::nn {

/// Makes the score head of `model`, and its multipliers, those of `version`; both it and
/// model.version, which stays what it is, are at least 8. Adds to `notes` what is lost or stands in
/// for something. An error names what the version cannot express.
Status convert_score_head(Model& model, int version, std::vector<std::string>& notes);

}  // namespace ponnuki::nn
