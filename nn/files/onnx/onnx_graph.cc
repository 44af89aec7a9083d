// Emits layer by layer what nn/reference/reference_network.cc computes, with a mask: plane 0 of the
// input, which marks the points on the board. Maps are 0 off the board wherever a convolution or a
// sum reads them.
#include "nn/files/onnx/onnx_graph.h"

#include <utility>
#include <vector>

#include "engine/check.h"
#include "nn/files/onnx/onnx_format.h"
#include "nn/files/onnx/protobuf.h"
#include "nn/files/tensors/architecture.h"
#include "nn/files/tensors/tensor_bytes.h"

namespace ponnuki::nn {
namespace {

using namespace onnx;
using Names = std::vector<std::string>;

// Inputs, and values that many nodes use.
constexpr const char *kPlanes = "input_spatial", *kGlobals = "input_global",
                     *kMetadata = "input_metadata";
constexpr const char *kMask = "board/mask", *kArea = "board/area", *kOutside = "board/outside";
constexpr const char *kMeanScale = "board/mean_scale", *kValueScale = "board/value_scale";

struct Attribute {
  const char* name;
  std::vector<int> numbers;
  bool is_list = true;
};
Attribute one(const char* name, int number) { return {name, {number}, false}; }

/// One dimension of an input's or output's shape: a number, or a name if its size is free.
struct Side {
  int number = 0;
  const char* name = nullptr;
};
constexpr Side kBatch{0, "batch"}, kHeight{0, "height"}, kWidth{0, "width"}, kMoves{0, "moves"};

ProtobufWriter tensor(const std::string& name, int type, const std::vector<std::int64_t>& shape,
                      std::string_view bytes) {
  ProtobufWriter proto;
  for (const std::int64_t side : shape) proto.number(TensorProto::kDims, side);
  proto.number(TensorProto::kDataType, type);
  proto.text(TensorProto::kName, name);
  proto.text(TensorProto::kRawData, bytes);
  return proto;
}

class GraphWriter {
 public:
  explicit GraphWriter(const Model& model) : model_(model) {}

  std::string take() {
    nodes();
    graph_.text(GraphProto::kName, model_.name);
    initializers();
    inputs_and_outputs();
    return graph_.take();
  }

 private:
  /// Adds a node and returns the name of its output.
  std::string node(const char* op, const Names& inputs, const std::string& output,
                   const std::vector<Attribute>& attributes = {}) {
    ProtobufWriter proto;
    for (const std::string& input : inputs) proto.text(NodeProto::kInput, input);
    proto.text(NodeProto::kOutput, output);
    proto.text(NodeProto::kName, output);
    proto.text(NodeProto::kOpType, op);
    for (const Attribute& attribute : attributes)
      proto.message(NodeProto::kAttribute, written(attribute));
    graph_.message(GraphProto::kNode, proto);
    return output;
  }
  static ProtobufWriter written(const Attribute& attribute) {
    ProtobufWriter proto;
    proto.text(AttributeProto::kName, attribute.name);
    const int field = attribute.is_list ? AttributeProto::kInts : AttributeProto::kInt;
    for (const int number : attribute.numbers) proto.number(field, number);
    proto.number(AttributeProto::kType,
                 attribute.is_list ? AttributeProto::kIntsType : AttributeProto::kIntType);
    return proto;
  }

  // The name of a constant describes it. Each constant is written once.
  std::string integers(const std::string& name, const std::vector<std::int64_t>& numbers) {
    std::string bytes;
    for (const std::int64_t number : numbers) {
      for (int shift = 0; shift < 64; shift += 8) {
        bytes += static_cast<char>(static_cast<std::uint64_t>(number) >> shift & 0xFF);
      }
    }
    return constant(name, kInt64Type, {static_cast<std::int64_t>(numbers.size())}, bytes);
  }
  std::string real(const std::string& name, float number) {
    std::string bytes;
    append_floats(bytes, {number});
    return constant(name, kFloatType, {}, bytes);
  }
  std::string constant(const std::string& name, int type, const std::vector<std::int64_t>& shape,
                       const std::string& bytes) {
    std::string full = std::string(kConstants) + name;
    for (const auto& [known, proto] : constants_) {
      if (known == full) return full;
    }
    constants_.emplace_back(full, tensor(full, type, shape, bytes));
    return full;
  }
  std::string axes_yx() { return integers("axes_yx", {2, 3}); }

