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

/// Whether the file has just the tensors that its architecture asks for, and each as it should be.
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

/// To the end of the file, behind which there is nothing.
Result<FileTensors> read_tensors(ByteStream& stream, const SafetensorsHeader& header,
                                 TensorChecksum& checksum) {
  FileTensors tensors;
  for (const SafetensorsEntry& entry : header.tensors) {
    auto values = read_floats(stream, entry.name, (entry.end - entry.begin) / 4, checksum.crc);
    if (!values) return values.error();
    tensors[entry.name] = std::move(*values);
    checksum.bytes += entry.end - entry.begin;
  }
  unsigned char more[1];
  if (stream.read(more) > 0) return Error{"there are more data than its header tells of"};
  if (!stream.error().empty()) return Error{stream.error()};
  return tensors;
}

}  // namespace

Result<AnyModel> read_container(ByteStream& stream) {
  const auto header = read_safetensors_header(stream);
  if (!header) return header.error();
  const auto architecture = architecture_text_of(header->metadata);
  if (!architecture) return architecture.error();
  const auto wanted = tensors_wanted_by(*architecture);
  if (!wanted) return wanted.error();
  if (const Status status = check_tensors(*wanted, *header); !status) return status.error();
  TensorChecksum checksum;
  auto tensors = read_tensors(stream, *header, checksum);
  if (!tensors) return tensors.error();
  return assemble_model(header->metadata, checksum, std::move(*tensors));
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
  if (const Status status = check_model(model); !status) return status.error();
  return bytes_of(architecture_of(model));
}

Result<std::string> container_to_bytes(const TowerModel& model) {
  if (const Status status = check_tower(model); !status) return status.error();
  return bytes_of(architecture_of(model));
}

}  // namespace ponnuki::nn
