#include "nn/files/tensors/safetensors.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "nn/files/bytes/bounded_json.h"
#include "nn/files/bytes/little_endian.h"
#include "nn/files/bytes/token_reader.h"
#include "nn/files/tensors/tensor_bytes.h"

namespace ponnuki::nn {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::size_t kLengthBytes = 8;
constexpr std::size_t kAlignment = 8;
constexpr std::size_t kMaxAxes = 8;
constexpr const char* kMetadataKey = "__metadata__";

std::uint64_t load_length(const unsigned char* bytes) {
  return load_little_endian(bytes) | std::uint64_t{load_little_endian(bytes + 4)} << 32;
}

/// A list of `low` to `high` counts, or nothing if the JSON is not such a list.
std::vector<std::uint64_t> counts_of(const json& list, std::size_t low, std::size_t high) {
  std::vector<std::uint64_t> counts;
  if (!list.is_array() || list.size() < low || list.size() > high) return counts;
  for (const json& count : list) {
    if (!count.is_number_unsigned()) return {};
    counts.push_back(count.get<std::uint64_t>());
  }
  return counts;
}

Result<SafetensorsEntry> entry_of(const std::string& name, const json& object) {
  const auto broken = [&](const std::string& what) {
    return Error{"tensor '" + printable(name) + "' " + what};
  };
  if (!object.is_object() || object.size() != 3 || !object.contains("dtype") ||
      !object.contains("shape") || !object.contains("data_offsets") || !object["dtype"].is_string())
    return broken("has other entries than dtype, shape and data_offsets");
  const auto shape = counts_of(object["shape"], 1, kMaxAxes);
  const auto offsets = counts_of(object["data_offsets"], 2, 2);
  if (shape.empty()) return broken("has no shape of 1 to 8 counts");
  if (offsets.empty() || offsets[1] < offsets[0])
    return broken("has no data_offsets, a begin and an end");
  SafetensorsEntry entry{name, object["dtype"].get<std::string>(), {}, offsets[0], offsets[1]};
  for (const std::uint64_t side : shape) {
    if (side > std::uint64_t{1} << 31) return broken("is too large");
    entry.shape.push_back(static_cast<std::int64_t>(side));
  }
  return entry;
}

Status read_metadata(const json& object, std::map<std::string, std::string>& metadata) {
  if (!object.is_object()) return Error{"its __metadata__ is not an object"};
  for (const auto& [key, value] : object.items()) {
    if (!value.is_string())
      return Error{"'" + printable(key) + "' of its __metadata__ is not a text"};
    metadata[key] = value.get<std::string>();
  }
  return {};
}

/// Sorts by the order of the data. The tensors must be contiguous.
Status sort_tensors(std::vector<SafetensorsEntry>& tensors) {
  std::ranges::sort(tensors, {}, &SafetensorsEntry::begin);
  std::uint64_t end = 0;
  for (const SafetensorsEntry& tensor : tensors) {
    if (tensor.begin != end) {
      return Error{"tensor '" + printable(tensor.name) + "' begins at byte " +
                   std::to_string(tensor.begin) + " of the data, where the one before ends at " +
                   std::to_string(end)};
    }
    end = tensor.end;
  }
  return {};
}

Result<SafetensorsHeader> header_of(const json& object) {
  SafetensorsHeader header;
  for (const auto& [name, value] : object.items()) {
    if (name == kMetadataKey) {
      PONNUKI_TRY(read_metadata(value, header.metadata));
      continue;
    }
    PONNUKI_TRY(auto entry, entry_of(name, value));
    header.tensors.push_back(std::move(entry));
  }
  PONNUKI_TRY(sort_tensors(header.tensors));
  return header;
}

}  // namespace

// The upper half of the length is 0, which does not occur in text, and the header begins like every
// JSON object.
bool looks_like_safetensors(std::span<const unsigned char> beginning) {
  return beginning.size() > kLengthBytes && beginning[kLengthBytes] == '{' &&
         load_length(beginning.data()) >> 32 == 0;
}

Result<SafetensorsHeader> read_safetensors_header(ByteStream& stream) {
  PONNUKI_TRY(const auto length_bytes, read_bytes(stream, kLengthBytes));
  const std::uint64_t length =
      load_length(reinterpret_cast<const unsigned char*>(length_bytes.data()));
  if (length > JsonLimits::kBytes) {
    return Error{"its header claims to have " + std::to_string(length) + " bytes, more than the " +
                 std::to_string(JsonLimits::kBytes) + " that a net needs"};
  }
  const auto text = read_bytes(stream, length);
  if (!text) return Error{"within its header " + text.error().message};
  const auto object = parse_bounded_json(*text);
  if (!object) return Error{"its header " + object.error().message};
  return header_of(*object);
}

std::string safetensors_header_bytes(const SafetensorsHeader& header) {
  ordered_json object = {{kMetadataKey, header.metadata}};
  for (const SafetensorsEntry& tensor : header.tensors) {
    object[tensor.name] = {{"dtype", tensor.dtype},
                           {"shape", tensor.shape},
                           {"data_offsets", {tensor.begin, tensor.end}}};
  }
  std::string text = object.dump();
  text.append((kAlignment - text.size() % kAlignment) % kAlignment, ' ');
  std::string bytes;
  append_little_endian(bytes, static_cast<std::uint32_t>(text.size()));
  append_little_endian(bytes, 0);
  return bytes + text;
}

}  // namespace ponnuki::nn
