// Our own net files: a safetensors container with the architecture in its metadata. Python reads
// them without our code. docs/formats.md describes them.
#pragma once

#include <string>

#include "engine/result.h"
#include "nn/files/bytes/byte_stream.h"
#include "nn/model/any_model.h"

namespace ponnuki::nn {

/// A checked model. The error is one line without the file's name. Time and memory are bounded by
/// the data really there, whatever the header claims.
Result<AnyModel> read_container(ByteStream& stream);

/// The bytes of a file. Error if the shapes do not fit together or the header would be too large to
/// be read.
Result<std::string> container_to_bytes(const Model& model);
Result<std::string> container_to_bytes(const TowerModel& model);

}  // namespace ponnuki::nn
