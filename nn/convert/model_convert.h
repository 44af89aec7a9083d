// A net of one of KataGo's versions as one of another: the same numbers after post-processing, in
// the form that the other version knows. Versions differ in their heads only; docs/formats.md tells
// what becomes of what.
#pragma once

#include <string>
#include <vector>

#include "engine/result.h"
#include "nn/model/model.h"

namespace ponnuki::nn {

struct ConvertedModel {
  Model model;
  std::vector<std::string> notes;  // what is lost or stands in for something, a sentence each
};

/// `model` as a net that KataGo reads as `version`: 8 to 15, or the one it has. Outputs are the
/// same but for what the notes tell. An error names what the version cannot express, and a way out.
/// Requires a model that check_model() accepts.
Result<ConvertedModel> convert_for_katago(const Model& model, int version);

}  // namespace ponnuki::nn
