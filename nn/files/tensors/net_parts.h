// The common part of our two kinds of files, safetensors and ONNX: metadata that describe a net,
// and named tensors. Internal to nn/files/.
//
// Errors describe the problem without the file's name.
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

/// The keys format, format_version, architecture and checksum.
using FileMetadata = std::map<std::string, std::string>;

/// The CRC-32 and the number of the bytes of all tensors, in the order of the file.
struct TensorChecksum {
  std::uint32_t crc = 0;
  std::uint64_t bytes = 0;
};

FileMetadata metadata_of(const std::string& architecture, const TensorChecksum& tensors);

/// The architecture's text. Returns an error if this program did not write the file, or if its
/// version is unknown.
Result<std::string> architecture_text_of(const FileMetadata& metadata);

/// The tensors that the architecture requires.
Result<std::vector<TensorSpec>> tensors_wanted_by(const std::string& architecture);

/// The tensors by their paths, with values in the file's order.
using FileTensors = std::unordered_map<std::string, std::vector<float>>;

/// Returns the checked model if the checksum matches. Requires metadata that architecture_text_of()
/// accepts, and the tensors that the architecture requires.
Result<AnyModel> assemble_model(const FileMetadata& metadata, const TensorChecksum& checksum,
                                FileTensors tensors);

}  // namespace ponnuki::nn
