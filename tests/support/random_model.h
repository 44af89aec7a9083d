// Nets with random weights, of any version and with any kinds of blocks. Header-only, since only
// the tests of nn/ include it.
#pragma once

#include <cmath>
#include <optional>
#include <string>

#include "engine/random.h"
#include "nn/model/model.h"

namespace ponnuki::test {

struct RandomModelOptions {
  int version = 11;
  int channels = 6;
  // Before version 11 always ReLU.
  nn::Activation activation = nn::Activation::kRelu;
  // One letter for each block: ordinary (o), global pooling (g), nested bottleneck (n); attention
  // with learned (t), fixed (r) or no rotary embedding (a), feed-forward (f), both of these nested
  // (m).
  std::string blocks = "ogn";
  std::optional<nn::TipRms> tip_rms = std::nullopt;
  bool q_values = false;  // version 17
  bool metadata = false;  // version 15 and later
  int planes = 22, globals = 19;
  int first_kernel = 5;
  int dilation = 1;  // of the first convolution of each block
  std::uint64_t seed = 1;
};

/// Builds layers with weights scaled to keep activations near 1.
class RandomModel {
 public:
  explicit RandomModel(const RandomModelOptions& options)
      : options_(options), random_(options.seed) {}

  nn::Model build() {
    const auto& o = options_;
    nn::Model m;
    m.name = "random-v" + std::to_string(o.version);
    m.version = o.version;
    m.spatial_planes = o.planes;
    m.global_features = o.globals;
    if (o.version >= 13) m.post = {19, 21, 18, 22, 39, 0.3F, 28};
    m.metadata_version = o.metadata ? 1 : 0;
    m.trunk = trunk();
    m.policy = policy();
    m.value = value();
    return m;
  }

 private:
  float real(float scale) { return static_cast<float>((random_.uniform() * 2 - 1) * scale); }
  std::vector<float> reals(int count, float scale, float center = 0) {
    std::vector<float> v(static_cast<std::size_t>(count));
    for (float& x : v) x = center + real(scale);
    return v;
  }
  std::string name(const char* kind) { return std::string(kind) + std::to_string(++count_); }

  nn::ConvLayer conv(int side, int in, int out, int dilation = 1) {
    const float scale = 1.7F / std::sqrt(static_cast<float>(side * side * in));
    return {name("conv"), side,     side,     in,
            out,          dilation, dilation, reals(side * side * in * out, scale)};
  }
  nn::NormAct norm(int channels) {
    return {name("norm"), channels, reals(channels, 0.5F, 1), reals(channels, 0.3F), activation()};
  }
  nn::MatMulLayer matmul(int in, int out) {
    return {name("mul"), in, out, reals(in * out, 1.7F / std::sqrt(static_cast<float>(in)))};
  }
  nn::BiasLayer bias(int channels) { return {name("bias"), reals(channels, 0.3F)}; }
  nn::Activation activation() const {
    return options_.version >= 11 ? options_.activation : nn::Activation::kRelu;
  }

  nn::Block block(char kind, int c) {
    const int dilation = options_.dilation;
    if (kind == 'o') {
      return nn::ResidualBlock{name("rblock"), norm(c), conv(3, c, c + 1, dilation), norm(c + 1),
                               conv(3, c + 1, c)};
    }
    if (kind == 'g') {
      return nn::GlobalPoolingBlock{name("gblock"),
                                    norm(c),
                                    conv(3, c, c - 1, dilation),
                                    conv(3, c, 2, dilation),
                                    norm(2),
                                    matmul(6, c - 1),
                                    norm(c - 1),
                                    conv(3, c - 1, c)};
    }
    if (kind == 't') return attention({4, 2, 6, nn::Rope::Kind::kLearned}, c);
    if (kind == 'r') return attention({2, 2, 10, nn::Rope::Kind::kFixed}, c);
    if (kind == 'a') return attention({3, 1, 5, nn::Rope::Kind::kNone}, c);
    if (kind == 'f') return feed_forward(c);
    auto nested = std::make_shared<nn::NestedBlock>();
    nested->name = name("nblock");
    nested->pre_norm = norm(c);
    nested->pre_conv = conv(1, c, c - 2);
    for (const char inner : std::string(kind == 'm' ? "tfo" : "og"))
      nested->blocks.push_back(block(inner, c - 2));
    nested->post_norm = norm(c - 2);
    nested->post_conv = conv(1, c - 2, c);
    return std::shared_ptr<const nn::NestedBlock>(nested);
  }

