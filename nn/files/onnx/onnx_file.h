// ONNX files (opset 17): writes a net as a graph for other programs, and reads back files that this
// program wrote. docs/formats.md describes them.
#pragma once

#include <span>
#include <string>

#include "engine/result.h"
#include "nn/files/bytes/byte_stream.h"
#include "nn/model/model.h"

namespace ponnuki::nn {

/// Whether a file that begins with these bytes may be an ONNX file.
bool looks_like_onnx(std::span<const unsigned char> beginning);

/// Returns the checked model of a file that this program wrote, from its metadata and initializers.
/// It does not look at the graph. The error is one line without the file's name. Time and memory
/// are bounded by the data that were read.
Result<Model> read_onnx(ByteStream& stream);

/// The bytes of a file. Returns an error if the shapes do not fit together, or if the file would
/// exceed ONNX's limit of 2 GiB.
Result<std::string> onnx_to_bytes(const Model& model);

}  // namespace ponnuki::nn
