#include "nn/files/tensors/tensor_bytes.h"

#include <zlib.h>

#include <algorithm>
#include <cmath>

#include "nn/files/bytes/little_endian.h"
#include "nn/files/bytes/token_reader.h"

namespace ponnuki::nn {
namespace {

constexpr std::uint64_t kBytesAtOnce = 1 << 18;

}  // namespace

void append_floats(std::string& out, const std::vector<float>& values) {
  for (const float value : values) append_float(out, value);
}

std::uint32_t crc32_of(std::uint32_t crc, std::string_view bytes) {
  return static_cast<std::uint32_t>(
      crc32_z(crc, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

Result<std::string> read_bytes(ByteStream& stream, std::uint64_t count) {
  std::string bytes;
  while (bytes.size() < count) {
    const std::size_t before = bytes.size();
    const auto part = static_cast<std::size_t>(std::min(count - before, kBytesAtOnce));
    bytes.resize(before + part);
    const std::size_t got =
        stream.read({reinterpret_cast<unsigned char*>(bytes.data()) + before, part});
    if (!stream.error().empty()) return Error{stream.error()};
    if (got < part) return Error{"the file is truncated"};
  }
  return bytes;
}

Result<std::vector<float>> read_floats(ByteStream& stream, const std::string& path,
                                       std::uint64_t count, std::uint32_t& crc) {
  std::vector<float> values;
  while (values.size() < count) {
    const std::uint64_t part = std::min(count - values.size(), kBytesAtOnce / 4);
    const Result<std::string> bytes = read_bytes(stream, part * 4);
    if (!bytes) return Error{"the weights of '" + printable(path) + "': " + bytes.error().message};
    crc = crc32_of(crc, *bytes);
    for (std::size_t i = 0; i < part; ++i) {
      values.push_back(load_float(reinterpret_cast<const unsigned char*>(bytes->data()) + 4 * i));
      if (!std::isfinite(values.back()))
        return Error{"a weight of '" + printable(path) + "' is NaN or infinite"};
    }
  }
  return values;
}

}  // namespace ponnuki::nn
