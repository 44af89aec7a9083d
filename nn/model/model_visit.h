// The parts of a model in the order of its files. This is the only list of them; all code that goes
// through the parts uses it: writers and readers of both formats, size checks, counts of
// parameters, net growth. Code that computes a model, or follows its data flow as
// nn/model/layer_list.h does, does not use it.
#pragma once

#include <string>
#include <type_traits>
#include <variant>

#include "nn/model/model.h"

namespace ponnuki::nn {

/// `Part` is T or const T.
template <typename Part, typename T>
concept PartOf = std::is_same_v<std::remove_const_t<Part>, T>;

inline constexpr int kAnyChannels = -1;

/// The requirements of the surrounding layers for a part.
struct PartInfo {
  // Input channels; for a norm or a bias, its own channels.
  int in = kAnyChannels;
  int out = kAnyChannels;  // output channels
  bool pooled = false;     // the inputs are globally pooled maps: three for each channel
  bool pointwise = false;  // a 1×1 convolution that KataGo's files store as a matrix
  /// For an activation: the name of the layer after which KataGo's files name it.
  const std::string* named_after = nullptr;
};

/// What the requirements of the parts depend on.
struct PartContext {
  int version = kNewestModelVersion;
  int channels = kAnyChannels;  // of the trunk or of the enclosing block
};

// visit_parts(part, context, visit) calls visit(key, member, info) for each member of `part` that
// is a ConvLayer, NormAct, RmsNorm, MatMulLayer, BiasLayer, Rope, Activation or std::vector<Block>,
// in the order of the file. Members are const if the part is. The key is the member's name. Each
// info is computed immediately before its call, from members that were visited before. A reader may
// therefore fill the members while it visits them.

template <PartOf<ResidualBlock> Part, typename Visit>
void visit_parts(Part& b, const PartContext& around, Visit&& visit) {
  visit("norm1", b.norm1, PartInfo{around.channels});
  visit("conv1", b.conv1, PartInfo{around.channels});
  visit("norm2", b.norm2, PartInfo{b.conv1.out});
  visit("conv2", b.conv2, PartInfo{b.conv1.out, around.channels});
}

template <PartOf<GlobalPoolingBlock> Part, typename Visit>
void visit_parts(Part& b, const PartContext& around, Visit&& visit) {
  visit("norm1", b.norm1, PartInfo{around.channels});
  visit("regular_conv", b.regular_conv, PartInfo{around.channels});
  visit("gpool_conv", b.gpool_conv, PartInfo{around.channels});
  visit("gpool_norm", b.gpool_norm, PartInfo{b.gpool_conv.out});
  visit("gpool_to_bias", b.gpool_to_bias,
        PartInfo{.in = 3 * b.gpool_conv.out, .out = b.regular_conv.out, .pooled = true});
  visit("norm2", b.norm2, PartInfo{b.regular_conv.out});
  visit("conv2", b.conv2, PartInfo{b.regular_conv.out, around.channels});
}

template <PartOf<NestedBlock> Part, typename Visit>
void visit_parts(Part& b, const PartContext& around, Visit&& visit) {
  visit("pre_norm", b.pre_norm, PartInfo{around.channels});
  visit("pre_conv", b.pre_conv, PartInfo{around.channels});
  visit("blocks", b.blocks, PartInfo{b.pre_conv.out});
  visit("post_norm", b.post_norm, PartInfo{b.pre_conv.out});
  visit("post_conv", b.post_conv, PartInfo{b.pre_conv.out, around.channels});
}

/// For a 1×1 convolution that KataGo's files store as a matrix.
constexpr PartInfo pointwise_part(int in, int out) {
  return {.in = in, .out = out, .pointwise = true};
}

template <PartOf<TransformerAttentionBlock> Part, typename Visit>
void visit_parts(Part& b, const PartContext& around, Visit&& visit) {
  const int values = b.heads * b.value_channels;
  visit("norm", b.norm, PartInfo{around.channels});
  visit("q", b.q, pointwise_part(around.channels, b.heads * b.query_channels));
  visit("k", b.k, pointwise_part(around.channels, b.kv_heads * b.query_channels));
  visit("v", b.v, pointwise_part(around.channels, b.kv_heads * b.value_channels));
  visit("out", b.out, pointwise_part(values, around.channels));
  visit("rope", b.rope, PartInfo{});
}

template <PartOf<TransformerFeedForwardBlock> Part, typename Visit>
void visit_parts(Part& b, const PartContext& around, Visit&& visit) {
  visit("norm", b.norm, PartInfo{around.channels});
  visit("linear1", b.linear1, pointwise_part(around.channels, kAnyChannels));
  visit("gate", b.gate, pointwise_part(around.channels, b.linear1.out));
  visit("linear2", b.linear2, pointwise_part(b.linear1.out, around.channels));
}

/// 192 features of the players and the server. KataGo has no other metadata encoder.
inline constexpr int kMetadataInputs = 192;

template <PartOf<MetadataEncoder> Part, typename Visit>
void visit_parts(Part& e, const PartContext& around, Visit&& visit) {
  visit("mul1", e.mul1, PartInfo{kMetadataInputs});
  visit("bias1", e.bias1, PartInfo{e.mul1.out});
  visit("act1", e.act1, PartInfo{.named_after = &e.mul1.name});
  visit("mul2", e.mul2, PartInfo{e.mul1.out});
  visit("bias2", e.bias2, PartInfo{e.mul2.out});
  visit("act2", e.act2, PartInfo{.named_after = &e.mul2.name});
  visit("mul3", e.mul3, PartInfo{e.mul2.out, around.channels});
}

/// The logit of a pass is computed directly from the pooled features or, from version 15 on,
/// through a hidden layer.
template <PartOf<PolicyHead> Part, typename Visit>
void visit_parts(Part& h, const PartContext& around, Visit&& visit) {
  const bool with_q = around.version == 17 && h.p2_conv.out == 4;
  const int outputs = with_q ? 4 : policy_channels_of(around.version);
  const bool hidden_pass = around.version >= 15;
  visit("p1_conv", h.p1_conv, PartInfo{around.channels});
  visit("g1_conv", h.g1_conv, PartInfo{around.channels});
  visit("g1_norm", h.g1_norm, PartInfo{h.g1_conv.out});
  visit("gpool_to_bias", h.gpool_to_bias,
        PartInfo{.in = 3 * h.g1_conv.out, .out = h.p1_conv.out, .pooled = true});
  visit("p1_norm", h.p1_norm, PartInfo{h.p1_conv.out});
  visit("p2_conv", h.p2_conv, PartInfo{h.p1_conv.out, outputs});
  visit("gpool_to_pass", h.gpool_to_pass,
        PartInfo{
            .in = 3 * h.g1_conv.out, .out = hidden_pass ? kAnyChannels : outputs, .pooled = true});
  if (!hidden_pass) return;
  visit("pass_bias", h.pass_bias, PartInfo{h.gpool_to_pass.out});
  visit("pass_activation", h.pass_activation, PartInfo{.named_after = &h.pass_bias.name});
  visit("gpool_to_pass2", h.gpool_to_pass2, PartInfo{h.gpool_to_pass.out, outputs});
}

template <PartOf<ValueHead> Part, typename Visit>
void visit_parts(Part& h, const PartContext& around, Visit&& visit) {
  const int misc = misc_channels_of(around.version);
  visit("v1_conv", h.v1_conv, PartInfo{around.channels});
  visit("v1_norm", h.v1_norm, PartInfo{h.v1_conv.out});
  visit("v2_mul", h.v2_mul, PartInfo{.in = 3 * h.v1_conv.out, .pooled = true});
  visit("v2_bias", h.v2_bias, PartInfo{h.v2_mul.out});
  visit("v2_activation", h.v2_activation, PartInfo{.named_after = &h.v2_mul.name});
  visit("v3_mul", h.v3_mul, PartInfo{h.v2_mul.out, 3});
  visit("v3_bias", h.v3_bias, PartInfo{3});
  visit("misc_mul", h.misc_mul, PartInfo{h.v2_mul.out, misc});
  visit("misc_bias", h.misc_bias, PartInfo{misc});
  visit("ownership_conv", h.ownership_conv, PartInfo{h.v1_conv.out, 1});
}

// The target of a nested block's pointer is const, as other models may share it.
template <typename Part, typename Visit>
requires PartOf<Part, std::shared_ptr<const NestedBlock>>
void visit_parts(Part& b, const PartContext& around, Visit&& visit) {
  visit_parts(*b, around, visit);
}

/// Calls visit(layer) for every ConvLayer, NormAct, MatMulLayer, BiasLayer, RmsNorm and Rope of the
/// model. They are const if the model is. Inside nested blocks and the metadata encoder they are
/// always const.
template <typename AnyModel, typename Visit>
void visit_layers(AnyModel& model, Visit& visit) {
  const PartContext context{.version = model.version};
  const auto each = [&](const auto& self, auto& part) -> void {
    visit_parts(part, context, [&](const char*, auto& member, const PartInfo&) {
      using Member = std::remove_cvref_t<decltype(member)>;
      if constexpr (std::is_same_v<Member, std::vector<Block>>) {
        for (auto& block : member) std::visit([&](auto& b) { self(self, b); }, block);
      } else if constexpr (!std::is_same_v<Member, Activation>) {
        visit(member);
      }
    });
  };
  auto& trunk = model.trunk;
  visit(trunk.initial_conv), visit(trunk.initial_matmul);
  if (trunk.metadata) each(each, *trunk.metadata);
  for (auto& block : trunk.blocks) std::visit([&](auto& b) { each(each, b); }, block);
  visit(trunk.tip);
  each(each, model.policy);
  each(each, model.value);
}

}  // namespace ponnuki::nn
