// Safetensors, the container of tensors that huggingface.co/docs/safetensors describes: a count of
// bytes (u64), a JSON header of that length, then the tensors' bytes after one another. Internal to
// nn/files/.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/result.h"
#include "nn/files/bytes/byte_stream.h"

namespace ponnuki::nn {

struct SafetensorsEntry {
  std::string name, dtype;  // "F32"
  std::vector<std::int64_t> shape;
  std::uint64_t begin = 0, end = 0;  // in the data after the header
};

struct SafetensorsHeader {
  std::map<std::string, std::string> metadata;
  std::vector<SafetensorsEntry> tensors;  // in the order of their data
};

/// Whether a file that begins with these bytes may be a safetensors file: at least nine are needed.
bool looks_like_safetensors(std::span<const unsigned char> beginning);

/// The header; the stream then stands at the first tensor. As in the reference implementation
/// tensors lie one after the other from 0 on, without gaps and overlaps. Errors say what is wrong,
/// without the file's name.
Result<SafetensorsHeader> read_safetensors_header(ByteStream& stream);

/// Length and JSON, filled with blanks so that the data begin at a multiple of 8 bytes.
std::string safetensors_header_bytes(const SafetensorsHeader& header);

}  // namespace ponnuki::nn
