// Our own net files: a safetensors container with the architecture in its metadata. Python can read
// them without our code. docs/formats.md describes them.
#pragma once

#include <string>

#include "engine/result.h"
#include "nn/files/bytes/byte_stream.h"
#include "nn/model/any_model.h"

namespace ponnuki::nn {

/// Returns a checked model. The error is one line without the file's name. Time and memory are
/// bounded by the data that were read, whatever the header claims.
Result<AnyModel> read_container(ByteStream& stream);

/// The bytes of a file. Returns an error if the shapes do not fit together, or if the header would
/// exceed the reader's limit.
Result<std::string> container_to_bytes(const Model& model);
Result<std::string> container_to_bytes(const TowerModel& model);

}  // namespace ponnuki::nn
