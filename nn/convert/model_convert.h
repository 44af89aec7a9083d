// Converts a net from one of KataGo's versions to another. The numbers after post-processing stay
// the same. Versions differ in their heads only; docs/formats.md lists what is converted to what.
#pragma once

#include <string>
#include <vector>

#include "engine/result.h"
#include "nn/model/model.h"

namespace ponnuki::nn {

struct ConvertedModel {
  Model model;
  std::vector<std::string> notes;  // what is lost or replaced, a sentence each
};

/// `model` as a net that KataGo reads as `version`: 8 to 15, or the one it has. Outputs are the
/// same except for what the notes say. An error names what the version cannot express, and what to
/// do instead.
/// Requires a model that check_model() accepts.
Result<ConvertedModel> convert_for_katago(const Model& model, int version);

}  // namespace ponnuki::nn
