// The values of tensors as bytes of a file: little-endian float32, with a CRC-32 over them.
// Internal to nn/files/.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/result.h"
#include "nn/files/bytes/byte_stream.h"

namespace ponnuki::nn {

/// Appends `values` to `out`.
void append_floats(std::string& out, const std::vector<float>& values);

/// Reads the next `count` floats of a stream, which must be finite, and updates `crc` with their
/// bytes. The error names the tensor `path`. Memory grows with the data that were read.
Result<std::vector<float>> read_floats(ByteStream& stream, const std::string& path,
                                       std::uint64_t count, std::uint32_t& crc);

/// Reads the next `count` bytes. A truncated file is an error. Memory grows with the data that were
/// read.
Result<std::string> read_bytes(ByteStream& stream, std::uint64_t count);

/// CRC-32 like zlib's crc32(): continues `crc`, the checksum of earlier bytes, with `bytes`. The
/// checksum of no bytes is 0.
std::uint32_t crc32_of(std::uint32_t crc, std::string_view bytes);

}  // namespace ponnuki::nn