  // mask, area and, with w = √area, the factors of nn/reference/pool.h: (w - 14) / 10 and (w - 14)²
  // / 100 - 0.1.
  void board() {
    node("Slice", {kPlanes, integers("0", {0}), integers("1", {1}), integers("1", {1})}, kMask);
    node("ReduceSum", {kMask, axes_yx()}, kArea, {one("keepdims", 1)});
    const auto width = node("Sqrt", {kArea}, "board/width");
    const auto offset = node("Sub", {width, real("14.0", 14)}, "board/offset");
    node("Mul", {offset, real("0.1", 0.1F)}, kMeanScale);
    const auto square = node("Mul", {offset, offset}, "board/square");
    const auto scaled = node("Mul", {square, real("0.01", 0.01F)}, "board/scaled_square");
    node("Sub", {scaled, real("0.1", 0.1F)}, kValueScale);
    // 0 on the board, and a large negative number off it, so that no maximum is found there.
    const auto less = node("Sub", {kMask, real("1.0", 1)}, "board/mask_less_1");
    node("Mul", {less, real("1e9", 1e9F)}, kOutside);
  }

  std::string activation(const std::string& path, Activation kind, const std::string& x) {
    switch (kind) {
      case Activation::kIdentity:
        return x;
      case Activation::kRelu:
        return node("Relu", {x}, path + "/relu");
      case Activation::kMish: {
        const auto softplus = node("Softplus", {x}, path + "/softplus");
        const auto tanh = node("Tanh", {softplus}, path + "/tanh");
        return node("Mul", {x, tanh}, path + "/mish");
      }
      case Activation::kSilu: {
        const auto sigmoid = node("Sigmoid", {x}, path + "/sigmoid");
        return node("Mul", {x, sigmoid}, path + "/silu");
      }
    }
    return x;
  }

  std::string norm_act(const std::string& path, const NormAct& layer, const std::string& x) {
    const auto scaled = node("Mul", {x, path + ".scale"}, path + "/scaled");
    const auto biased = node("Add", {scaled, path + ".bias"}, path + "/biased");
    return node("Mul", {activation(path, layer.activation, biased), kMask}, path + "/masked");
  }

  std::string conv(const std::string& path, const ConvLayer& c, const std::string& x,
                   const std::string& output = {}) {
    const int pad_y = c.height / 2 * c.dilation_y, pad_x = c.width / 2 * c.dilation_x;
    return node("Conv", {x, path + ".weights"}, output.empty() ? path + "/conv" : output,
                {{"kernel_shape", {c.height, c.width}},
                 {"pads", {pad_y, pad_x, pad_y, pad_x}},
                 {"dilations", {c.dilation_y, c.dilation_x}}});
  }

  /// A dense layer on [batch, in]. `bias` is the path of its biases, or empty.
  std::string dense(const std::string& path, const std::string& x, const std::string& bias = {},
                    const std::string& output = {}) {
    Names inputs = {x, path + ".weights"};
    if (!bias.empty()) inputs.push_back(bias + ".bias");
    return node("Gemm", inputs, output.empty() ? path + "/dense" : output, {one("transB", 1)});
  }

  /// Adds `numbers`, [batch, channels], to the maps at every point.
  std::string add_to_channels(const std::string& path, const std::string& numbers,
                              const std::string& maps) {
    const auto spread = node("Unsqueeze", {numbers, axes_yx()}, path + "/spread");
    return node("Add", {maps, spread}, path + "/added");
  }