  nn::RmsNorm rms_norm(int channels) { return {name("rms"), 1e-3F, reals(channels, 0.5F, 1)}; }
  struct Heads {
    int heads, kv_heads, query_channels;
    nn::Rope::Kind rope;
  };
  nn::TransformerAttentionBlock attention(const Heads& h, int c) {
    const int values = c / 2;
    nn::TransformerAttentionBlock b{name("ablock"),
                                    h.heads,
                                    h.kv_heads,
                                    h.query_channels,
                                    values,
                                    rms_norm(c),
                                    conv(1, c, h.heads * h.query_channels),
                                    conv(1, c, h.kv_heads * h.query_channels),
                                    conv(1, c, h.kv_heads * values),
                                    conv(1, h.heads * values, c),
                                    {h.rope, name("rope"), 0, {}}};
    if (h.rope == nn::Rope::Kind::kFixed) b.rope.theta = 20;
    if (h.rope == nn::Rope::Kind::kLearned)
      b.rope.frequencies = reals(h.kv_heads * h.query_channels, 1);
    // Makes the attention weights less uniform.
    for (float& weight : b.q.weights) weight *= 3;
    return b;
  }
  nn::TransformerFeedForwardBlock feed_forward(int c) {
    return {name("fblock"), rms_norm(c), conv(1, c, 2 * c + 1), conv(1, c, 2 * c + 1),
            conv(1, 2 * c + 1, c)};
  }

  nn::Trunk trunk() {
    const auto& o = options_;
    nn::Trunk t;
    t.name = "trunk";
    t.channels = o.channels;
    t.initial_conv = conv(o.first_kernel, o.planes, o.channels);
    t.initial_matmul = matmul(o.globals, o.channels);
    if (o.metadata) {
      t.metadata = std::make_shared<nn::MetadataEncoder>(
          nn::MetadataEncoder{"meta", matmul(192, 5), bias(5), activation(), matmul(5, 4), bias(4),
                              activation(), matmul(4, o.channels)});
    }
    for (const char kind : o.blocks) t.blocks.push_back(block(kind, o.channels));
    t.tip_rms = o.tip_rms;
    t.tip = norm(o.channels);
    return t;
  }
  nn::PolicyHead policy() {
    const int c = options_.channels, version = options_.version,
              outputs = options_.q_values ? 4 : nn::policy_channels_of(version);
    nn::PolicyHead h;
    h.name = "policyhead";
    h.p1_conv = conv(1, c, 4);
    h.g1_conv = conv(1, c, 3);
    h.g1_norm = norm(3);
    h.gpool_to_bias = matmul(9, 4);
    h.p1_norm = norm(4);
    h.p2_conv = conv(1, 4, outputs);
    h.gpool_to_pass = matmul(9, version >= 15 ? 4 : outputs);
    if (version >= 15) {
      h.pass_bias = bias(4);
      h.pass_activation = activation();
      h.gpool_to_pass2 = matmul(4, outputs);
    }
    return h;
  }
  nn::ValueHead value() {
    const int misc = nn::misc_channels_of(options_.version);
    return {"valuehead",     conv(1, options_.channels, 5),
            norm(5),         matmul(15, 7),
            bias(7),         activation(),
            matmul(7, 3),    bias(3),
            matmul(7, misc), bias(misc),
            conv(1, 5, 1)};
  }

  RandomModelOptions options_;
  Random random_;
  int count_ = 0;
};

inline nn::Model random_model(const RandomModelOptions& options = {}) {
  return RandomModel(options).build();
}

}  // namespace ponnuki::test
