#include "nn/files/onnx/onnx_file.h"

#include <algorithm>

#include "nn/files/bytes/bounded_json.h"
#include "nn/files/bytes/token_reader.h"
#include "nn/files/onnx/onnx_format.h"
#include "nn/files/onnx/onnx_graph.h"
#include "nn/files/onnx/protobuf.h"
#include "nn/files/tensors/net_parts.h"
#include "nn/files/tensors/tensor_bytes.h"
#include "nn/model/model_check.h"
#include "nn/model/model_limits.h"

namespace ponnuki::nn {
namespace {

using namespace onnx;
using Field = ProtobufReader::Field;
using Wire = ProtobufReader::Wire;

constexpr std::size_t kMaxName = 256, kMaxDimensions = 8;
constexpr std::size_t kMaxFile = (std::size_t{1} << 31) - 1;  // the limit of protobuf
constexpr std::uint64_t kMaxTensorBytes = std::uint64_t{4} * ModelLimits::kLayerWeights;
constexpr const char* kForeign =
    "Ponnuki did not write it, and other ONNX files are not read: their graphs may be anything";

/// Collects metadata and tensors, which may come in any order.
class OnnxReader {
 public:
  explicit OnnxReader(ByteStream& stream) : in_(stream) {}

  Result<Model> read() {
    ProtobufReader::Left left = ProtobufReader::kWholeStream;
    for (Field field; in_.next(left, field);) {
      if (field.number == ModelProto::kMetadataProps && field.wire == Wire::kBytes) {
        read_metadata(field.value);
      } else if (field.number == ModelProto::kGraph && field.wire == Wire::kBytes) {
        read_graph(field.value);
      } else {
        in_.skip(field);
      }
    }
    if (in_.failed()) return Error{in_.error()};
    return model();
  }

 private:
  struct Tensor {
    std::string name;
    std::vector<std::int64_t> shape;
    std::uint64_t type = 0;
    std::vector<float> values;
  };

  // Keeps only the metadata of our own files, so that others cost no memory.
  void read_metadata(ProtobufReader::Left left) {
    std::string key, value;
    for (Field field; in_.next(left, field);) {
      if (field.number == StringStringEntry::kKey) {
        key = in_.text(field, JsonLimits::kBytes, "a key of its metadata");
      } else if (field.number == StringStringEntry::kValue) {
        value = in_.text(field, JsonLimits::kBytes, "an entry of its metadata");
      } else {
        in_.skip(field);
      }
    }
    for (const char* ours : {"format", "format_version", "architecture", "checksum"}) {
      if (key == ours) metadata_[key] = value;
    }
  }

  void read_graph(ProtobufReader::Left left) {
    for (Field field; in_.next(left, field);) {
      if (field.number == GraphProto::kInitializer && field.wire == Wire::kBytes) {
        keep(read_tensor(field.value));
      } else {
        in_.skip(field);
      }
    }
  }

  /// The values are not kept if the tensor is a constant of the graph.
  Tensor read_tensor(ProtobufReader::Left left) {
    Tensor tensor;
    for (Field field; in_.next(left, field);) {
      if (field.number == TensorProto::kDims && field.wire == Wire::kVarint &&
          tensor.shape.size() < kMaxDimensions) {
        tensor.shape.push_back(static_cast<std::int64_t>(field.value));
      } else if (field.number == TensorProto::kDataType && field.wire == Wire::kVarint) {
        tensor.type = field.value;
      } else if (field.number == TensorProto::kName) {
        tensor.name = in_.text(field, kMaxName, "an initializer's name");
        check_name(tensor.name);
      } else if (field.number == TensorProto::kRawData && !is_constant(tensor)) {
        read_values(field, tensor);
      } else {
        in_.skip(field);
      }
    }
    return tensor;
  }
  static bool is_constant(const Tensor& tensor) { return tensor.name.starts_with(kConstants); }

  // Called before the data are read, if the name precedes them, so that a large file of another
  // program is refused early.
  void check_name(const std::string& name) {
    for (const std::string_view ours : {kConstants, std::string_view("trunk."),
                                        std::string_view("policy."), std::string_view("value.")}) {
      if (name.starts_with(ours)) return;
    }
    in_.fail(kForeign);
  }

