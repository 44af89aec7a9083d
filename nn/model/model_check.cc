// The shapes of docs/formats.md as assertions.
#include "nn/model/model_check.h"

#include <algorithm>
#include <type_traits>

#include "nn/model/layer_check.h"

namespace ponnuki::nn {
namespace {

/// Each function takes the channels that flow into a layer or block, as the layers before it say; a
/// block returns to the channels of its trunk.
class Checker : public LayerChecker {
 public:
  explicit Checker(int version) : version_(version) {}

  using LayerChecker::norm;
  using LayerChecker::require;

  void require(bool condition, const std::string& name, const char* otherwise) {
    require(condition, "'" + name + "' " + otherwise);
  }

  void pointwise(const ConvLayer& layer, int in, int out) {
    conv(layer, in, out);
    equal(layer.name, "points in its kernel", layer.height * layer.width, 1);
  }
  void norm(const RmsNorm& layer, int channels) {
    equal(layer.name, "weights", layer.weight.size(), static_cast<std::size_t>(channels));
    epsilon(layer.epsilon, layer.name);
  }
  void epsilon(float value, const std::string& name) {
    require(value > 0 && value <= 1, name, "has an epsilon that is not above 0 and at most 1");
  }
  // Blocks may widen or narrow inside, but must give back what they add to.
  void block(const ResidualBlock& b, int channels) {
    norm(b.norm1, channels);
    conv(b.conv1, channels);
    norm(b.norm2, b.conv1.out);
    conv(b.conv2, b.conv1.out, channels);
  }
  void block(const GlobalPoolingBlock& b, int channels) {
    norm(b.norm1, channels);
    conv(b.regular_conv, channels);
    conv(b.gpool_conv, channels);
    norm(b.gpool_norm, b.gpool_conv.out);
    matmul(b.gpool_to_bias, 3 * b.gpool_conv.out, b.regular_conv.out);
    norm(b.norm2, b.regular_conv.out);
    conv(b.conv2, b.regular_conv.out, channels);
  }
  void block(const TransformerAttentionBlock& b, int channels) {
    const bool counts = b.heads >= 1 && b.kv_heads >= 1 && b.heads % b.kv_heads == 0 &&
                        b.query_channels >= 1 && b.value_channels >= 1;
    require(counts, b.name, "has heads that its keys and values cannot be shared among");
    if (!counts) return;
    norm(b.norm, channels);
    pointwise(b.q, channels, b.heads * b.query_channels);
    pointwise(b.k, channels, b.kv_heads * b.query_channels);
    pointwise(b.v, channels, b.kv_heads * b.value_channels);
    pointwise(b.out, b.heads * b.value_channels, channels);
    if (b.rope.kind == Rope::Kind::kNone) return;
    equal(b.name, "channels left over by pairs that turn", b.query_channels % 2, 0);
    if (b.rope.kind == Rope::Kind::kFixed) {
      require(b.rope.theta > 0, b.rope.name, "is not positive");
    } else {
      equal(b.rope.name, "frequencies", b.rope.frequencies.size(),
            static_cast<std::size_t>(b.kv_heads) * static_cast<std::size_t>(b.query_channels));
    }
  }
  void block(const TransformerFeedForwardBlock& b, int channels) {
    norm(b.norm, channels);
    pointwise(b.linear1, channels, b.linear1.out);
    pointwise(b.gate, channels, b.linear1.out);
    pointwise(b.linear2, b.linear1.out, channels);
  }
  void block(const std::shared_ptr<const NestedBlock>& b, int channels) {
    norm(b->pre_norm, channels);
    conv(b->pre_conv, channels);
    blocks(b->blocks, b->pre_conv.out);
    norm(b->post_norm, b->pre_conv.out);
    conv(b->post_conv, b->pre_conv.out, channels);
  }
  void blocks(const std::vector<Block>& all, int channels) {
    for (const Block& one : all) {
      std::visit([&](const auto& b) { block(b, channels); }, one);
    }
  }

  // 192 features of the players and the server; the only encoder there is.
  void metadata(const MetadataEncoder& encoder, int channels) {
    matmul(encoder.mul1, 192);
    bias(encoder.bias1, encoder.mul1.out);
    matmul(encoder.mul2, encoder.mul1.out);
    bias(encoder.bias2, encoder.mul2.out);
    matmul(encoder.mul3, encoder.mul2.out, channels);
  }
  void trunk(const Model& model) {
    const Trunk& t = model.trunk;
    conv(t.initial_conv, model.spatial_planes, t.channels);
    matmul(t.initial_matmul, model.global_features, t.channels);
    if (t.metadata) metadata(*t.metadata, t.channels);
    blocks(t.blocks, t.channels);
    if (t.tip_rms) {
      epsilon(t.tip_rms->epsilon, t.tip.name);
      require(version_ >= 15, t.tip.name, "has a kind of norm that came with version 15");
    }
    norm(t.tip, t.channels);
  }
  void policy(const PolicyHead& h, int channels) {
    const bool with_q = version_ == 17 && h.p2_conv.out == 4;
    const int outputs = with_q ? 4 : policy_channels_of(version_);
    conv(h.p1_conv, channels);
    conv(h.g1_conv, channels);
    norm(h.g1_norm, h.g1_conv.out);
    matmul(h.gpool_to_bias, 3 * h.g1_conv.out, h.p1_conv.out);
    norm(h.p1_norm, h.p1_conv.out);
    conv(h.p2_conv, h.p1_conv.out, outputs);
    // The pass: straight from the pooled features, or through a hidden layer.
    if (version_ < 15) return matmul(h.gpool_to_pass, 3 * h.g1_conv.out, outputs);
    matmul(h.gpool_to_pass, 3 * h.g1_conv.out);
    bias(h.pass_bias, h.gpool_to_pass.out);
    matmul(h.gpool_to_pass2, h.gpool_to_pass.out, outputs);
  }
  void value(const ValueHead& h, int channels) {
    const int misc = misc_channels_of(version_);
    conv(h.v1_conv, channels);
    norm(h.v1_norm, h.v1_conv.out);
    matmul(h.v2_mul, 3 * h.v1_conv.out);
    bias(h.v2_bias, h.v2_mul.out);
    matmul(h.v3_mul, h.v2_mul.out, 3);
    bias(h.v3_bias, 3);
    matmul(h.misc_mul, h.v2_mul.out, misc);
    bias(h.misc_bias, misc);
    conv(h.ownership_conv, h.v1_conv.out, 1);
  }

 private:
  int version_;
};

}  // namespace

namespace {

bool any_transformer(const std::vector<Block>& blocks) {
  return std::ranges::any_of(blocks, [](const Block& block) {
    const auto* nested = std::get_if<std::shared_ptr<const NestedBlock>>(&block);
    return nested ? any_transformer((*nested)->blocks)
                  : std::holds_alternative<TransformerAttentionBlock>(block) ||
                        std::holds_alternative<TransformerFeedForwardBlock>(block);
  });
}

}  // namespace

bool is_transformer(const Model& model) {
  return model.trunk.tip_rms || any_transformer(model.trunk.blocks);
}

Status check_model(const Model& model) {
  if (model.version < kOldestModelVersion || model.version > kNewestModelVersion) {
    return Error{"model version " + std::to_string(model.version) + " is not supported"};
  }
  Checker checker(model.version);
  checker.trunk(model);
  checker.policy(model.policy, model.trunk.channels);
  checker.value(model.value, model.trunk.channels);
  if (!checker.error().empty()) return Error{checker.error()};
  return {};
}

}  // namespace ponnuki::nn
