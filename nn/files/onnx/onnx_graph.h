// Expresses the computation of a net as a graph of ONNX operators (opset 17). Internal to
// nn/files/.
#pragma once

#include <string>

#include "engine/result.h"
#include "nn/model/model.h"

namespace ponnuki::nn {

/// A GraphProto with initializers. docs/formats.md describes its inputs and outputs.
std::string onnx_graph_bytes(const Model& model);

}  // namespace ponnuki::nn