  void read_values(const Field& field, Tensor& tensor) {
    const std::string what = "the data of '" + printable(tensor.name) + "'";
    if (field.wire != Wire::kBytes || field.value % 4 != 0 || field.value > kMaxTensorBytes)
      return in_.fail(what + " are no list of floats");
    if (!tensor.values.empty()) return in_.fail(what + " are there twice");
    auto values = read_floats(in_.stream(), tensor.name, field.value / 4, checksum_.crc);
    if (!values) return in_.fail(values.error().message);
    tensor.values = std::move(*values);
    checksum_.bytes += field.value;
  }

  void keep(Tensor tensor) {
    if (in_.failed() || is_constant(tensor)) return;
    const std::string name = "initializer '" + printable(tensor.name) + "'";
    if (tensor.type != kFloatType) return in_.fail(name + " does not hold floats");
    if (!shapes_.emplace(tensor.name, tensor.shape).second)
      return in_.fail(name + " is there twice");
    tensors_[tensor.name] = std::move(tensor.values);
  }

  Status check_tensors(const std::vector<TensorSpec>& wanted) const {
    for (const TensorSpec& spec : wanted) {
      const auto found = shapes_.find(spec.path);
      const std::string name = "initializer '" + printable(spec.path) + "'";
      if (found == shapes_.end()) return Error{name + " is missing"};
      if (found->second != shape_of(spec)) {
        return Error{name + " has the shape " + shape_text(found->second) + ", expected " +
                     shape_text(shape_of(spec))};
      }
      if (tensors_.at(spec.path).size() != spec.count())
        return Error{name + " has other data than its shape needs"};
    }
    if (wanted.size() == tensors_.size()) return {};
    return Error{"it has initializers that its architecture does not ask for"};
  }

  Result<Model> model() {
    const auto architecture = architecture_text_of(metadata_);
    if (!architecture) return Error{metadata_.empty() ? kForeign : architecture.error().message};
    PONNUKI_TRY(const auto wanted, tensors_wanted_by(*architecture));
    PONNUKI_TRY(check_tensors(wanted));
    PONNUKI_TRY(auto model, assemble_model(metadata_, checksum_, std::move(tensors_)));
    if (auto* katago = std::get_if<Model>(&model)) return std::move(*katago);
    return Error{"it is said to be of AlphaGo's kind, which is not written as ONNX"};
  }

  ProtobufReader in_;
  FileMetadata metadata_;
  FileTensors tensors_;
  std::unordered_map<std::string, std::vector<std::int64_t>> shapes_;
  TensorChecksum checksum_;
};

/// The checksum of all tensors in their order, which is also the order of the initializers.
TensorChecksum checksum_of(const std::vector<ModelTensor>& tensors) {
  TensorChecksum checksum;
  for (const ModelTensor& tensor : tensors) {
    std::string bytes;
    append_floats(bytes, to_file_order(tensor.spec, *tensor.values));
    checksum.crc = crc32_of(checksum.crc, bytes);
    checksum.bytes += bytes.size();
  }
  return checksum;
}

}  // namespace

// The first field is ir_version, a small number. KataGo's files begin with a name, whose first
// character is none of these.
bool looks_like_onnx(std::span<const unsigned char> beginning) {
  return beginning.size() > 2 && beginning[0] == (ModelProto::kIrVersion << 3) &&
         beginning[1] > 0 && beginning[1] < ' ';
}

Result<Model> read_onnx(ByteStream& stream) { return OnnxReader(stream).read(); }

Result<std::string> onnx_to_bytes(const Model& model) {
  PONNUKI_TRY(check_model(model));
  if (is_transformer(model))
    return Error{"transformers are not written as ONNX: write a .safetensors file"};
  const Architecture architecture = architecture_of(model);
  ProtobufWriter proto, opset;
  opset.number(OperatorSetId::kVersion, kOpset);
  proto.number(ModelProto::kIrVersion, kIrVersion);
  proto.text(ModelProto::kProducerName, "ponnuki");
  proto.message(ModelProto::kOpsetImport, opset);
  for (const auto& [key, value] :
       metadata_of(architecture.text, checksum_of(architecture.tensors))) {
    ProtobufWriter entry;
    entry.text(StringStringEntry::kKey, key);
    entry.text(StringStringEntry::kValue, value);
    proto.message(ModelProto::kMetadataProps, entry);
  }
  proto.text(ModelProto::kGraph, onnx_graph_bytes(model));
  if (proto.bytes().size() > kMaxFile)
    return Error{"it has more than 2 GiB, which ONNX files cannot hold"};
  return proto.take();
}

}  // namespace ponnuki::nn
