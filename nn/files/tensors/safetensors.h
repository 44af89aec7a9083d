// Safetensors, the container format for tensors described at huggingface.co/docs/safetensors: a
// count of bytes (u64), a JSON header of that length, then the bytes of the tensors, contiguous.
// Internal to nn/files/.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/result.h"
#include "nn/files/bytes/byte_stream.h"

namespace ponnuki::nn {

struct SafetensorsEntry {
  std::string name, dtype;  // dtype is "F32"
  std::vector<std::int64_t> shape;
  std::uint64_t begin = 0, end = 0;  // in the data after the header
};

struct SafetensorsHeader {
  std::map<std::string, std::string> metadata;
  std::vector<SafetensorsEntry> tensors;  // in the order of their data
};

/// Whether a file that begins with these bytes may be a safetensors file. Needs at least nine
/// bytes.
bool looks_like_safetensors(std::span<const unsigned char> beginning);

/// Reads the header and leaves the stream at the first tensor. As in the reference implementation,
/// the tensors must begin at 0, without gaps or overlaps. Errors describe the problem without the
/// file's name.
Result<SafetensorsHeader> read_safetensors_header(ByteStream& stream);

/// Length and JSON, padded with blanks so that the data begin at a multiple of 8 bytes.
std::string safetensors_header_bytes(const SafetensorsHeader& header);

}  // namespace ponnuki::nn