  enum class Pool { kGlobal, kValue };
  /// Pools masked maps to three numbers for each channel: [batch, 3 · channels].
  std::string pool(const std::string& path, Pool kind, const std::string& x) {
    const auto sum = node("ReduceSum", {x, axes_yx()}, path + "/sum", {one("keepdims", 1)});
    const auto mean = node("Div", {sum, kArea}, path + "/mean");
    const auto scaled = node("Mul", {mean, kMeanScale}, path + "/scaled_mean");
    std::string third;
    if (kind == Pool::kValue) {
      third = node("Mul", {mean, kValueScale}, path + "/scaled_again");
    } else {
      const auto inside = node("Add", {x, kOutside}, path + "/inside");
      third = node("ReduceMax", {inside}, path + "/max", {{"axes", {2, 3}}, one("keepdims", 1)});
    }
    const auto all = node("Concat", {mean, scaled, third}, path + "/pooled", {one("axis", 1)});
    return node("Flatten", {all}, path + "/flat", {one("axis", 1)});
  }

  // Each kind of block computes its formula in nn/model/model.h.
  std::string block(const std::string& path, const ResidualBlock& b, const std::string& x) {
    auto y = norm_act(path + ".norm1", b.norm1, x);
    y = conv(path + ".conv1", b.conv1, y);
    y = norm_act(path + ".norm2", b.norm2, y);
    return node("Add", {x, conv(path + ".conv2", b.conv2, y)}, path + "/sum");
  }
  std::string block(const std::string& path, const GlobalPoolingBlock& b, const std::string& x) {
    const auto normed = norm_act(path + ".norm1", b.norm1, x);
    auto pooled = conv(path + ".gpool_conv", b.gpool_conv, normed);
    pooled = pool(path, Pool::kGlobal, norm_act(path + ".gpool_norm", b.gpool_norm, pooled));
    auto y = conv(path + ".regular_conv", b.regular_conv, normed);
    y = add_to_channels(path, dense(path + ".gpool_to_bias", pooled), y);
    y = norm_act(path + ".norm2", b.norm2, y);
    return node("Add", {x, conv(path + ".conv2", b.conv2, y)}, path + "/sum_with_input");
  }
  std::string block(const std::string& path, const std::shared_ptr<const NestedBlock>& b,
                    const std::string& x) {
    auto y = norm_act(path + ".pre_norm", b->pre_norm, x);
    y = conv(path + ".pre_conv", b->pre_conv, y);
    y = blocks(path + ".blocks.", b->blocks, y);
    y = norm_act(path + ".post_norm", b->post_norm, y);
    return node("Add", {x, conv(path + ".post_conv", b->post_conv, y)}, path + "/sum");
  }
  std::string block(const std::string&, const TransformerAttentionBlock&, const std::string&) {
    PONNUKI_CHECK(false);  // onnx_to_bytes() refuses such nets
  }
  std::string block(const std::string&, const TransformerFeedForwardBlock&, const std::string&) {
    PONNUKI_CHECK(false);
  }
  std::string blocks(const std::string& path, const std::vector<Block>& all, std::string x) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      const std::string here = path + std::to_string(i);
      x = std::visit([&](const auto& b) { return block(here, b, x); }, all[i]);
    }
    return x;
  }

  std::string encoded_metadata(const MetadataEncoder& e) {
    const std::string path = "trunk.metadata.";
    auto x = dense(path + "mul1", kMetadata, path + "bias1");
    x = activation(path + "act1", e.act1, x);
    x = dense(path + "mul2", x, path + "bias2");
    x = activation(path + "act2", e.act2, x);
    return dense(path + "mul3", x);
  }
  std::string trunk(const Trunk& t) {
    auto x = conv("trunk.initial_conv", t.initial_conv, kPlanes);
    x = add_to_channels("trunk.initial_matmul", dense("trunk.initial_matmul", kGlobals), x);
    if (t.metadata) x = add_to_channels("trunk.metadata", encoded_metadata(*t.metadata), x);
    return norm_act("trunk.tip", t.tip, blocks("trunk.blocks.", t.blocks, x));
  }

