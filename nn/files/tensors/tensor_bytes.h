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

/// Adds `values` to `out`.
void append_floats(std::string& out, const std::vector<float>& values);

/// The next `count` floats of a stream, all finite, with `crc` updated by their bytes. The error
/// names the tensor `path`. Memory grows with the data really there.
Result<std::vector<float>> read_floats(ByteStream& stream, const std::string& path,
                                       std::uint64_t count, std::uint32_t& crc);

/// The next `count` bytes, which only a truncated file does not have. Memory as above.
Result<std::string> read_bytes(ByteStream& stream, std::uint64_t count);

/// CRC-32 as zlib's crc32(): of `bytes` after those that gave `crc`; 0 for none.
std::uint32_t crc32_of(std::uint32_t crc, std::string_view bytes);

}  // namespace ponnuki::nn
