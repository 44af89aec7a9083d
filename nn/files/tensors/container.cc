#include "nn/files/tensors/container.h"

#include <unordered_map>

#include "nn/files/bytes/bounded_json.h"
#include "nn/files/bytes/token_reader.h"
#include "nn/files/tensors/net_parts.h"
#include "nn/files/tensors/safetensors.h"
#include "nn/files/tensors/tensor_bytes.h"
#include "nn/model/model_check.h"

namespace ponnuki::nn {
namespace {

constexpr const char* kFloat32 = "F32";

/// Checks that the file has exactly the tensors of its architecture, with the right shapes.
Status check_tensors(const std::vector<TensorSpec>& wanted, const SafetensorsHeader& header) {
  std::unordered_map<std::string, const SafetensorsEntry*> found;
  for (const SafetensorsEntry& entry : header.tensors) found[entry.name] = &entry;
  for (const TensorSpec& spec : wanted) {
    const auto at = found.find(spec.path);
    const auto broken = [&](const std::string& what) {
      return Error{"tensor '" + printable(spec.path) + "' " + what};
    };
    if (at == found.end()) return broken("is missing");
    const SafetensorsEntry& entry = *at->second;
    if (entry.dtype != kFloat32) {
      return broken("holds " + printable(entry.dtype) + ", and only F32 is read");
    }
    if (entry.shape != spec.shape()) {
      return broken("has the shape " + shape_text(entry.shape) + ", expected " +
                    shape_text(spec.shape()));
    }
    if (entry.end - entry.begin != 4 * spec.count())
      return broken("has other data_offsets than its shape needs");
    found.erase(at);
  }
  if (found.empty()) return {};
  return Error{"tensor '" + printable(found.begin()->first) +
               "' is none that its architecture asks for"};
}

/// Reads to the end of the file. Data after the tensors are an error.
Result<FileTensors> read_tensors(ByteStream& stream, const SafetensorsHeader& header,
                                 TensorChecksum& checksum) {
  FileTensors tensors;
  for (const SafetensorsEntry& entry : header.tensors) {
    const std::uint64_t bytes = entry.end - entry.begin;
    PONNUKI_TRY(tensors[entry.name], read_floats(stream, entry.name, bytes / 4, checksum.crc));
    checksum.bytes += bytes;
  }
  unsigned char more[1];
  if (stream.read(more) > 0) return Error{"there are more data than its header tells of"};
  if (!stream.error().empty()) return Error{stream.error()};
  return tensors;
}

}  // namespace

Result<AnyModel> read_container(ByteStream& stream) {
  PONNUKI_TRY(const auto header, read_safetensors_header(stream));
  PONNUKI_TRY(const auto architecture, architecture_text_of(header.metadata));
  PONNUKI_TRY(const auto wanted, tensors_wanted_by(architecture));
  PONNUKI_TRY(check_tensors(wanted, header));
  TensorChecksum checksum;
  PONNUKI_TRY(auto tensors, read_tensors(stream, header, checksum));
  return assemble_model(header.metadata, checksum, std::move(tensors));
}

namespace {

Result<std::string> bytes_of(const Architecture& architecture) {
  SafetensorsHeader header;
  std::string data;
  for (const ModelTensor& tensor : architecture.tensors) {
    const std::uint64_t begin = data.size();
    append_floats(data, to_file_order(tensor.spec, *tensor.values));
    header.tensors.push_back({tensor.spec.path, kFloat32, tensor.spec.shape(), begin, data.size()});
  }
  header.metadata = metadata_of(architecture.text, {crc32_of(0, data), data.size()});
  std::string bytes = safetensors_header_bytes(header);
  if (bytes.size() > JsonLimits::kBytes)
    return Error{"it has too many layers for a file of this kind"};
  return bytes += data;
}

}  // namespace

Result<std::string> container_to_bytes(const Model& model) {
  PONNUKI_TRY(check_model(model));
  return bytes_of(architecture_of(model));
}

Result<std::string> container_to_bytes(const TowerModel& model) {
  PONNUKI_TRY(check_tower(model));
  return bytes_of(architecture_of(model));
}

}  // namespace ponnuki::nn
