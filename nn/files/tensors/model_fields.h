// The fields of a model's parts. This single list serves the writer of architectures and tensors
// and their reader (nn/files/tensors/architecture_writer.cc, architecture_reader.cc). Keys are the
// names in nn/model/model.h. Internal to nn/files/.
//
// An Archive has the following functions. For the writer `part`, `number` and so on are const.
//
//   model()                      the model; its first fields (version) are already known
//   word(key, text)              a name without blanks
//   number(key, number, low, high)
//   real(key, number)            finite and positive
//   flag(key, flag)
//   activation(key, activation)
//   choice(key, index, names)    one of some words
//   encoder(key)                 the input encoder that the model's version implies
//   tensor(key, values, spec)    spec without its path
//   part(key, part)              anything that has fields() here
//   optional_part(key, pointer)  the same behind a shared_ptr to const, set if the part exists
//   blocks(key, blocks)
//
// A new kind of block needs its visit_parts() (nn/model/model_visit.h), its kBlockKind, its
// fields() and a line in ArchitectureReader::block().
#pragma once

#include <string>
#include <type_traits>

#include "nn/files/tensors/tensor_spec.h"
#include "nn/model/model_limits.h"
#include "nn/model/model_visit.h"

namespace ponnuki::nn {

/// The name of a kind of block in architectures.
template <typename Kind>
inline constexpr const char* kBlockKind = nullptr;
template <>
inline constexpr const char* kBlockKind<ResidualBlock> = "residual";
template <>
inline constexpr const char* kBlockKind<GlobalPoolingBlock> = "global_pooling";
template <>
inline constexpr const char* kBlockKind<NestedBlock> = "nested_bottleneck";
template <>
inline constexpr const char* kBlockKind<TransformerAttentionBlock> = "attention";
template <>
inline constexpr const char* kBlockKind<TransformerFeedForwardBlock> = "feed_forward";

/// A part that may be absent. The flag `has_key` states whether it exists.
template <typename Archive, typename Optional>
void optional_fields(Archive& a, const std::string& key, Optional& part) {
  bool there = part.has_value();
  a.flag("has_" + key, there);
  if (!there) return;
  if constexpr (!std::is_const_v<Optional>) part.emplace();
  a.part(key, *part);
}

template <typename Archive, PartOf<ConvLayer> Part>
void fields(Archive& a, Part& c) {
  a.word("name", c.name);
  a.number("height", c.height, 1, ModelLimits::kKernel);
  a.number("width", c.width, 1, ModelLimits::kKernel);
  a.number("in", c.in, 1, ModelLimits::kChannels);
  a.number("out", c.out, 1, ModelLimits::kChannels);
  a.number("dilation_y", c.dilation_y, 1, ModelLimits::kDilation);
  a.number("dilation_x", c.dilation_x, 1, ModelLimits::kDilation);
  a.tensor("weights", c.weights, {{}, TensorKind::kKernel, c.height, c.width, c.in, c.out});
}

template <typename Archive, PartOf<NormAct> Part>
void fields(Archive& a, Part& n) {
  a.word("name", n.name);
  a.number("channels", n.channels, 1, ModelLimits::kChannels);
  a.activation("activation", n.activation);
  a.tensor("scale", n.scale, {{}, TensorKind::kChannel, 1, 1, 1, n.channels});
  a.tensor("bias", n.bias, {{}, TensorKind::kChannel, 1, 1, 1, n.channels});
}

template <typename Archive, PartOf<MatMulLayer> Part>
void fields(Archive& a, Part& m) {
  a.word("name", m.name);
  a.number("in", m.in, 1, ModelLimits::kPatch);
  a.number("out", m.out, 1, ModelLimits::kChannels);
  a.tensor("weights", m.weights, {{}, TensorKind::kMatrix, 1, 1, m.in, m.out});
}

template <typename Archive, PartOf<BiasLayer> Part>
void fields(Archive& a, Part& b) {
  int channels = static_cast<int>(b.bias.size());
  a.word("name", b.name);
  a.number("channels", channels, 1, ModelLimits::kChannels);
  a.tensor("bias", b.bias, {{}, TensorKind::kVector, 1, 1, 1, channels});
}

template <typename Archive, PartOf<RmsNorm> Part>
void fields(Archive& a, Part& n) {
  int channels = static_cast<int>(n.weight.size());
  a.word("name", n.name);
  a.real("epsilon", n.epsilon);
  a.number("channels", channels, 1, ModelLimits::kChannels);
  a.tensor("weight", n.weight, {{}, TensorKind::kChannel, 1, 1, 1, channels});
}

template <typename Archive, PartOf<Rope> Part>
void fields(Archive& a, Part& r) {
  int kind = static_cast<int>(r.kind), count = static_cast<int>(r.frequencies.size());
  a.choice("kind", kind, {"none", "fixed", "learned"});
  if constexpr (!std::is_const_v<Part>) r.kind = static_cast<Rope::Kind>(kind);
  if (r.kind == Rope::Kind::kNone) return;
  a.word("name", r.name);
  if (r.kind == Rope::Kind::kFixed) return a.real("theta", r.theta);
  a.number("count", count, 2, ModelLimits::kPatch);
  a.tensor("frequencies", r.frequencies, {{}, TensorKind::kVector, 1, 1, 1, count});
}

/// The members that visit_parts() lists.
template <typename Archive, typename Part>
void part_fields(Archive& a, Part& part, int version = kNewestModelVersion) {
  visit_parts(part, PartContext{.version = version},
              [&](const char* key, auto& member, const PartInfo&) {
                using Member = std::remove_cvref_t<decltype(member)>;
                if constexpr (std::is_same_v<Member, std::vector<Block>>) {
                  a.blocks(key, member);
                } else if constexpr (std::is_same_v<Member, Activation>) {
                  a.activation(key, member);
                } else {
                  a.part(key, member);
                }
              });
}

template <typename Archive, typename Part>
requires PartOf<Part, ResidualBlock> || PartOf<Part, GlobalPoolingBlock> ||
    PartOf<Part, NestedBlock> || PartOf<Part, TransformerFeedForwardBlock> ||
    PartOf<Part, MetadataEncoder>
void fields(Archive& a, Part& part) {
  a.word("name", part.name);
  part_fields(a, part);
}

template <typename Archive, PartOf<TransformerAttentionBlock> Part>
void fields(Archive& a, Part& b) {
  a.word("name", b.name);
  a.number("heads", b.heads, 1, ModelLimits::kChannels);
  a.number("kv_heads", b.kv_heads, 1, ModelLimits::kChannels);
  a.number("query_channels", b.query_channels, 1, ModelLimits::kChannels);
  a.number("value_channels", b.value_channels, 1, ModelLimits::kChannels);
  part_fields(a, b);
}

template <typename Archive, PartOf<TipRms> Part>
void fields(Archive& a, Part& n) {
  a.real("epsilon", n.epsilon);
  a.flag("whole_board", n.whole_board);
}

template <typename Archive, PartOf<Trunk> Part>
void fields(Archive& a, Part& t) {
  a.word("name", t.name);
  a.number("channels", t.channels, 1, ModelLimits::kChannels);
  a.part("initial_conv", t.initial_conv);
  a.part("initial_matmul", t.initial_matmul);
  if (a.model().metadata_version > 0) a.optional_part("metadata", t.metadata);
  a.blocks("blocks", t.blocks);
  if (a.model().version >= 15) optional_fields(a, "tip_rms", t.tip_rms);
  a.part("tip", t.tip);
}

template <typename Archive, typename Part>
requires PartOf<Part, PolicyHead> || PartOf<Part, ValueHead>
void fields(Archive& a, Part& head) {
  a.word("name", head.name);
  part_fields(a, head, a.model().version);
}

template <typename Archive, PartOf<PostProcess> Part>
void fields(Archive& a, Part& p) {
  a.real("td_score", p.td_score);
  a.real("score_mean", p.score_mean);
  a.real("score_stdev", p.score_stdev);
  a.real("lead", p.lead);
  a.real("variance_time", p.variance_time);
  a.real("short_term_value_error", p.short_term_value_error);
  a.real("short_term_score_error", p.short_term_score_error);
}

// As in KataGo's files, fields that a version does not have are left out and keep their defaults.
template <typename Archive, PartOf<Model> Part>
void fields(Archive& a, Part& m) {
  a.word("name", m.name);
  a.number("version", m.version, kOldestModelVersion, kNewestModelVersion);
  a.encoder("encoder");
  a.number("spatial_planes", m.spatial_planes, 1, ModelLimits::kChannels);
  a.number("global_features", m.global_features, 1, ModelLimits::kChannels);
  if (m.version >= 13) a.part("post_process", m.post);
  if (m.version >= 15) {
    a.number("metadata_version", m.metadata_version, 0, 1);
    a.flag("pass_alive_under_suicide", m.pass_alive_under_suicide);
  }
  a.part("trunk", m.trunk);
  a.part("policy", m.policy);
  a.part("value", m.value);
}

}  // namespace ponnuki::nn
