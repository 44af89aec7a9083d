#include "nn/model/initial_model.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "engine/random.h"

namespace ponnuki::nn {
namespace {

constexpr int kVersion = 11, kPlanes = 22, kGlobals = 19;
constexpr std::string_view kPlain = "-plain";
// The scale of weights that lead to an output, relative to He's initialisation.
constexpr double kOutputGain = 0.1;

class Builder {
 public:
  Builder(const NetShape& shape, std::uint64_t seed)
      : shape_(shape), head_(std::min(32, shape.channels * 3 / 8)), random_(seed) {}

  Model build() {
    Model m;
    m.name = "random-" + net_shape_text(shape_);
    m.version = kVersion;
    m.spatial_planes = kPlanes;
    m.global_features = kGlobals;
    m.trunk = trunk();
    m.policy = policy();
    m.value = value();
    return m;
  }

 private:
  std::vector<float> normals(int count, double stdev) {
    std::vector<float> values(static_cast<std::size_t>(count));
    for (float& value : values) value = static_cast<float>(stdev * random_.normal());
    return values;
  }
  ConvLayer conv(const std::string& name, int side, int in, int out, double gain = 1) {
    const double stdev = gain * std::sqrt(2.0 / (side * side * in));
    return {name, side, side, in, out, 1, 1, normals(side * side * in * out, stdev)};
  }
  MatMulLayer matmul(const std::string& name, int in, int out, double gain = 1) {
    return {name, in, out, normals(in * out, gain * std::sqrt(2.0 / in))};
  }
  static NormAct norm(const std::string& name, int channels) {
    const auto size = static_cast<std::size_t>(channels);
    return {name, channels, std::vector<float>(size, 1), std::vector<float>(size, 0),
            Activation::kRelu};
  }
  static BiasLayer bias(const std::string& name, int channels) {
    return {name, std::vector<float>(static_cast<std::size_t>(channels), 0)};
  }

  bool pools_globally(int block) const {
    return shape_.pools && block >= 3 && block % 2 == 1 && block < shape_.blocks;
  }
  Block block(int number) {
    const int c = shape_.channels;
    const std::string name = "block" + std::to_string(number);
    const double last_gain = 1 / std::sqrt(static_cast<double>(shape_.blocks));
    if (!pools_globally(number)) {
      return ResidualBlock{name, norm(name + "/norm1", c), conv(name + "/conv1", 3, c, c),
                           norm(name + "/norm2", c), conv(name + "/conv2", 3, c, c, last_gain)};
    }
    const int pooled = std::max(8, c / 24 * 8), regular = c > pooled ? c - pooled : c;
    return GlobalPoolingBlock{name,
                              norm(name + "/norm1", c),
                              conv(name + "/conv1", 3, c, regular),
                              conv(name + "/gpool", 3, c, pooled),
                              norm(name + "/gpool_norm", pooled),
                              matmul(name + "/gpool_to_bias", 3 * pooled, regular, 0.5),
                              norm(name + "/norm2", regular),
                              conv(name + "/conv2", 3, regular, c, last_gain)};
  }

  Trunk trunk() {
    const int c = shape_.channels;
    Trunk t;
    t.name = "trunk";
    t.channels = c;
    t.initial_conv = conv("conv1", 3, kPlanes, c);
    t.initial_matmul = matmul("global", kGlobals, c, 0.5);
    for (int number = 1; number <= shape_.blocks; ++number) t.blocks.push_back(block(number));
    t.tip = norm("tip", c);
    return t;
  }
  PolicyHead policy() {
    const int outputs = policy_channels_of(kVersion);
    PolicyHead h;
    h.name = "policy";
    h.p1_conv = conv("policy/p1", 1, shape_.channels, head_);
    h.g1_conv = conv("policy/g1", 1, shape_.channels, head_);
    h.g1_norm = norm("policy/g1_norm", head_);
    h.gpool_to_bias = matmul("policy/gpool_to_bias", 3 * head_, head_, 0.5);
    h.p1_norm = norm("policy/p1_norm", head_);
    h.p2_conv = conv("policy/p2", 1, head_, outputs, kOutputGain);
    h.gpool_to_pass = matmul("policy/gpool_to_pass", 3 * head_, outputs, kOutputGain);
    return h;
  }
  ValueHead value() {
    const int misc = misc_channels_of(kVersion), hidden = 2 * head_;
    return {"value",
            conv("value/v1", 1, shape_.channels, head_),
            norm("value/v1_norm", head_),
            matmul("value/v2", 3 * head_, hidden),
            bias("value/v2_bias", hidden),
            Activation::kRelu,
            matmul("value/v3", hidden, 3, kOutputGain),
            bias("value/v3_bias", 3),
            matmul("value/misc", hidden, misc, kOutputGain),
            bias("value/misc_bias", misc),
            conv("value/ownership", 1, head_, 1, kOutputGain)};
  }

  NetShape shape_;
  int head_;
  Random random_;
};

}  // namespace

Result<NetShape> parse_net_shape(const std::string& text) {
  NetShape shape;
  shape.pools = !text.ends_with(kPlain);
  const char* const end = text.data() + text.size() - (shape.pools ? 0 : kPlain.size());
  if (text.starts_with('b')) {
    const auto blocks = std::from_chars(text.data() + 1, end, shape.blocks);
    if (blocks.ec == std::errc{} && blocks.ptr != end && *blocks.ptr == 'c') {
      const auto channels = std::from_chars(blocks.ptr + 1, end, shape.channels);
      const bool whole = channels.ec == std::errc{} && channels.ptr == end;
      if (whole && shape.blocks >= 1 && shape.blocks <= 60 && shape.channels >= 8 &&
          shape.channels <= 512 && shape.channels % 8 == 0) {
        return shape;
      }
    }
  }
  return Error{"'" + text +
               "' is no shape of a net; such as b4c32: 1 to 60 blocks, 8 to 512 channels in steps "
               "of 8"};
}

std::string net_shape_text(const NetShape& shape) {
  return "b" + std::to_string(shape.blocks) + "c" + std::to_string(shape.channels) +
         std::string(shape.pools ? "" : kPlain);
}

Model make_initial_model(const NetShape& shape, std::uint64_t seed) {
  return Builder(shape, seed).build();
}

}  // namespace ponnuki::nn
