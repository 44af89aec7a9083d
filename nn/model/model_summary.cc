// Sums over the layers (nn/model/layer_list.h), and the text.
#include "nn/model/model_summary.h"

#include <cstdio>

#include "engine/format.h"
#include "nn/model/layer_list.h"
#include "nn/model/layer_text.h"

namespace ponnuki::nn {
namespace {

/// A title, padded to 18 columns, and a text.
std::string line(const std::string& title, const std::string& text) {
  return title.size() < 18 ? title + std::string(18 - title.size(), ' ') + text + "\n"
                           : title + " " + text + "\n";
}

/// For example "6 heads of 32 and 16 channels, 3 of keys and values, learned rotary embedding".
std::string shape_text(const TransformerAttentionBlock& a) {
  std::string text = std::to_string(a.heads) + " heads of " + std::to_string(a.query_channels) +
                     " and " + std::to_string(a.value_channels) + " channels";
  if (a.kv_heads != a.heads) text += ", " + std::to_string(a.kv_heads) + " of keys and values";
  if (a.rope.kind == Rope::Kind::kNone) return text;
  return text + (a.rope.kind == Rope::Kind::kLearned ? ", learned" : ", fixed") +
         " rotary embedding";
}

/// One line for each block. The contents of a nested block are indented.
std::string describe(const std::vector<Block>& blocks, const std::string& indent) {
  std::string text;
  for (const Block& block : blocks) {
    if (const auto* r = std::get_if<ResidualBlock>(&block)) {
      text +=
          line(indent + r->name, "residual: " + shape_text(r->conv1) + "; " + shape_text(r->conv2));
    } else if (const auto* g = std::get_if<GlobalPoolingBlock>(&block)) {
      text +=
          line(indent + g->name, "global pooling: " + shape_text(g->regular_conv) + ", pooled " +
                                     shape_text(g->gpool_conv) + "; " + shape_text(g->conv2));
    } else if (const auto* a = std::get_if<TransformerAttentionBlock>(&block)) {
      text += line(indent + a->name, "attention: " + shape_text(*a));
    } else if (const auto* f = std::get_if<TransformerFeedForwardBlock>(&block)) {
      text += line(indent + f->name, "feed-forward: " + std::to_string(f->linear1.in) + " -> " +
                                         std::to_string(f->linear1.out) + " gated -> " +
                                         std::to_string(f->linear2.out));
    } else {
      const NestedBlock& n = *std::get<std::shared_ptr<const NestedBlock>>(block);
      text += line(indent + n.name, "nested bottleneck: " + shape_text(n.pre_conv) + "; ...; " +
                                        shape_text(n.post_conv));
      text += describe(n.blocks, indent + "  ");
    }
  }
  return text;
}

std::string describe_heads(const Model& model) {
  const PolicyHead& p = model.policy;
  const ValueHead& v = model.value;
  return line("policy head", shape_text(p.p1_conv) + ", pooled " + shape_text(p.g1_conv) + "; " +
                                 shape_text(p.p2_conv)) +
         line("value head", shape_text(v.v1_conv) + "; " + std::to_string(v.v2_mul.in) + " -> " +
                                std::to_string(v.v2_mul.out) + " -> " +
                                std::to_string(v.v3_mul.out) + " (outcome), " +
                                std::to_string(v.misc_mul.out) + " (score); " +
                                shape_text(v.ownership_conv) + " (ownership)");
}

std::string describe_work(const Model& model) {
  std::string text;
  for (const std::uint8_t side : {9, 13, 19}) {
    char item[64];
    std::snprintf(item, sizeof item, "%s%dx%d %.3f GFLOP", text.empty() ? "" : ", ", side, side,
                  static_cast<double>(flops_per_position(model, {side, side})) * 1e-9);
    text += item;
  }
  return text;
}

/// For example "40 residual blocks of 256 channels", "11 convolutions of 192 channels", or both.
std::string describe_tower(const TowerModel& model) {
  int residual = 0, plain = 0;
  for (const TowerBlock& block : model.blocks)
    (std::holds_alternative<TowerResidualBlock>(block) ? residual : plain) += 1;
  std::string text;
  if (residual > 0) text = std::to_string(residual) + " residual blocks";
  if (plain > 0 || residual == 0)
    text += (text.empty() ? "" : ", ") + std::to_string(plain) + " convolutions";
  return text + " of " + std::to_string(model.stem.conv.out) + " channels, post-activation";
}

}  // namespace

ModelSummary summarize_model(const Model& model) {
  const ReceptiveField field = trunk_field(model);
  return {total_of(list_layers(model, {}), field).parameters, field.height, field.width,
          field.whole_board};
}

std::int64_t flops_per_position(const Model& model, BoardSize size) {
  return total_of(list_layers(model, size), {}).flops;
}

std::string describe_model(const Model& model) {
  const ModelSummary sum = summarize_model(model);
  const Trunk& trunk = model.trunk;
  std::string inputs = std::to_string(model.spatial_planes) + " planes, " +
                       std::to_string(model.global_features) + " numbers";
  if (trunk.metadata) inputs += ", " + std::to_string(model.metadata_features()) + " of metadata";
  return line("name", model.name) + line("version", std::to_string(model.version)) +
         line("inputs", inputs) +
         line("trunk", std::to_string(trunk.blocks.size()) + " blocks of " +
                           std::to_string(trunk.channels) + " channels, " +
                           to_string(trunk.tip.activation) +
                           (trunk.tip_rms ? ", RMS norm at its end" : "")) +
         line("  " + trunk.initial_conv.name, "convolution: " + shape_text(trunk.initial_conv)) +
         describe(trunk.blocks, "  ") + describe_heads(model) +
         line("parameters", grouped(sum.parameters)) +
         line("work a position", describe_work(model)) +
         line("receptive field",
              std::to_string(sum.receptive_height) + "x" + std::to_string(sum.receptive_width) +
                  (sum.sees_whole_board ? ", and the whole board through pooling or attention"
                                        : ""));
}

std::string describe_model(const TowerModel& model) {
  const ReceptiveField field = trunk_field(model);
  const LayerInfo total = total_of(list_layers(model), field);
  const std::string board =
      std::to_string(model.size.width) + "x" + std::to_string(model.size.height);
  const std::string value = !model.value            ? "no value"
                            : model.value_is_blacks ? "Black's value"
                                                    : "value of the player to move";
  return line("name", model.name) + line("board", board + " only") +
         line("inputs", std::to_string(model.planes()) + " planes, " + to_string(model.encoder)) +
         line("tower", describe_tower(model)) + line("heads", "policy, " + value) +
         line("parameters", grouped(total.parameters)) +
         line("work a position", format("%.3f GFLOP", static_cast<double>(total.flops) * 1e-9)) +
         line("receptive field", std::to_string(field.height) + "x" + std::to_string(field.width) +
                                     ", and the whole board through the heads' dense layers");
}

}  // namespace ponnuki::nn
