// A model of either kind without its weights as JSON text, and back: what our own files and our
// ONNX files carry beside the tensors. docs/formats.md describes it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/result.h"
#include "nn/files/tensors/tensor_spec.h"
#include "nn/model/any_model.h"

namespace ponnuki::nn {

/// A tensor of a model that is there.
struct ModelTensor {
  TensorSpec spec;
  const std::vector<float>* values;  // of the model, in its order
};

struct Architecture {
  std::string text;                  // JSON
  std::vector<ModelTensor> tensors;  // in the order of nn/files/tensors/model_fields.h
};

/// Valid as long as the model is. Requires a model that check_model(), check_tower() accepts.
Architecture architecture_of(const Model& model);
Architecture architecture_of(const TowerModel& model);

/// The values of a tensor in the model's order.
using TensorSource = std::function<std::vector<float>(const TensorSpec&)>;

/// A model with the values that `source` gives, asked for each tensor in order. The text is not
/// trusted: an error is what is wrong with it, without the file's name. Nothing is allocated for
/// counts that the text claims. Whether layers fit together is left to check_model(),
/// check_tower().
Result<AnyModel> model_of_architecture(const std::string& text, const TensorSource& source);

/// "katago-v7": the input encoder that a version of KataGo's nets is made for.
const char* encoder_of(int version);

}  // namespace ponnuki::nn
