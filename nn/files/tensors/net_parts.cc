#include "nn/files/tensors/net_parts.h"

#include <zlib.h>

#include <cstdio>

#include "nn/files/bytes/token_reader.h"
#include "nn/files/tensors/tensor_bytes.h"
#include "nn/model/model_check.h"

namespace ponnuki::nn {
namespace {

constexpr const char* kFormat = "ponnuki-net";
constexpr const char* kFormatVersion = "1";

/// The checksum of the architecture's text followed by all tensors.
std::string checksum_text(const std::string& architecture, const TensorChecksum& tensors) {
  const auto crc =
      crc32_combine(crc32_of(0, architecture), tensors.crc, static_cast<z_off_t>(tensors.bytes));
  char text[32];
  std::snprintf(text, sizeof text, "crc32:%08x", static_cast<unsigned>(crc));
  return text;
}

const std::string& entry(const FileMetadata& metadata, const char* key) {
  static const std::string kNothing;
  const auto found = metadata.find(key);
  return found == metadata.end() ? kNothing : found->second;
}

}  // namespace

FileMetadata metadata_of(const std::string& architecture, const TensorChecksum& tensors) {
  return {{"format", kFormat},
          {"format_version", kFormatVersion},
          {"architecture", architecture},
          {"checksum", checksum_text(architecture, tensors)}};
}

Result<std::string> architecture_text_of(const FileMetadata& metadata) {
  if (entry(metadata, "format") != kFormat)
    return Error{"Ponnuki did not write it: its metadata have no 'format' that is 'ponnuki-net'"};
  if (entry(metadata, "format_version") != kFormatVersion) {
    return Error{"its 'format_version' is '" + printable(entry(metadata, "format_version")) +
                 "', and only version 1 is known"};
  }
  return entry(metadata, "architecture");
}

Result<std::vector<TensorSpec>> tensors_wanted_by(const std::string& architecture) {
  std::vector<TensorSpec> wanted;
  const auto model = model_of_architecture(architecture, [&](const TensorSpec& spec) {
    wanted.push_back(spec);
    return std::vector<float>();
  });
  if (!model) return model.error();
  return wanted;
}

Result<AnyModel> assemble_model(const FileMetadata& metadata, const TensorChecksum& checksum,
                                FileTensors tensors) {
  const std::string& architecture = entry(metadata, "architecture");
  const std::string found = checksum_text(architecture, checksum);
  if (entry(metadata, "checksum") != found) {
    return Error{"its checksum is '" + printable(entry(metadata, "checksum")) +
                 "', but that of its data " + found + ": it is damaged"};
  }
  auto model = model_of_architecture(architecture, [&](const TensorSpec& spec) {
    const std::vector<float> values = std::move(tensors.at(spec.path));
    return to_model_order(spec, values);
  });
  if (!model) return model.error();
  const auto* tower = std::get_if<TowerModel>(&*model);
  const Status status = tower ? check_tower(*tower) : check_model(std::get<Model>(*model));
  if (!status) return Error{"its layers do not fit together: " + printable(status.error().message)};
  return model;
}

}  // namespace ponnuki::nn