  std::string pass(const PolicyHead& h, const std::string& pooled) {
    if (h.gpool_to_pass2.weights.empty()) return dense("policy.gpool_to_pass", pooled);
    const auto hidden = dense("policy.gpool_to_pass", pooled, "policy.pass_bias");
    return dense("policy.gpool_to_pass2",
                 activation("policy.pass_activation", h.pass_activation, hidden));
  }
  void policy(const PolicyHead& h, const std::string& x) {
    auto pooled = norm_act("policy.g1_norm", h.g1_norm, conv("policy.g1_conv", h.g1_conv, x));
    pooled = pool("policy", Pool::kGlobal, pooled);
    auto y = conv("policy.p1_conv", h.p1_conv, x);
    y = add_to_channels("policy", dense("policy.gpool_to_bias", pooled), y);
    y = conv("policy.p2_conv", h.p2_conv, norm_act("policy.p1_norm", h.p1_norm, y));
    // The points as one row, with the pass after them.
    const auto points = node("Reshape", {y, integers("points", {0, 0, -1})}, "policy/points");
    const auto pass_logits =
        node("Unsqueeze", {pass(h, pooled), integers("2", {2})}, "policy/pass");
    node("Concat", {points, pass_logits}, "policy", {one("axis", 2)});
  }
  void value(const ValueHead& h, const std::string& x) {
    const auto v1 = norm_act("value.v1_norm", h.v1_norm, conv("value.v1_conv", h.v1_conv, x));
    auto v2 = dense("value.v2_mul", pool("value", Pool::kValue, v1), "value.v2_bias");
    v2 = activation("value.v2_activation", h.v2_activation, v2);
    dense("value.v3_mul", v2, "value.v3_bias", "value");
    dense("value.misc_mul", v2, "value.misc_bias", "misc");
    conv("value.ownership_conv", h.ownership_conv, v1, "ownership");
  }

  void nodes() {
    board();
    const auto x = trunk(model_.trunk);
    policy(model_.policy, x);
    value(model_.value, x);
  }
  void initializers() {
    for (const ModelTensor& t : architecture_of(model_).tensors) {
      std::string bytes;
      append_floats(bytes, to_file_order(t.spec, *t.values));
      graph_.message(GraphProto::kInitializer,
                     tensor(t.spec.path, kFloatType, shape_of(t.spec), bytes));
    }
    for (const auto& [name, proto] : constants_) graph_.message(GraphProto::kInitializer, proto);
  }
  void inputs_and_outputs() {
    const auto put = [&](int field, const std::string& name, const std::vector<Side>& sides) {
      graph_.message(field, value_info(name, sides));
    };
    put(GraphProto::kInput, kPlanes, {kBatch, {model_.spatial_planes}, kHeight, kWidth});
    put(GraphProto::kInput, kGlobals, {kBatch, {model_.global_features}});
    if (model_.trunk.metadata)
      put(GraphProto::kInput, kMetadata, {kBatch, {model_.metadata_features()}});
    put(GraphProto::kOutput, "policy", {kBatch, {model_.policy_channels()}, kMoves});
    put(GraphProto::kOutput, "value", {kBatch, {model_.value.v3_mul.out}});
    put(GraphProto::kOutput, "misc", {kBatch, {model_.value.misc_mul.out}});
    put(GraphProto::kOutput, "ownership", {kBatch, {1}, kHeight, kWidth});
  }
  static ProtobufWriter value_info(const std::string& name, const std::vector<Side>& sides) {
    ProtobufWriter shape, tensor, type, info;
    for (const Side& side : sides) {
      ProtobufWriter dim;
      if (side.name != nullptr)
        dim.text(TensorShapeProto::kDimParam, side.name);
      else
        dim.number(TensorShapeProto::kDimValue, side.number);
      shape.message(TensorShapeProto::kDim, dim);
    }
    tensor.number(TypeProto::kElementType, kFloatType);
    tensor.message(TypeProto::kShape, shape);
    type.message(TypeProto::kTensor, tensor);
    info.text(ValueInfoProto::kName, name);
    info.message(ValueInfoProto::kType, type);
    return info;
  }

  const Model& model_;
  ProtobufWriter graph_;
  std::vector<std::pair<std::string, ProtobufWriter>> constants_;
};

}  // namespace

std::string onnx_graph_bytes(const Model& model) { return GraphWriter(model).take(); }

}  // namespace ponnuki::nn
