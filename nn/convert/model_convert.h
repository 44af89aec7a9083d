// Converts a net from one of KataGo's versions to another. The outputs after post-processing stay
// the same. Versions differ in their heads only; docs/formats.md lists the conversions.
#pragma once

#include <string>
#include <vector>

#include "engine/result.h"
#include "nn/model/model.h"

namespace ponnuki::nn {

struct ConvertedModel {
  Model model;
  // A sentence for each thing that is lost or replaced.
  std::vector<std::string> notes;
};

/// Returns `model` as a net that KataGo reads as `version`, which is 8 to 15 or the model's own
/// version. The outputs are the same except for what the notes say. An error names the parts that
/// the version cannot express, and what to do instead. Requires a model that check_model() accepts.
Result<ConvertedModel> convert_for_katago(const Model& model, int version);

}  // namespace ponnuki::nn
