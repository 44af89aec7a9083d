// The architecture: a model (Model or TowerModel) without its weights, as JSON text. Our own files
// and our ONNX files hold it beside the tensors. docs/formats.md describes it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/result.h"
#include "nn/files/tensors/tensor_spec.h"
#include "nn/model/any_model.h"

namespace ponnuki::nn {

/// A tensor of an existing model.
struct ModelTensor {
  TensorSpec spec;
  const std::vector<float>* values;  // owned by the model, in its order
};

struct Architecture {
  std::string text;                  // JSON
  std::vector<ModelTensor> tensors;  // in the order of nn/files/tensors/model_fields.h
};

/// Valid as long as the model exists. Requires a model that check_model() or check_tower() accepts.
Architecture architecture_of(const Model& model);
Architecture architecture_of(const TowerModel& model);

/// Returns the values of a tensor in the model's order.
using TensorSource = std::function<std::vector<float>(const TensorSpec&)>;

/// Builds a model with the values from `source`, which is called for each tensor in order. The text
/// is not trusted. An error describes the problem without the file's name. Nothing is allocated for
/// counts that the text only claims. The caller must check with check_model() or check_tower()
/// whether the layers fit together.
Result<AnyModel> model_of_architecture(const std::string& text, const TensorSource& source);

/// The input encoder of a version of KataGo's nets, for example "katago-v7".
const char* encoder_of(int version);

}  // namespace ponnuki::nn
