// Field numbers (onnx.proto) and names of ONNX files that the writer and the reader share. Internal
// to nn/files/.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "nn/files/tensors/tensor_spec.h"

namespace ponnuki::nn::onnx {

inline constexpr int kIrVersion = 8, kOpset = 17;
inline constexpr int kFloatType = 1, kInt64Type = 7;  // TensorProto.DataType

struct ModelProto {
  static constexpr int kIrVersion = 1, kProducerName = 2, kGraph = 7, kOpsetImport = 8,
                       kMetadataProps = 14;
};
struct OperatorSetId {
  static constexpr int kVersion = 2;
};
struct StringStringEntry {
  static constexpr int kKey = 1, kValue = 2;
};
struct GraphProto {
  static constexpr int kNode = 1, kName = 2, kInitializer = 5, kInput = 11, kOutput = 12;
};
struct NodeProto {
  static constexpr int kInput = 1, kOutput = 2, kName = 3, kOpType = 4, kAttribute = 5;
};
struct AttributeProto {
  static constexpr int kName = 1, kInt = 3, kInts = 8, kType = 20;
  static constexpr int kIntType = 2, kIntsType = 7;
};
struct TensorProto {
  static constexpr int kDims = 1, kDataType = 2, kName = 8, kRawData = 9;
};
struct ValueInfoProto {
  static constexpr int kName = 1, kType = 2;
};
struct TypeProto {
  // The last two are fields of its Tensor.
  static constexpr int kTensor = 1, kElementType = 1, kShape = 2;
};
struct TensorShapeProto {
  // The last two are fields of its Dimension.
  static constexpr int kDim = 1, kDimValue = 1, kDimParam = 2;
};

/// Initializers with this prefix are constants of the graph, not tensors of the net.
inline constexpr std::string_view kConstants = "constants.";

/// The shape as in our containers, except that a number for each channel is broadcast over the
/// points: [out, 1, 1].
inline std::vector<std::int64_t> shape_of(const TensorSpec& spec) {
  if (spec.kind == TensorKind::kChannel) return {spec.out, 1, 1};
  return spec.shape();
}

}  // namespace ponnuki::nn::onnx
