// What our two kinds of files, safetensors and ONNX, have in common: metadata that describe a net,
// and named tensors. Internal to nn/files/.
//
// Errors say what is wrong, without the file's name.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/result.h"
#include "nn/files/tensors/architecture.h"
#include "nn/files/tensors/tensor_spec.h"
#include "nn/model/model.h"

namespace ponnuki::nn {

/// format, format_version, architecture, checksum.
using FileMetadata = std::map<std::string, std::string>;

/// CRC-32 and number of the bytes of all tensors, in the order of the file.
struct TensorChecksum {
  std::uint32_t crc = 0;
  std::uint64_t bytes = 0;
};

FileMetadata metadata_of(const std::string& architecture, const TensorChecksum& tensors);

/// The architecture's text. An error if this is no file of ours, or one of an unknown version.
Result<std::string> architecture_text_of(const FileMetadata& metadata);

/// The tensors that an architecture asks for.
Result<std::vector<TensorSpec>> tensors_wanted_by(const std::string& architecture);

/// Tensors by their paths, in the file's order of values.
using FileTensors = std::unordered_map<std::string, std::vector<float>>;

/// The model, checked, if it is what was written. Requires metadata that architecture_text_of()
/// accepts and the tensors that it asks for.
Result<AnyModel> assemble_model(const FileMetadata& metadata, const TensorChecksum& checksum,
                                FileTensors tensors);

}  // namespace ponnuki::nn
